import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { openWorkbook } from '../../adapters/excel/open-workbook.ts';
import { unpackWorkbook } from '../../adapters/excel/unpack-workbook.ts';
import type { WorkbookContent } from '../../ports/input-reader.ts';
import { readWorkbook } from './read-workbook.ts';

type Fill = (book: ExcelJS.Workbook) => void;

async function bytesOf(fill: Fill): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  fill(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function read(fill: Fill, side: 'source' | 'target' = 'source'): Promise<WorkbookContent> {
  const sheets = await openWorkbook(await bytesOf(fill), 'book.xlsx');
  return readWorkbook(sheets, { path: '', name: 'book.xlsx', dialect: null, side });
}

const sheet =
  (name: string, rows: readonly (readonly unknown[])[]): Fill =>
  (book) => {
    const added = book.addWorksheet(name);
    for (const row of rows) added.addRow([...row]);
  };

const refusal = async (bytes: Uint8Array): Promise<string> =>
  openWorkbook(bytes, 'book.xlsx').then(
    () => 'read',
    (error: Error & { hint?: string }) => `${error.message}. ${error.hint}`,
  );

describe('data sheets', () => {
  it('are found below titles and blank rows, with notes left out', async () => {
    const { data, schema } = await read(
      sheet('Meters', [
        ['Meter list, state of March'],
        [],
        [null, 'Meter no', 'Installed', 'Reading'],
        [null, '000123', new Date(Date.UTC(2020, 0, 31)), 12.5],
        [null, '000124', new Date(Date.UTC(2020, 1, 29, 13, 5)), 7],
        [],
        [null, 'The readings are those of the portable device.'],
      ]),
    );
    expect(data).toMatchObject([{ name: 'Meters', row: 3, rows: 2, header: ['Meter no', 'Installed', 'Reading'] }]);
    expect(data[0]?.csv).toBe('Meter no,Installed,Reading\n000123,2020-01-31,12.5\n000124,2020-02-29 13:05:00,7\n');
    expect(schema.diagnostics.map(({ message }) => message).join('\n')).toContain('row 7 is a note');
  });

  it('may stand several in a sheet, below and beside each other', async () => {
    const { data } = await read(
      sheet('Lists', [
        ['Countries', null, null, null, 'Currencies'],
        ['code', 'name', null, null, 'iso', 'digits'],
        ['DE', 'Germany', null, null, 'EUR', 2],
        ['FR', 'France', null, null, 'USD', 2],
        ['IT', 'Italy'],
        [],
        ['Tariffs'],
        ['tariff', 'price'],
        ['T1', 0.3],
        ['T2', 0.25],
      ]),
    );
    expect(data.map(({ header, rows }) => [header.join(), rows])).toEqual([
      ['code,name', 3],
      ['iso,digits', 2],
      ['tariff,price', 2],
    ]);
    expect(new Set(data.map(({ name }) => name)).size).toBe(3);
  });

  it('go on below a blank row', async () => {
    const { data } = await read(sheet('T', [['id', 'amount'], [1, 2], [2, 3], [], [3, 4]]));
    expect(data).toMatchObject([{ rows: 3 }]);
  });

  it('take names from two rows where the upper one is merged over several columns', async () => {
    const { data } = await read((book) => {
      const added = book.addWorksheet('T');
      added.addRows([
        ['id', 'Winter', null, 'Summer', null],
        ['id', 'from', 'to', 'from', 'to'],
        [1, 2, 3, 4, 5],
      ]);
      added.mergeCells('B1:C1');
      added.mergeCells('D1:E1');
    });
    expect(data).toMatchObject([{ row: 2, rows: 1, header: ['id', 'from', 'to', 'from_2', 'to_2'] }]);
  });

  it('show formulas by their result, rich text by its text, codes with their zeros, and count errors', async () => {
    const { data, schema } = await read((book) => {
      const added = book.addWorksheet('T');
      added.addRows([
        ['id', 'sum', 'text'],
        [7, { formula: '1+2', result: 3 }, { richText: [{ text: 'a' }, { text: 'b' }] }],
      ]);
      added.addRow([8, { error: '#REF!' }, 'c']);
      added.getColumn(1).numFmt = '00000';
    });
    expect(data[0]?.csv).toBe('id,sum,text\n00007,3,ab\n00008,,c\n');
    expect(schema.diagnostics.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('1 cells of sheet "T" show an error'),
    );
  });

  it('are not made of a list that only looks like a dictionary', async () => {
    const { data, schema } = await read(
      sheet('Products', [
        ['Name', 'Type', 'Description'],
        ['Lamp', 'indoor', 'A lamp'],
        ['Chair', 'outdoor', 'A chair'],
      ]),
    );
    expect([schema.tables, data.length]).toEqual([[], 1]);
  });
});

describe('dictionaries', () => {
  it('give tables with types, keys, comments and references, whose name stands once for several lines', async () => {
    const { schema, data } = await read(
      sheet('Fields', [
        ['Data dictionary of the billing system'],
        [],
        ['Table Name', 'Column Name', 'Data Type', 'Length', 'Nullable', 'Key', 'Description'],
        ['CUSTOMER', 'ID', 'NUMBER', '10,0', 'N', 'PK', 'Number of the customer'],
        [null, 'NAME', 'VARCHAR2', 80, 'Y', null, null],
        ['INVOICE', 'ID', 'NUMBER(12)', null, 'N', 'PK', null],
        [null, 'CUSTOMER_ID', 'NUMBER(10)', null, 'N', 'FK to CUSTOMER(ID)', null],
        [null, 'DUE', 'Date', null, 'Y', null, 'Day on which it is due'],
      ]),
    );
    expect(data).toEqual([]);
    expect(schema.tables).toMatchObject([
      {
        name: 'CUSTOMER',
        primaryKey: ['ID'],
        columns: [
          { name: 'ID', rawType: 'NUMBER(10,0)', type: 'integer', nullable: false, comment: 'Number of the customer' },
          { name: 'NAME', rawType: 'VARCHAR2(80)', type: 'string', length: 80, nullable: true },
        ],
      },
      {
        name: 'INVOICE',
        foreignKeys: [{ columns: ['CUSTOMER_ID'], references: { table: 'CUSTOMER', columns: ['ID'] } }],
        columns: [{ name: 'ID' }, { name: 'CUSTOMER_ID', nullable: false }, { name: 'DUE', type: 'date' }],
      },
    ]);
  });

  it.each([
    [
      'German',
      ['Tabelle', 'Feldname', 'Datentyp', 'Länge', 'Pflichtfeld', 'Beschreibung'],
      ['KUNDE', 'NAME', 'Zeichen', 80, 'ja', 'Name'],
    ],
    [
      'Spanish',
      ['Nombre de la tabla', 'Campo', 'Tipo de dato', 'Longitud', 'Obligatorio', 'Descripción'],
      ['KUNDE', 'NAME', 'texto', 80, 'sí', 'Name'],
    ],
    [
      'French',
      ['Nom de la table', 'Champ', 'Type de données', 'Longueur', 'Obligatoire', 'Commentaire'],
      ['KUNDE', 'NAME', 'varchar', 80, 'oui', 'Name'],
    ],
    [
      'Portuguese',
      ['Tabela', 'Nome do campo', 'Tipo de dados', 'Tamanho', 'Obrigatório', 'Descrição'],
      ['KUNDE', 'NAME', 'VARCHAR', 80, 'sim', 'Name'],
    ],
    [
      'Dutch',
      ['Tabel', 'Veldnaam', 'Datatype', 'Lengte', 'Verplicht', 'Omschrijving'],
      ['KUNDE', 'NAME', 'tekst', 80, 'ja', 'Name'],
    ],
    ['Chinese', ['表名', '字段名', '数据类型', '长度', '必填', '说明'], ['KUNDE', 'NAME', 'varchar', 80, '是', 'Name']],
  ])('are read in %s', async (_, header, row) => {
    const { schema } = await read(sheet('Felder', [header, row]));
    expect(schema.tables).toMatchObject([
      { name: 'KUNDE', columns: [{ name: 'NAME', type: 'string', length: 80, nullable: false, comment: 'Name' }] },
    ]);
  });

  it('may be one sheet a table, named by the sheet or the line above', async () => {
    const { schema } = await read((book) => {
      sheet('ACCOUNT', [
        ['Column', 'Type'],
        ['ID', 'INTEGER'],
        ['OPENED', 'DATE'],
      ])(book);
      sheet('Sheet2', [['Table: METER – installed meters'], ['Column', 'Type'], ['ID', 'INTEGER']])(book);
    });
    expect(schema.tables.map(({ name, comment, columns }) => [name, comment, columns.length])).toEqual([
      ['ACCOUNT', null, 2],
      ['METER', 'installed meters', 1],
    ]);
  });

  it('keep a column of merged table names', async () => {
    const { schema } = await read((book) => {
      const added = book.addWorksheet('D');
      added.addRows([
        ['Entity', 'Attribute', 'Type'],
        ['A', 'x', 'int'],
        [null, 'y', 'int'],
        ['B', 'z', 'int'],
      ]);
      added.mergeCells('A2:A3');
    });
    expect(schema.tables.map(({ name, columns }) => `${name} ${columns.map((column) => column.name).join()}`)).toEqual([
      'A x,y',
      'B z',
    ]);
  });

  it('may be exports of a database catalogue', async () => {
    const { schema } = await read(
      sheet('Export', [
        [
          'OWNER',
          'TABLE_NAME',
          'COLUMN_NAME',
          'DATA_TYPE',
          'DATA_LENGTH',
          'DATA_PRECISION',
          'DATA_SCALE',
          'NULLABLE',
          'COLUMN_ID',
        ],
        ['CRM', 'CUST', 'NAME', 'VARCHAR2', 40, null, null, 'Y', 2],
        ['CRM', 'CUST', 'ID', 'NUMBER', 22, 10, 0, 'N', 1],
      ]),
    );
    expect(schema).toMatchObject({
      dialect: 'oracle',
      tables: [
        {
          schema: 'CRM',
          columns: [
            { name: 'ID', rawType: 'NUMBER(10,0)' },
            { name: 'NAME', rawType: 'VARCHAR2(40)' },
          ],
        },
      ],
    });
  });
});

describe('mapping tables', () => {
  const mapping = sheet('Map', [
    ['Source', null, null, 'Target', null, null, null],
    ['Table', 'Column', 'Type', 'Table', 'Column', 'Transformation rule', 'Status'],
    ['CUST', 'NM', 'CHAR(20)', 'customer', 'name', 'TRIM(NM)', 'approved'],
    [null, 'OLD_CODE', 'CHAR(2)', null, 'N/A', null, null],
    [null, 'X', 'CHAR(2)', null, null, null, null],
  ]);

  it('give known mappings with rule, status and row', async () => {
    const { schema, data } = await read(mapping);
    expect(data).toEqual([]);
    expect(schema.mappings).toEqual([
      {
        source: { schema: null, table: 'CUST', column: 'NM' },
        target: { schema: null, table: 'customer', column: 'name' },
        rule: 'TRIM(NM)',
        status: 'approved',
        file: 'book.xlsx',
        sheet: 'Map',
        row: 3,
      },
      expect.objectContaining({ target: null, row: 4 }),
    ]);
    expect(schema.diagnostics).toContainEqual(expect.objectContaining({ line: 5 }));
  });

  it('give the columns of the side that the file was added to', async () => {
    const columnsOf = ({ schema }: WorkbookContent): readonly string[] =>
      schema.tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`));
    expect(columnsOf(await read(mapping, 'source'))).toEqual(['CUST.NM', 'CUST.OLD_CODE', 'CUST.X']);
    expect(columnsOf(await read(mapping, 'target'))).toContain('customer.name');
  });

  it('are understood with sides in the names and paths in one cell', async () => {
    const { schema } = await read(
      sheet('Mapping', [
        ['Zielfeld', 'Quellfeld', 'Regel'],
        ['NEU.KUNDE.NAME', 'KD.NM', '1:1'],
        ['NEU.KUNDE.ORT', 'KD.ORT', '1:1'],
      ]),
    );
    expect(schema.mappings).toHaveLength(2);
  });
});

describe('workbooks that cannot be read', () => {
  it('names the remedy for formats of before 2007, passwords, other archives and damage', async () => {
    const ole = new Uint8Array(600);
    ole.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    expect(await refusal(ole)).toMatch(/Excel 97–2003.*save it as \.xlsx/);
    const encrypted = new Uint8Array(ole);
    encrypted.set(Buffer.from('EncryptedPackage', 'utf16le'), 100);
    expect(await refusal(encrypted)).toMatch(/password.*remove/);
    const binary = await new JSZip().file('xl/workbook.bin', 'x').generateAsync({ type: 'uint8array' });
    expect(await refusal(binary)).toMatch(/\.xlsb/);
    expect(
      await refusal(
        (
          await bytesOf(
            sheet('T', [
              ['a', 'b'],
              [1, 2],
            ]),
          )
        ).subarray(0, 900),
      ),
    ).toMatch(/damaged/);
    expect(await refusal(new TextEncoder().encode('<html><table>'))).toMatch(/no Excel workbook/);
  });

  async function changed(part: string, change: (text: string) => string): Promise<Uint8Array> {
    const zip = await JSZip.loadAsync(
      await bytesOf(
        sheet('T', [
          ['a', 'b'],
          [1, 2],
        ]),
      ),
    );
    zip.file(part, change((await zip.file(part)?.async('string')) ?? ''));
    return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
  }

  it('refuses XML entities', async () => {
    const bytes = await changed('xl/worksheets/sheet1.xml', (xml) =>
      xml.replace('<worksheet', '<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
    );
    expect(await refusal(bytes)).toMatch(/XML entities/);
  });

  it('refuses what unpacks beyond the limit, whatever size the archive states', async () => {
    const bytes = await changed('xl/sharedStrings.xml', (xml) => xml + ' '.repeat(5_000_000));
    expect(bytes.length).toBeLessThan(100_000);
    const limits = { unpackedBytes: 4_000_000, cells: 100, sheets: 10 };
    await expect(unpackWorkbook(bytes, 'book.xlsx', limits)).rejects.toThrow('unpacks to more than 4 MB');
  });

  it('refuses more cells or sheets than it can hold', async () => {
    const bytes = await bytesOf(
      sheet('T', [
        ['a', 'b'],
        [1, 2],
      ]),
    );
    const limits = { unpackedBytes: 4_000_000, cells: 3, sheets: 1 };
    await expect(unpackWorkbook(bytes, 'book.xlsx', limits)).rejects.toThrow('more than 3 cells (reached in sheet T)');
    await expect(unpackWorkbook(bytes, 'book.xlsx', { ...limits, sheets: 0 })).rejects.toThrow('has 1 sheets');
  });

  it('is not spread out by merges, names or rows beyond the sheet', async () => {
    const merged = await changed('xl/worksheets/sheet1.xml', (xml) =>
      xml.replace('</sheetData>', '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    );
    const sheets = await openWorkbook(merged, 'book.xlsx');
    expect(readWorkbook(sheets, { path: '', name: 'book.xlsx', dialect: null, side: 'source' }).data).toHaveLength(1);
    const named = await changed('xl/workbook.xml', (xml) =>
      xml.replace(
        '</sheets>',
        '</sheets><definedNames><definedName name="x">T!$A$1:$XFD$1048576</definedName></definedNames>',
      ),
    );
    expect(await refusal(named)).toBe('read');
    expect(
      await refusal(await changed('xl/worksheets/sheet1.xml', (xml) => xml.replace('r="2"', 'r="4000000000"'))),
    ).toMatch(/damaged/);
  });

  it('says that a workbook without a table has none', async () => {
    await expect(read(sheet('T', [['Only a remark']]))).rejects.toThrow('holds no table');
  });
});
