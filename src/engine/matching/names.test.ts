import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../domains/lexicon.ts';
import { findDomainPack, genericPack, languagePacks } from '../domains/packs.ts';
import { createExpander } from './expand-tokens.ts';
import { segmentWord } from './segment-word.ts';
import { dice, jaroWinkler, trigrams } from './string-similarity.ts';
import { squeezeName, tokenizeName } from './tokenize-name.ts';
import { abbreviationScore } from './word-form.ts';

const utility = findDomainPack('utility-billing');
const lexicon = compileLexicon(utility === null ? [genericPack] : [genericPack, utility], utility, languagePacks);
const expand = (name: string, comment: readonly string[] = [], names: readonly string[] = []): string =>
  createExpander(lexicon, names, new Set()).expand(tokenizeName(name), comment).join(' ');

describe('tokenizeName', () => {
  it('cuts the usual conventions alike', () => {
    for (const name of ['CUST_ACCT_NBR2', 'custAcctNbr2', 'Cust-Acct Nbr 2'])
      expect(tokenizeName(name)).toEqual(['cust', 'acct', 'nbr', '2']);
    expect(tokenizeName('XMLParserID')).toEqual(['xml', 'parser', 'id']);
  });

  it('takes accents off and keeps other scripts', () => {
    expect(squeezeName('Città_ID')).toBe('cittaid');
    expect(tokenizeName('顧客_番号')).toEqual(['顧客', '番号']);
  });
});

describe('expanding names', () => {
  it('knows abbreviations of the trade', () => {
    expect(expand('CUST_ACCT_NBR')).toBe('customer account number');
    expect(expand('MTR_RDG_DT')).toBe('meter reading date');
  });

  it('cuts glued names into words that are known', () => {
    expect(expand('birthdate')).toBe('birth date');
    expect(expand('custid')).toBe('customer identifier');
  });

  it('cuts the class word off a glued short name, and off no ordinary word', () => {
    expect(expand('ZQXAMT')).toBe('zqx amount');
    expect(expand('AGTCD')).toBe('agent code');
    expect(expand('POLNO')).toBe('policy number');
    expect(expand('LSTUPDDTE')).toBe('last update date');
    expect(expand('CSTPRC')).toBe('cost price');
    for (const word of ['casino', 'liquid', 'behind', 'aluminum']) expect(expand(word)).toBe(word);
  });

  it('lets the comment explain what no lexicon has', () => {
    expect(expand('brwr_nm', ['name', 'borrower'])).toBe('borrower name');
  });

  it('translates where a schema is written in another language, and only there', () => {
    const italian = ['cliente_id', 'cognome', 'indirizzo', 'fattura', 'data_pagamento'];
    expect(expand('data_pagamento', [], italian)).toBe('date payment');
    expect(expand('data', [], ['customer', 'order_data'])).toBe('data');
  });

  it('knows phrases of other languages, in full, shortened or inflected', () => {
    const italian = ['clienti', 'cognome', 'indirizzo', 'fatture', 'comune'];
    expect(expand('RAG_SOC', [], italian)).toBe('company name');
    expect(expand('COD_FISC', [], italian)).toBe('tax identifier');
    expect(expand('DT_NASC', [], italian)).toBe('birth date');
    expect(expand('PAGAMENTI_TRIMESTRALI', [], italian)).toBe('payment trimestrali');
    const german = ['kunde', 'strasse', 'rechnung', 'bestellung', 'betrag', 'zaehler'];
    expect(expand('Rechnungsdatum', [], german)).toBe('invoice date');
    expect(expand('geaendert_am', [], german)).toBe('updated date');
    expect(expand('Zaehlerstandes', [], german)).toBe('zaehlerstande');
    const french = ['client', 'adresse', 'ville', 'facture', 'prenom', 'montant_ttc'];
    expect(expand('dt_creation', [], french)).toBe('created date');
    expect(expand('qte_cde', [], french)).toBe('quantity order');
  });

  it('takes the beginning of a foreign word where it is the only one', () => {
    const spanish = ['cliente', 'apellido', 'calle', 'factura', 'ciudad'];
    expect(expand('vencim', [], spanish)).toBe('due');
    expect(expand('cort', [], spanish)).toBe('disconnection');
  });
});

describe('string similarity', () => {
  it('is 1 for equal texts, 0 for unrelated ones and symmetric', () => {
    expect(dice(trigrams('customer'), trigrams('customer'))).toBe(1);
    expect(dice(trigrams('abc'), trigrams('xyz'))).toBe(0);
    expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(jaroWinkler('marhta', 'martha'), 12);
    expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.9611, 3);
  });

  it('tells abbreviations from chance letters', () => {
    expect(abbreviationScore('cvrg', 'coverage')).toBeGreaterThan(0.8);
    expect(abbreviationScore('xyz', 'coverage')).toBe(0);
  });

  it('never cuts a short or a very long word', () => {
    expect(segmentWord('abcd', () => true)).toBeNull();
    expect(segmentWord('a'.repeat(5000), () => true)).toBeNull();
  });
});
