import { describe, expect, it } from 'vitest';
import { alteryxXml, convertAlteryx, runAlteryx, table, type ToolSpec } from '../../../../test/support/alteryx-xml.ts';

async function run(tools: readonly ToolSpec[], wires: readonly string[], ...outputs: readonly string[]) {
  return runAlteryx(convertAlteryx(alteryxXml(tools, wires)), outputs);
}

const tool = (id: number, type: string, config: string): ToolSpec => ({ id, type, config });

describe('Alteryx workflows on rows of their own', () => {
  it('Join gives matches, and what is left over on either side with its own fields only', async () => {
    const [joined, left, right] = await run(
      [
        table(1, 'k|a', 'x|1', 'y|2', 'z|3'),
        table(2, 'k|b', 'x|10', 'x|11', 'w|12'),
        tool(
          3,
          'Join',
          '<JoinInfo connection="Left"><Field field="k" /></JoinInfo><JoinInfo connection="Right"><Field field="k" /></JoinInfo><SelectConfiguration><Configuration outputConnection="Join"><SelectFields><SelectField field="Right_k" selected="False" /><SelectField field="*Unknown" selected="True" /></SelectFields></Configuration></SelectConfiguration>',
        ),
        tool(4, 'RecordID', '<FieldName>n</FieldName><StartValue>1</StartValue><FieldType>Int32</FieldType>'),
      ],
      ['1>3.Left', '2>3.Right', '3.Join>4'],
      'Join_3.Join',
      'Join_3.Left',
      'Join_3.Right',
    );
    expect(joined?.toSorted()).toEqual([
      ['x', '1', '10'],
      ['x', '1', '11'],
    ]);
    expect(left).toEqual([
      ['y', '2'],
      ['z', '3'],
    ]);
    expect(right).toEqual([['w', '12']]);
  });

  it('Summarize sums, counts and joins by group, a NULL group among them', async () => {
    const [rows] = await run(
      [
        table(1, 'g|v', 'a|1', 'b|5', 'a|2', '|7'),
        tool(
          2,
          'Summarize',
          '<SummarizeFields><SummarizeField field="g" action="GroupBy" rename="g" /><SummarizeField field="v" action="Sum" rename="total" /><SummarizeField field="v" action="Count" rename="n" /><SummarizeField field="v" action="First" rename="f" /><SummarizeField field="v" action="Last" rename="l" /></SummarizeFields>',
        ),
      ],
      ['1>2'],
      'Summarize_2',
    );
    expect(rows).toHaveLength(3);
    expect(rows).toContainEqual([null, '7', '1', '7', '7']);
    expect(rows).toContainEqual(['a', '3', '2', '1', '2']);
    expect(rows).toContainEqual(['b', '5', '1', '5', '5']);
  });

  it.each([
    ['IF IsNull([v]) THEN [Row-1:x] ELSE [v] ENDIF', ['4', '4', '9', '9']],
    ['[Row-1:x] + 2', ['2', '4', '6', '8']],
    ['IF [Row-1:x] &lt; 3 THEN [Row-1:x] + 1 ELSE 1 ENDIF', ['1', '2', '3', '1']],
    ['IF [Row-1:x] &gt; 3 THEN [Row-1:x] * 2 ELSE 4 ENDIF', ['4', '8', '16', '32']],
  ])('Multi-Row Formula %s sees its own results of the record before', async (expression, expected) => {
    const [rows] = await run(
      [
        table(1, 'id|v', '1|4', '2|', '3|9', '4|'),
        tool(
          2,
          'MultiRowFormula',
          `<UpdateField value="False" /><CreateField_Name>x</CreateField_Name><CreateField_Type>Int32</CreateField_Type><OtherRows>Empty</OtherRows><Expression>${expression}</Expression><GroupByFields />`,
        ),
      ],
      ['1>2'],
      'MultiRowFormula_2',
    );
    expect(rows?.map((row) => row[2])).toEqual(expected);
  });

  it('Unique keeps the first record of each key in order, NULL keys together', async () => {
    const [unique, duplicates] = await run(
      [
        table(1, 'k|v', 'b|1', 'a|2', 'b|3', '|4', '|5'),
        tool(2, 'Unique', '<UniqueFields><Field field="k" /></UniqueFields>'),
        tool(3, 'Message', ''),
        tool(4, 'Message', ''),
      ],
      ['1>2', '2.Unique>3', '2.Duplicates>4'],
      'Unique_2.Unique',
      'Unique_2.Duplicates',
    );
    expect(unique?.map((row) => row[1]).toSorted()).toEqual(['1', '2', '4']);
    expect(duplicates?.map((row) => row[1]).toSorted()).toEqual(['3', '5']);
  });

  it('Cross Tab makes a field of each header that a later tool names', async () => {
    const [rows] = await run(
      [
        table(1, 'g|h|v', 'a|p|1', 'a|q|2', 'b|p|3', 'b|p|4'),
        tool(
          2,
          'CrossTab',
          '<GroupFields><Field field="g" /></GroupFields><HeaderField field="h" /><DataField field="v" /><Methods><Method method="Sum" /></Methods>',
        ),
        tool(
          3,
          'Formula',
          '<FormulaFields><FormulaField expression="[p] + 1" field="more" type="Int32" /><FormulaField expression="IsNull([q])" field="none" type="Bool" /></FormulaFields>',
        ),
      ],
      ['1>2', '2>3'],
      'Formula_3',
    );
    expect(rows?.toSorted()).toEqual([
      ['a', '1', '2', '2', 'false'],
      ['b', '7', null, '8', 'true'],
    ]);
  });

  it('a Formula sees what the formulas before it made, with the NULL rules of the tool', async () => {
    const [rows] = await run(
      [
        table(1, 'name|v', 'ann|1', '|2'),
        tool(
          2,
          'Formula',
          '<FormulaFields><FormulaField expression="[v] * 2" field="v" type="Int32" /><FormulaField expression="[name] + &quot;!&quot;" field="greeting" type="V_WString" size="50" /><FormulaField expression="IF [v] != Null() AND [name] != &quot;ann&quot; THEN [v] ELSE 0 ENDIF" field="kept" type="Int32" /></FormulaFields>',
        ),
      ],
      ['1>2'],
      'Formula_2',
    );
    expect(rows).toEqual([
      ['ann', '2', 'ann!', '0'],
      [null, '4', '!', '4'],
    ]);
  });

  it.each([
    ['FindAny', false, ['blue car', 'ONE', 'boat']],
    ['FindAny', true, ['blue car', 'two', 'boat']],
    ['FindWhole', true, ['red car', 'two', 'boat']],
  ])(
    'Find Replace in mode %s, case ignored: %s, replaces the first hit of the list',
    async (mode, noCase, expected) => {
      const [rows] = await run(
        [
          table(1, 't', 'red car', 'ONE', 'boat'),
          table(2, 'find|by', 'red|blue', 'one|two'),
          tool(
            3,
            'FindReplace',
            `<FieldFind>t</FieldFind><FieldSearch>find</FieldSearch><ReplaceFoundField>by</ReplaceFoundField><FindMode>${mode}</FindMode><NoCase value="${noCase ? 'True' : 'False'}" /><ReplaceMode>Replace</ReplaceMode>`,
          ),
        ],
        ['1>3.Targets', '2>3.Source'],
        'FindReplace_3',
      );
      expect(rows?.map((row) => row[0])).toEqual(expected);
    },
  );

  it('Text to Columns splits into fields, what is left over in the last, and into records', async () => {
    const [fields, records] = await run(
      [
        table(1, 't', 'a,b,c', 'd', 'e,,f'),
        tool(
          2,
          'TextToColumns',
          '<Field>t</Field><ErrorHandling>Last</ErrorHandling><RootName>p</RootName><NumFields value="2" /><Delimeters value="," /><Flags value="0" />',
        ),
        tool(3, 'TextToColumns', '<Field>t</Field><Mode value="Rows" /><Delimeters value="," /><Flags value="0" />'),
        tool(4, 'RecordID', '<FieldName>n</FieldName><StartValue>1</StartValue><FieldType>Int32</FieldType>'),
      ],
      ['1>2', '1>3', '3>4'],
      'TextToColumns_2',
      'TextToColumns_3',
    );
    expect(fields).toEqual([
      ['a,b,c', 'a', 'b,c'],
      ['d', 'd', null],
      ['e,,f', 'e', ',f'],
    ]);
    expect(records?.map((row) => row[0])).toEqual(['a', 'b', 'c', 'd', 'e', '', 'f']);
  });

  it('Filter sends every record to exactly one output, one with NULL to False', async () => {
    const [yes, no] = await run(
      [
        table(1, 'v', '1', '', '5'),
        tool(2, 'Filter', '<Expression>[v] &gt; 2</Expression><Mode>Custom</Mode>'),
        tool(3, 'Message', ''),
        tool(4, 'Message', ''),
      ],
      ['1>2', '2.True>3', '2.False>4'],
      'Filter_2.True',
      'Filter_2.False',
    );
    expect(yes).toEqual([['5']]);
    expect(new Set(no?.map((row) => row[0]))).toEqual(new Set(['1', null]));
  });
});

