import { describe, expect, it } from 'vitest';
import { alteryxXml, convertAlteryx, runAlteryx, table, type ToolSpec } from '../../../../test/support/alteryx-xml.ts';

const tool = (id: number, type: string, config: string): ToolSpec => ({ id, type, config });
const macro = (id: number, name: string, answers: Readonly<Record<string, string>>): ToolSpec => ({
  id,
  type: '',
  macro: `${name}.yxmc`,
  config: Object.entries(answers)
    .map(([question, answer]) => `<Value name="${question}">${answer}</Value>`)
    .join(''),
});
const ordered = tool(9, 'RecordID', '<FieldName>n</FieldName><StartValue>1</StartValue><FieldType>Int32</FieldType>');
const noteOf = (tools: readonly ToolSpec[], wires: readonly string[], id: string): string =>
  convertAlteryx(alteryxXml(tools, wires))
    .job.transformations.find((one) => one.id === id)
    ?.notes.join(' ') ?? '';

async function run(tools: readonly ToolSpec[], wires: readonly string[], ...outputs: readonly string[]) {
  return runAlteryx(convertAlteryx(alteryxXml(tools, wires)), outputs);
}

describe('macros that come with the tool', () => {
  it('Weighted Average leaves out records without a value or weight, of each group', async () => {
    const average = macro(2, 'WeightedAvg', { Value: 'v', Weight: 'w', GroupFields: '"g"', OutputFieldName: 'avg' });
    const rows = table(1, 'g|v|w', 'a|1|1', 'a|4|3', 'a||5', 'b|7|', 'b|3|0');
    const [found] = await run([rows, average], ['1>2'], 'WeightedAvg_2');
    expect(found).toEqual([
      ['a', '3.25'],
      ['b', null],
    ]);
  });

  it.each([
    ['a number', { NNumber: 'True', Number: '3', Percent: '10', Seed: '7' }, 3],
    ['more than there are', { NNumber: 'True', Number: '30', Percent: '10' }, 10],
    ['a share', { NNumber: 'False', Number: '3', Percent: '40' }, 4],
  ])('Random %% Sample takes %s of records, the same in each run', async (_what, answers, count) => {
    const rows = table(1, 'v', ...Array.from({ length: 10 }, (_one, index) => String(index)));
    const tools = [rows, macro(2, 'RandomRecords', answers)];
    const [first] = await run(tools, ['1>2'], 'RandomRecords_2');
    const [again] = await run(tools, ['1>2'], 'RandomRecords_2');
    expect(first).toHaveLength(count);
    expect(again).toEqual(first);
  });

  const imputation = (more: Readonly<Record<string, string>>): ToolSpec =>
    macro(2, 'Imputation_v3', {
      'listbox Select Incoming Fields': '"v"',
      'radio Null Value': 'True',
      'radio Mean': 'False',
      'radio Median': 'False',
      ...more,
    });

  it.each([
    ['the mean', { 'radio Mean': 'True' }, ['1.0', '2.0', '6.0', '3.0', '3.0']],
    ['the median', { 'radio Median': 'True' }, ['1.0', '2.0', '6.0', '2.5', '3.0']],
    [
      'a value',
      { 'radio User Specified Replace With Value': 'True', 'updown User Replace With Value': '-1.5' },
      ['1.0', '2.0', '6.0', '-1.5', '3.0'],
    ],
  ])('Imputation puts %s for missing numbers of the chosen fields', async (_what, answers, expected) => {
    const rows = table(1, 'v|w', '1|', '2|', '6|', '|', '3|');
    const [found] = await run([rows, imputation(answers), ordered], ['1>2', '2>9'], 'Imputation_v3_2');
    expect(found?.map((row) => row[0])).toEqual(expected);
    expect(found?.every((row) => row[1] === null)).toBe(true);
  });

  it('Imputation says in fields of their own what it replaced', async () => {
    const answers = {
      'radio Mean': 'True',
      'checkbox Impute Indicator': 'True',
      'checkbox Imputed Values Separate Field': 'True',
    };
    const [found] = await run(
      [table(1, 'v', '2', '', '4'), imputation(answers), ordered],
      ['1>2', '2>9'],
      'Imputation_v3_2',
    );
    expect(found).toEqual([
      ['2', '0.0', '2.0'],
      [null, '1.0', '3.0'],
      ['4', '0.0', '4.0'],
    ]);
  });

  it('Date Time Now writes the time of the run in its format', async () => {
    const now = tool(
      2,
      'DateTimeNow',
      '<Value name="Language">English</Value><Value name="OutputFormat">dd Month yyyy</Value>',
    );
    const [found] = await run([now], [], 'DateTimeNow_2');
    expect(found).toEqual([['01 January 2024']]);
  });

  it.each(['WeightedAvg', 'RandomRecords', 'Imputation_v3'])('%s with other questions is left for a person', (name) => {
    expect(noteOf([table(1, 'v', '1'), macro(2, name, { mine: 'x' })], ['1>2'], '2')).toContain(
      'not those of the macro',
    );
  });
});

describe('a Test', () => {
  const test = (expected: number): ToolSpec =>
    tool(
      2,
      'Test',
      `<Tests><Test><Name>left over</Name><Connection>#1</Connection><Type>RecCountValue</Type><Value>${expected}</Value></Test></Tests>`,
    );
  const rows = table(1, 'v', '1', '2');

  it('passes where the count of records is the one that it names', async () => {
    expect(await run([rows, test(2)], ['1>2#1'], 'Test_2')).toEqual([[['true']]]);
  });

  it('makes the run fail with what it found where the count is another one', async () => {
    await expect(run([rows, test(0)], ['1>2#1'], 'Test_2')).rejects.toThrow(
      'The test left over failed: expected 0 records, found 2',
    );
  });

  it('is for a person to look at where it tests something else', () => {
    const other = tool(2, 'Test', '<Tests><Test><Name>t</Name><Type>Other</Type></Test></Tests>');
    expect(noteOf([rows, other], ['1>2#1'], '2')).toContain('of type Other is not converted');
  });
});

describe('Field Info', () => {
  it('tells name, type and size of each field of the input', async () => {
    const info = tool(2, 'FieldInfo', '');
    const select = tool(
      3,
      'AlteryxSelect',
      '<SelectFields><SelectField field="s" type="V_String" size="40" /><SelectField field="n" type="FixedDecimal" size="12.3" /><SelectField field="*Unknown" selected="True" /></SelectFields>',
    );
    const [found] = await run(
      [table(1, 's|n|d', 'x|1|2024-01-31'), select, info, ordered],
      ['1>3', '3>2', '2>9'],
      'FieldInfo_2',
    );
    expect(found?.map((row) => row.slice(0, 4))).toEqual([
      ['s', 'V_String', '40', '0'],
      ['n', 'FixedDecimal', '12', '3'],
      ['d', 'Date', '10', '0'],
    ]);
  });
});
