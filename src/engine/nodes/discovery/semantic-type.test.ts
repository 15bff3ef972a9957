import { describe, expect, it } from 'vitest';
import { isDateText, nameTokens, semanticTypeOf } from './semantic-type.ts';

const cases: readonly (readonly [expected: string | null, name: string, values: readonly string[]])[] = [
  ['email', 'contact', ['a@example.com', 'b.c@example.org']],
  ['phone', 'x', ['(555) 123-4567', '555-123-4567', '+49 30 1234567']],
  ['phone', 'MBL_PH_NBR', ['5551234567', '5559876543']],
  ['date_text', 'x', ['20240229', '00000000', '19991231']],
  ['date_text', 'x', ['03/14/2024', '12/01/2023']],
  ['postcode', 'MAIL_ZIP_CD', ['49771', '49775-0012']],
  ['iban', 'x', ['DE89370400440532013000', 'GB82 WEST 1234 5698 7654 32']],
  ['tax_number', 'x', ['123-45-6789', '12-3456789']],
  ['flag', 'x', ['Y', 'N', 'Y']],
  ['number_text', 'x', ['12', '-3.5', '1,000']],
  ['name', 'CUST_NM', ["O'DELL, ANNA", 'BRANDT, LEO']],
  ['address', 'SERV_LOC_ADDR', ['12 ELM AVE', '4 DOCK ST APT 2']],
  ['city', 'city', ['Oslo', 'Port Ansel']],
  ['code', 'x', Array.from({ length: 30 }, (_, index) => ['SFR', 'MFR', 'COM'][index % 3] ?? '')],
  [null, 'x', ['some free text, long enough', 'and something else entirely']],
  [null, 'x', ['', ' ']],
];

describe('what a column means', () => {
  it.each(cases)('is %s for %s holding %j', (expected, name, values) => {
    expect(semanticTypeOf(name, values, new Set(values).size)).toBe(expected);
  });

  it('is not an IBAN when the check digits are wrong', () => {
    expect(semanticTypeOf('x', ['DE88370400440532013000'], 1)).toBeNull();
  });

  it('does not take any eight digits for a date', () => {
    expect(['19791345', '12345678', '20240230', '99999999'].map(isDateText)).toEqual([false, false, true, false]);
  });
});

describe('words of a name', () => {
  it('are found in every convention', () => {
    expect(nameTokens('CUST_ACCT_NBR')).toEqual(['cust', 'acct', 'nbr']);
    expect(nameTokens('custAcctNbr')).toEqual(['cust', 'acct', 'nbr']);
    expect(nameTokens('XMLHttpRequest2')).toEqual(['xml', 'http', 'request', '2']);
    expect(nameTokens('Straße-Nr.')).toEqual(['straße', 'nr']);
  });
});
