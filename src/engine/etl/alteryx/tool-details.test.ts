import { describe, expect, it } from 'vitest';
import { alteryxXml, convertAlteryx, runAlteryx, table, type ToolSpec } from '../../../../test/support/alteryx-xml.ts';

const tool = (id: number, type: string, config: string): ToolSpec => ({ id, type, config });
const ordered = tool(9, 'RecordID', '<FieldName>n</FieldName><StartValue>1</StartValue><FieldType>Int32</FieldType>');

async function rowsOf(tools: readonly ToolSpec[], wires: readonly string[], output: string) {
  const [rows] = await runAlteryx(convertAlteryx(alteryxXml([...tools, ordered], wires)), [output]);
  return rows ?? [];
}

function said(tools: readonly ToolSpec[], wires: readonly string[], id: string) {
  return convertAlteryx(alteryxXml(tools, wires)).job.transformations.find((one) => one.id === id);
}

describe('Sort', () => {
  const sort = (locale: string, order: string): ToolSpec =>
    tool(2, 'Sort', `<SortInfo locale="${locale}"><Field field="t" order="${order}" /></SortInfo>`);

  it.each([
    ['0', 'Ascending', ['B', 'a', 'b', 'Ä']],
    ['1033', 'Ascending', ['a', 'Ä', 'b', 'B']],
    ['1033', 'Descending', ['B', 'b', 'Ä', 'a']],
  ])('locale %s, %s', async (locale, order, expected) => {
    const rows = await rowsOf([table(1, 't', 'b', 'B', 'Ä', 'a'), sort(locale, order)], ['1>2', '2>9'], 'Sort_2');
    expect(rows.map((row) => row[0])).toEqual(expected);
  });
});

describe('Multi-Row Formula at the ends', () => {
  const formula = (expression: string): ToolSpec =>
    tool(
      2,
      'MultiRowFormula',
      `<UpdateField value="False" /><CreateField_Name>x</CreateField_Name><CreateField_Type>V_String</CreateField_Type><OtherRows>Closest</OtherRows><Expression>${expression}</Expression><GroupByFields />`,
    );

  it.each([
    ['[Row-1:t]', ['a', 'a', null, 'c']],
    ['[Row-2:t]', ['a', 'a', 'a', null]],
    ['[Row+2:t]', ['c', 'd', 'd', 'd']],
  ])(
    '%s takes the closest row where there is none, and an empty value where the row has one',
    async (text, expected) => {
      const rows = await rowsOf([table(1, 't', 'a', '', 'c', 'd'), formula(text)], ['1>2', '2>9'], 'MultiRowFormula_2');
      expect(rows.map((row) => row[1])).toEqual(expected);
    },
  );
});

describe('Generate Rows', () => {
  it('ends where the value stays what it is', async () => {
    const generate = tool(
      2,
      'GenerateRows',
      '<UpdateField value="False" /><CreateField_Name>d</CreateField_Name><CreateField_Type>Date</CreateField_Type><Expression_Init>[from]</Expression_Init><Expression_Cond>[d] &lt;= DateTimeAdd([from], 1, "days")</Expression_Cond><Expression_Loop>DateTimeAdd([d], 1, "days")</Expression_Loop>',
    );
    const rows = await rowsOf([table(1, 'from', '2020-02-28', ''), generate], ['1>2', '2>9'], 'GenerateRows_2');
    expect(rows.map((row) => row[1])).toEqual(['2020-02-28', '2020-02-29', null]);
  });
});

describe('Filter by a date', () => {
  const filter = (operands: string, operator = '='): ToolSpec =>
    tool(
      2,
      'Filter',
      `<Mode>Simple</Mode><Simple><Operator>${operator}</Operator><Field>d</Field><Operands>${operands}<Operand /><StartDate>2020-01-02 00:00:00</StartDate></Operands></Simple>`,
    );

  it('leaves out the time of day where the tool is set so', async () => {
    const dates = table(1, 'd', '2020-01-02 10:00:00', '2020-01-03 00:00:00');
    const found = async (ignored: string) =>
      rowsOf(
        [dates, filter(`<IgnoreTimeInDateTime>${ignored}</IgnoreTimeInDateTime><DateType>fixed</DateType>`)],
        ['1>2', '2.True>9'],
        'Filter_2.True',
      );
    expect(await found('True')).toHaveLength(1);
    expect(await found('False')).toHaveLength(0);
  });

  it('knows today, yesterday and tomorrow', async () => {
    const dates = table(1, 'd', '1999-12-31', '2000-01-01', '9999-01-01');
    const rows = await rowsOf(
      [dates, filter('<DateType>tomorrow</DateType>', '&gt;')],
      ['1>2', '2.True>9'],
      'Filter_2.True',
    );
    expect(rows.map((row) => row[0])).toEqual(['9999-01-01']);
    expect(said([dates, filter('<DateType>period</DateType>')], ['1>2'], '2')).toMatchObject({ confidence: 0 });
  });
});

