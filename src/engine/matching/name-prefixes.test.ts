import { describe, expect, it } from 'vitest';
import { isMadeOfPrefixes, standsBehindTable } from './name-prefixes.ts';
import { squeezeName, tokenizeName } from './tokenize-name.ts';

describe('names made of beginnings of words', () => {
  it('takes a beginning of every word, in order', () => {
    expect(isMadeOfPrefixes('pid', ['product', 'id'])).toBe(true);
    expect(isMadeOfPrefixes('rstaffid', ['rental', 'staff', 'id'])).toBe(true);
    expect(isMadeOfPrefixes('custacct', ['customer', 'account'])).toBe(false);
    expect(isMadeOfPrefixes('custacc', ['customer', 'account'])).toBe(true);
  });

  it('needs every word and nothing besides', () => {
    expect(isMadeOfPrefixes('id', ['product', 'id'])).toBe(false);
    expect(isMadeOfPrefixes('pidx', ['product', 'id'])).toBe(false);
    expect(isMadeOfPrefixes('idp', ['product', 'id'])).toBe(false);
    expect(isMadeOfPrefixes('a', [])).toBe(false);
  });

  it('tries all cuts where words begin alike', () => {
    expect(isMadeOfPrefixes('aaab', ['aa', 'aab'])).toBe(true);
  });
});

describe('names that stand behind a table', () => {
  const named = (table: string, name: string, role: 'identifier' | 'other' = 'other') => ({
    squeezed: squeezeName(name),
    nameParts: tokenizeName(name),
    role,
    table: { nameParts: tokenizeName(table) },
  });

  it('begin with the beginning of the other column’s table', () => {
    expect(standsBehindTable(named('payment', 'rstaff_id'), named('rental', 'staff_id', 'identifier'))).toBe(true);
    expect(standsBehindTable(named('payment', 'rstaff_id'), named('payment', 'staff_id', 'identifier'))).toBe(false);
  });

  it('may be a single letter behind the own table’s whole name', () => {
    expect(standsBehindTable(named('ID', 'IDB'), named('system', 'b'))).toBe(true);
    expect(standsBehindTable(named('ID', 'IDB'), named('system', 'a'))).toBe(false);
  });

  it('are none where the beginning is a word of the name, or where a key is named by its table', () => {
    expect(standsBehindTable(named('ownership', 'owner_state'), named('ownership', 'state'))).toBe(false);
    expect(standsBehindTable(named('person', 'person_id'), named('patients', 'id', 'identifier'))).toBe(false);
    expect(standsBehindTable(named('person', 'name'), named('customer', 'name'))).toBe(false);
  });
});