const macro = (inner: string): string =>
  alteryxXml(
    [
      tool(1, 'MacroInput', '<Name>Input1</Name>'),
      tool(
        2,
        'Formula',
        `<FormulaFields><FormulaField expression="${inner}" field="w" type="Int32" /></FormulaFields>`,
      ),
      tool(3, 'MacroOutput', '<Name>Output3</Name>'),
    ],
    ['1>2', '2>3'],
  );

describe('macros', () => {
  const calling = alteryxXml(
    [
      table(1, 'v', '1', '2'),
      { id: 5, type: '', config: '', macro: String.raw`tools\Twice.yxmc` },
      tool(6, 'Formula', '<FormulaFields><FormulaField expression="[w] + 1" field="w" type="Int32" /></FormulaFields>'),
    ],
    ['1>5.Input1', '5.Output3>6'],
  );

  it('a macro among the imports stands in the place of its call', async () => {
    const [rows] = await runAlteryx(convertAlteryx(calling, { 'm/twice.yxmc': macro('[v] * 2') }), ['Formula_6']);
    expect(rows).toEqual([
      ['1', '3'],
      ['2', '5'],
    ]);
  });

  const reasonFor = (macros: Readonly<Record<string, string>>): string =>
    convertAlteryx(calling, macros)
      .job.transformations.find((one) => one.id === '5')
      ?.notes.join(' ') ?? '';

  it('a macro that is missing is named', () => {
    expect(reasonFor({})).toContain('(Twice.yxmc), whose file is not among the imports');
  });

  it('a batch macro is left for a person with the reason', () => {
    const batch = macro('[v]').replace(
      '</Nodes>',
      '<Node ToolID="9"><GuiSettings Plugin="AlteryxGuiToolkit.Questions.ControlParam.ControlParam" /></Node></Nodes>',
    );
    expect(reasonFor({ 'twice.yxmc': batch })).toContain('runs once for each record of its control input');
  });

  it('a macro that calls itself does not hang', () => {
    const self = macro('[v]').replace(
      '</Nodes>',
      '<Node ToolID="9"><GuiSettings /><EngineSettings Macro="twice.yxmc" /></Node></Nodes>',
    );
    const notes = convertAlteryx(calling, { 'twice.yxmc': self }).job.transformations.flatMap((one) => one.notes);
    expect(notes.join(' ')).toContain('a macro that calls itself');
  });
});