describe('Date Time in another language', () => {
  const parse = (language: string, format: string): ToolSpec =>
    tool(
      2,
      'DateTime',
      `<IsFrom value="False" /><InputFieldName>t</InputFieldName><Language>${language}</Language><Format>${format}</Format><OutputFieldName>d</OutputFieldName>`,
    );

  it('is left for a person where names of months are read', () => {
    const source = table(1, 't', '3. Mai 2020');
    expect(said([source, parse('German', 'd. Month yyyy')], ['1>2'], '2')).toMatchObject({ confidence: 0 });
    expect(said([source, parse('German', 'dd.MM.yyyy')], ['1>2'], '2')?.confidence).toBeGreaterThan(0.9);
    expect(said([source, parse('English', 'd Month yyyy')], ['1>2'], '2')?.confidence).toBeGreaterThan(0.9);
  });
});

describe('In-Database tools', () => {
  it('have expressions in SQL, whose double quotes are names', async () => {
    const filter = tool(2, 'LockInFilter', '<Mode>Custom</Mode><Expression>"v" &gt; 1 AND t LIKE \'a%\'</Expression>');
    const formula = tool(
      3,
      'LockInFormula',
      '<FormulaFields><FormulaField field="w" type="Double" size="8" expression="CASE WHEN &quot;v&quot; = 2 THEN 10 ELSE 20 END" /><FormulaField field="x" type="Double" size="8" expression="`w` + 1" /></FormulaFields>',
    );
    const rows = await rowsOf(
      [table(1, 't|v', 'a|1', 'ab|2', 'ac|3', 'b|4'), filter, formula],
      ['1>2', '2.True>3', '3>9'],
      'LockInFormula_3',
    );
    expect(rows.map((row) => row.slice(2))).toEqual([
      ['10.0', '11.0'],
      ['20.0', '21.0'],
    ]);
  });
});

describe('Output Data of a database', () => {
  const output = (more: string): ToolSpec =>
    tool(
      2,
      'DbFileOutput',
      `<File FileFormat="23">odbc:DSN=W|||dbo.Sales</File><FormatSpecificOptions><OutputOption>Append</OutputOption>${more}</FormatSpecificOptions>`,
    );
  const node = (more: string) =>
    convertAlteryx(alteryxXml([table(1, 't', 'a'), output(more)], ['1>2'])).pipelines[0]?.nodes.at(-1);

  it('keeps the SQL before and after the load, and runs what it can', () => {
    const written = node("<PreSQL>DELETE FROM dbo.Sales WHERE t = 'x'</PreSQL><PostSQL>EXEC dbo.done</PostSQL>");
    expect(JSON.stringify(written?.before)).toContain('DELETE FROM');
    expect(written?.after).toBeUndefined();
    expect(written?.config).toMatchObject({ post_sql: 'EXEC dbo.done' });
    expect(written?.notes?.join(' ')).toContain('PostSQL is kept in the configuration and is not run');
    expect(written?.connector).toBe('database');
  });
});

describe('Cross Tab that counts', () => {
  it.each([
    ['CountWithNulls', '2'],
    ['CountWithoutNulls', '1'],
  ])('%s', async (method, expected) => {
    const cross = tool(
      2,
      'CrossTab',
      `<GroupFields><Field field="g" /></GroupFields><HeaderField field="h" /><DataField field="v" /><Methods><Method method="${method}" /></Methods>`,
    );
    const select = tool(3, 'AlteryxSelect', '<SelectFields><SelectField field="A" selected="True" /></SelectFields>');
    const rows = await rowsOf(
      [table(1, 'g|h|v', 'x|A|1', 'x|A|', 'x|B|5'), cross, select],
      ['1>2', '2>3', '3>9'],
      'AlteryxSelect_3',
    );
    expect(rows[0]).toContain(expected);
  });
});
