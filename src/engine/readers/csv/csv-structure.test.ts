import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectCsvStructure } from './csv-structure.ts';

const detect = (text: string) => detectCsvStructure(text, true);

describe('the structure of delimited text', () => {
  it.each([',', ';', '\t', '|', '~', '^', '\u0001'])('finds the delimiter %j', (delimiter) => {
    const text = [
      ['id', 'city'],
      ['1', 'Oslo'],
      ['2', 'Rome'],
    ]
      .map((row) => row.join(delimiter))
      .join('\n');
    expect(detect(text)).toMatchObject({ delimiter, columns: 2, skipLines: 1, header: ['id', 'city'] });
  });

  it('prefers the delimiter that gives rows of equal width over one inside the cells', () => {
    expect(detect('name;price;note\nA;1,50;x, y\nB;2,00;\nC;3,10;x, y, z\n')).toMatchObject({
      delimiter: ';',
      columns: 3,
    });
    expect(detect('note\nwell, no\nyes\nperhaps, or not, or so\n')).toMatchObject({ columns: 1, header: ['note'] });
  });

  it('keeps delimiters, quotes and line breaks inside quoted cells', () => {
    expect(detect('a,b\n"x, ""y""\nz",1\n')?.records).toEqual([['x, "y"\nz', '1']]);
  });

  it('takes quotes as characters where they do not close', () => {
    expect(detect('item,size\npipe,5"\nbolt,"3 inch\nnut,7\n')).toMatchObject({ quote: '', columns: 2 });
  });

  it('takes a line that tells Excel the delimiter for no header', () => {
    expect(detect('sep=;\nid;city\n1;Oslo, N\n2;Rome\n')).toMatchObject({
      delimiter: ';',
      skipLines: 2,
      header: ['id', 'city'],
    });
    expect(detect('sep=;\n1;2.5\n3;4.5\n')).toMatchObject({ skipLines: 1, header: null, columns: 2 });
  });

  it('skips a preamble and counts its lines', () => {
    expect(detect('Extract of 2024\n\nid,city\n1,Oslo\n2,Rome\n')).toMatchObject({
      skipLines: 3,
      header: ['id', 'city'],
    });
  });

  it('knows a header of text over rows of text, and rows without a header', () => {
    expect(detect('name,city\nanna,Oslo\nbob,Rome\n')?.header).toEqual(['name', 'city']);
    expect(detect('1,anna\n2,bob\n')?.header).toBeNull();
    expect(detect('Y,anna\nN,bob\nY,carl\n')?.header).toBeNull();
    expect(detect('region,2022,2023\nnorth,1,2\n')?.header).toEqual(['region', '2022', '2023']);
  });

  it('keeps the header of ragged rows', () => {
    expect(detect('a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n')).toMatchObject({ columns: 3, header: ['a', 'b', 'c'] });
    expect(detect('a,b\n1,2,\n3,4,\n')).toMatchObject({ columns: 3, header: ['a', 'b'] });
  });

  it('reads back what was written, whatever the cells hold', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'Z', ' ', ',', ';', '"', '\n', 'é', '1'), maxLength: 8 });
    const rows = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 12 }),
      );
    fc.assert(
      fc.property(rows, (body) => {
        const header = body[0]?.map((_, index) => `column ${index}`) ?? [];
        const quoted = (row: readonly string[]): string =>
          row.map((value) => `"${value.replaceAll('"', '""')}"`).join(';');
        const found = detect([header, ...body].map(quoted).join('\r\n'));
        expect(found).toMatchObject({ delimiter: ';', columns: header.length, header });
        expect(found?.records).toEqual(body);
      }),
      { seed: 11, numRuns: 150 },
    );
  });

  it('never fails, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), fc.boolean(), (text, whole) => {
        const found = detectCsvStructure(text, whole);
        expect(found === null || found.columns >= 1).toBe(true);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
