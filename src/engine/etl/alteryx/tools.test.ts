import { describe, expect, it } from 'vitest';
import { alteryxXml, convertAlteryx, runAlteryx, table, type ToolSpec } from '../../../../test/support/alteryx-xml.ts';

async function run(tools: readonly ToolSpec[], wires: readonly string[], ...outputs: readonly string[]) {
  return runAlteryx(convertAlteryx(alteryxXml(tools, wires)), outputs);
}

const tool = (id: number, type: string, config: string): ToolSpec => ({ id, type, config });
const ordered = tool(9, 'RecordID', '<FieldName>n</FieldName><StartValue>1</StartValue><FieldType>Int32</FieldType>');

describe('tools that take text apart', () => {
  const json = '{"a b":{"list":[1,2.5,null,true]},"e":{},"t":"x\\"y"}';

  it('JSON Parse makes a record of every value, in the order of the text, named by the way to it', async () => {
    const [rows] = await run(
      [
        table(1, 'id|j', `1|${json}`, '2|{bad', '3|{"z":[{"q":"é"},7]}', '4|'),
        tool(2, 'JSONParse', '<JSON_Field>j</JSON_Field><IncludeInOutput value="False" /><SingleField value="True" />'),
        ordered,
      ],
      ['1>2', '2>9'],
      'JSONParse_2',
    );
    expect(rows).toEqual([
      ['1', 'a b.list.0', '1'],
      ['1', 'a b.list.1', '2.5'],
      ['1', 'a b.list.2', null],
      ['1', 'a b.list.3', 'true'],
      ['1', 't', 'x"y'],
      ['3', 'z.0.q', 'é'],
      ['3', 'z.1', '7'],
    ]);
  });

  it('JSON Parse puts values in fields by their type', async () => {
    const [rows] = await run(
      [
        table(1, 'j', json),
        tool(2, 'JSONParse', '<JSON_Field>j</JSON_Field><IncludeInOutput value="True" /><SingleField value="False" />'),
        ordered,
      ],
      ['1>2', '2>9'],
      'JSONParse_2',
    );
    expect(rows).toEqual([
      [json, 'a b.list.0', null, '1', null, null],
      [json, 'a b.list.1', null, null, '2.5', null],
      [json, 'a b.list.2', null, null, null, null],
      [json, 'a b.list.3', null, null, null, 'true'],
      [json, 't', 'x"y', null, null, null],
    ]);
  });

  it.each([
    ['False', ['Xne twX', 'OnE', null]],
    ['True', ['Xne twX', 'XnE', null]],
  ])('Find Replace of every hit goes through the list in its order, case ignored: %s', async (noCase, expected) => {
    const [rows] = await run(
      [
        table(1, 'id|t', '1|one two', '2|ONE', '3|'),
        table(2, 'find|by', 'o|0', '0|X', 'N|n'),
        tool(
          3,
          'FindReplace',
          `<FieldFind>t</FieldFind><FieldSearch>find</FieldSearch><ReplaceFoundField>by</ReplaceFoundField><FindMode>FindAny</FindMode><NoCase value="${noCase}" /><ReplaceMode>Replace</ReplaceMode><ReplaceMultipleFound value="True" />`,
        ),
      ],
      ['1>3.Targets', '2>3.Source'],
      'FindReplace_3',
    );
    expect(rows?.map((row) => row[1])).toEqual(expected);
  });
});

const regEx = (method: string, pattern: string, more: string): ToolSpec =>
  tool(
    2,
    'RegEx',
    `<Field>t</Field><RegExExpression value="${pattern}" /><CaseInsensitve value="True" /><Method>${method}</Method>${more}`,
  );

describe('RegEx', () => {
  const texts = table(1, 't', 'a1-B22', 'none', '');
  const kept = (on: string): string => `<Replace expression="[$1]"><CopyUnmatched value="${on}" /></Replace>`;

  it.each([
    ['True', ['a[1]-B[22]', 'none', null]],
    ['False', ['a[1]-B[22]', null, null]],
  ])('replaces every match; text without one is kept: %s', async (on, expected) => {
    const [rows] = await run([texts, regEx('Replace', '(\\d+)', kept(on)), ordered], ['1>2', '2>9'], 'RegEx_2');
    expect(rows?.map((row) => row[0])).toEqual(expected);
  });

  it('puts the groups of the first match in fields of their types, without regard to case', async () => {
    const fields =
      '<ParseComplex><Field field="letter" type="V_WString" size="9" /><Field field="number" type="Int16" /></ParseComplex>';
    const [rows] = await run([texts, regEx('ParseComplex', '(b)(\\d+)', fields), ordered], ['1>2', '2>9'], 'RegEx_2');
    expect(rows).toEqual([
      ['a1-B22', 'B', '22'],
      ['none', null, null],
      [null, null, null],
    ]);
  });

  it('splits into tokens, as fields or as records', async () => {
    const simple = (rows: string): string =>
      `<ParseSimple><SplitToRows value="${rows}" /><RootName>p</RootName><NumFields value="3" /></ParseSimple>`;
    const made = async (rows: string) =>
      run([texts, regEx('ParseSimple', '\\d+', simple(rows)), ordered], ['1>2', '2>9'], 'RegEx_2');
    expect((await made('False'))[0]?.[0]).toEqual(['a1-B22', '1', '22', null]);
    expect((await made('True'))[0]?.map((row) => row[0]).slice(0, 2)).toEqual(['1', '22']);
  });

  it('tests whether the whole text matches', async () => {
    const [rows] = await run(
      [texts, regEx('Match', '[a-z]+', '<Match><Field>ok</Field></Match>'), ordered],
      ['1>2', '2>9'],
      'RegEx_2',
    );
    expect(rows?.map((row) => row[1])).toEqual(['false', 'true', 'false']);
  });
});

describe('tools that change values', () => {
  it('Date Time reads text in its format, and writes dates in it', async () => {
    const config = (from: string, format: string, field: string): string =>
      `<IsFrom value="${from}" /><InputFieldName>${field}</InputFieldName><Format>${format}</Format><OutputFieldName>out</OutputFieldName>`;
    const [read, written] = await run(
      [
        table(1, 't', '05/03/2024', '31/02/2024', 'x'),
        tool(2, 'DateTime', config('False', 'dd/MM/yyyy', 't')),
        tool(3, 'DateTime', config('True', 'yyyy-MM-dd', 'out')),
        ordered,
      ],
      ['1>2', '2>3', '3>9'],
      'DateTime_2',
      'DateTime_3',
    );
    expect(read?.map((row) => row[1])).toEqual(['2024-03-05 00:00:00', null, null]);
    expect(written?.map((row) => row[2])).toEqual(['2024-03-05', null, null]);
  });

  it('Multi-Field Formula goes over the chosen fields of its kind, in place or as copies', async () => {
    const config = (copy: string): string =>
      `<FieldType>Numeric</FieldType><Fields><Field name="a" /><Field name="b" selected="False" /><Field name="*Unknown" /></Fields><CopyOutput value="${copy}" /><NewFieldAddOn>New_</NewFieldAddOn><Expression>[_CurrentField_] * 10</Expression><ChangeFieldType value="False" />`;
    const [placed, copied] = await run(
      [
        table(1, 'a|b|c|t', '1|2|3|x', '|5|6|y'),
        tool(2, 'MultiFieldFormula', config('False')),
        tool(3, 'MultiFieldFormula', config('True')),
        ordered,
      ],
      ['1>2', '1>3', '3>9'],
      'MultiFieldFormula_2',
      'MultiFieldFormula_3',
    );
    expect(placed).toEqual([
      ['10', '2', '30', 'x'],
      [null, '5', '60', 'y'],
    ]);
    expect(copied).toEqual([
      ['1', '2', '3', 'x', '10', '30'],
      [null, '5', '6', 'y', null, '60'],
    ]);
  });

  it('Data Cleansing trims, collapses and fills what is NULL in the chosen fields only', async () => {
    const answers: Readonly<Record<string, string>> = {
      'List Box (11)': '"t","n"',
      'Check Box (84)': 'True',
      'Check Box (117)': 'True',
      'Check Box (15)': 'True',
      'Check Box (109)': 'True',
      'Check Box (77)': 'True',
      'Drop Down (81)': 'upper',
    };
    const config = Object.entries(answers)
      .map(([name, value]) => `<Value name="${name}">${value}</Value>`)
      .join('');
    const [rows] = await run(
      [table(1, 't|n|other', '  a   b |1| x', '||'), { ...tool(2, '', config), macro: 'Cleanse.yxmc' }, ordered],
      ['1>2', '2>9'],
      'Cleanse_2',
    );
    expect(rows?.map((row) => row.slice(0, 2))).toEqual([
      ['A B', '1'],
      ['', '0'],
    ]);
    expect(rows?.[1]?.[2]).toBeNull();
  });

  it('Blob Convert turns Base64 into bytes and bytes into text and digits', async () => {
    const from = (mode: string): string =>
      `<ToBlob value="False" /><from_Field>b</from_Field><from_Mode>${mode}</from_Mode><from_textCodePage>65001</from_textCodePage>`;
    const [text, hex] = await run(
      [
        table(1, 'b', 'w6k='),
        tool(2, 'BlobConvert', '<ToBlob value="True" /><to_Field>b</to_Field><to_Mode>Base64</to_Mode>'),
        tool(3, 'BlobConvert', from('Text')),
        tool(4, 'BlobConvert', from('Hex')),
      ],
      ['1>2', '2>3', '2>4'],
      'BlobConvert_3',
      'BlobConvert_4',
    );
    expect([text, hex]).toEqual([[['é']], [['C3A9']]]);
  });
});

describe('tools that make, choose or number records', () => {
  const loop = (first: string, while_: string, next: string): ToolSpec =>
    tool(
      2,
      'GenerateRows',
      `<UpdateField value="False" /><CreateField_Name>k</CreateField_Name><CreateField_Type>Int32</CreateField_Type><Expression_Init>${first}</Expression_Init><Expression_Cond>${while_}</Expression_Cond><Expression_Loop>${next}</Expression_Loop>`,
    );

  it.each([
    ['1', '[k] &lt;= [n]', '[k] + 1', ['a1', 'a2', 'c1']],
    ['[n]', '[k] &gt; 0', '[k] - 2', ['a2', 'c1']],
    ['1', '[k] &lt;= [n] * 3', '[k] * 2', ['a1', 'a2', 'a4', 'c1', 'c2']],
  ])('Generate Rows from %s while %s, then %s, for each record', async (first, test, next, expected) => {
    const [rows] = await run(
      [table(1, 'id|n', 'a|2', 'b|0', 'c|1'), loop(first, test, next), ordered],
      ['1>2', '2>9'],
      'GenerateRows_2',
    );
    expect(rows?.map((row) => `${String(row[0])}${String(row[2])}`)).toEqual(expected);
  });

  const letters = table(1, 'g|v', 'x|1', 'y|2', 'x|3', 'x|4', 'y|5');

  it.each([
    ['First', 1, ['1', '2']],
    ['Last', 2, ['2', '3', '4', '5']],
    ['Skip', 1, ['3', '4', '5']],
    ['Sample', 2, ['1', '2', '4']],
    ['Percent', 50, ['1', '2']],
  ])('Sample %s %d of each group, in the order of the records', async (mode, n, expected) => {
    const config = `<GroupFields><Field name="g" /></GroupFields><Mode>${mode}</Mode><N>${n}</N>`;
    const [rows] = await run([letters, tool(2, 'Sample', config)], ['1>2'], 'Sample_2');
    expect(rows?.map((row) => row[1])).toEqual(expected);
  });

  it.each([
    [
      '<Method>EqualRecords</Method><EqualRecords><EqualRecordsSortField>v</EqualRecordsSortField><NumTiles value="2" /></EqualRecords>',
      ['1.1', '1.2', '1.3', '2.1', '2.2'],
    ],
    [
      '<Method>UniqueValue</Method><UniqueValue><UniqueValueField>g</UniqueValueField></UniqueValue>',
      ['1.1', '2.1', '1.2', '1.3', '2.2'],
    ],
  ])('Tile numbers the groups and the records within them', async (config, expected) => {
    const [rows] = await run([letters, tool(2, 'Tile', config)], ['1>2'], 'Tile_2');
    expect(rows?.map((row) => `${String(row[2])}.${String(row[3])}`)).toEqual(expected);
  });

  it('Transpose makes a record of each data field in the order of fields, NULL values kept', async () => {
    const [rows] = await run(
      [
        table(1, 'id|a|b', '1|x|', '2|y|z'),
        tool(
          2,
          'Transpose',
          '<KeyFields><Field field="id" /></KeyFields><DataFields><Field field="id" selected="False" /><Field field="*Unknown" selected="True" /></DataFields>',
        ),
        ordered,
      ],
      ['1>2', '2>9'],
      'Transpose_2',
    );
    expect(rows).toEqual([
      ['1', 'a', 'x'],
      ['1', 'b', null],
      ['2', 'a', 'y'],
      ['2', 'b', 'z'],
    ]);
  });
});

describe('tools with several inputs', () => {
  const keys = ['#1', '#2', '#3']
    .map((wire) => `<JoinInfo connection="${wire}"><Field field="k" /></JoinInfo>`)
    .join('');
  const all =
    '<SelectConfiguration><Configuration outputConnection="Output"><SelectFields><SelectField field="*Unknown" selected="True" /></SelectFields></Configuration></SelectConfiguration>';

  it.each([
    [
      'False',
      [
        ['p', 'A', 'p', 'B', 'p', 'C'],
        ['q', 'D', null, null, null, null],
        [null, 'N', null, 'M', null, null],
        [null, null, 'r', 'E', 'r', 'F'],
        [null, null, null, null, 's', 'G'],
      ],
    ],
    ['True', [['p', 'A', 'p', 'B', 'p', 'C']]],
  ])('Join Multiple matches every input with those before it, only full matches: %s', async (only, expected) => {
    const config = `<JoinByRecPos value="False" /><JoinFields>${keys}</JoinFields><OutputJoinOnly value="${only}" />${all}`;
    const [rows] = await run(
      [
        table(1, 'k|a', 'p|A', 'q|D', '|N'),
        table(2, 'k|b', 'p|B', 'r|E', '|M'),
        table(3, 'k|c', 'p|C', 'r|F', 's|G'),
        tool(4, 'JoinMultiple', config),
      ],
      ['1>4#1', '2>4#2', '3>4#3'],
      'JoinMultiple_4',
    );
    const sorted = (list: readonly (readonly unknown[])[] | undefined): readonly string[] =>
      (list ?? []).map((row) => JSON.stringify(row)).toSorted();
    expect(sorted(rows)).toEqual(sorted(expected));
  });

  it('a field goes by its own name where the one of that name does not come out, else by its input', async () => {
    const list = (left: string): string =>
      `<JoinInfo connection="Left"><Field field="k" /></JoinInfo><JoinInfo connection="Right"><Field field="k" /></JoinInfo><SelectConfiguration><Configuration outputConnection="Join"><SelectFields><SelectField field="Left_k" selected="${left}" /><SelectField field="*Unknown" selected="True" /></SelectFields></Configuration></SelectConfiguration>`;
    const names = (left: string): unknown =>
      convertAlteryx(
        alteryxXml(
          [table(1, 'k|a', 'x|1'), table(2, 'k|b', 'x|2'), tool(3, 'Join', list(left)), tool(4, 'Message', '')],
          ['1>3.Left', '2>3.Right', '3.Join>4'],
        ),
      )
        .pipelines[0]?.nodes.find((node) => node.id === 'Join_3')
        ?.outputs?.find((output) => output.name === 'Join')
        ?.columns.map((column) => column.name);
    expect(names('True')).toEqual(['k', 'a', 'Right_k', 'b']);
    expect(names('False')).toEqual(['a', 'k', 'b']);
  });

  it('Append Fields puts every record of the source beside every record of the target', async () => {
    const [rows, none] = await run(
      [
        table(1, 't', 'a', 'b'),
        table(2, 't|u', '1|x', '2|y'),
        tool(5, 'Filter', '<Expression>[u] = "z"</Expression><Mode>Custom</Mode>'),
        tool(3, 'AppendFields', all),
        tool(4, 'AppendFields', all),
        ordered,
      ],
      ['1>3.Targets', '2>3.Source', '1>4.Targets', '2>5', '5.True>4.Source', '3>9'],
      'AppendFields_3',
      'AppendFields_4',
    );
    expect(rows).toEqual([
      ['a', '1', 'x'],
      ['a', '2', 'y'],
      ['b', '1', 'x'],
      ['b', '2', 'y'],
    ]);
    expect(none).toEqual([]);
  });
});

describe('Union', () => {
  it('by hand puts the fields below each other that stand in one column, named as in the first input', async () => {
    const listed = (wire: string, ...fields: readonly string[]): string =>
      `<MetaInfo name="${wire}"><RecordInfo>${fields.map((name) => `<Field name="${name.slice(1)}" column="${name.slice(0, 1)}" />`).join('')}</RecordInfo></MetaInfo>`;
    const [rows] = await run(
      [
        table(1, 'a|b', '1|x'),
        table(2, 'c|d|e', 'y|2|z'),
        tool(
          3,
          'Union',
          `<Mode>ManualDelayed</Mode><MultiMetaInfo>${listed('#1', '1a', '2b')}${listed('#2', '2c', '1d', '3e')}</MultiMetaInfo>`,
        ),
        ordered,
      ],
      ['1>3#1', '2>3#2', '3>9'],
      'Union_3',
    );
    expect(rows).toEqual([
      ['1', 'x', null],
      ['2', 'y', 'z'],
    ]);
  });
});

describe('tools whose fields follow rules', () => {
  const names = (converted: ReturnType<typeof convertAlteryx>, id: string): readonly string[] =>
    converted.pipelines[0]?.nodes.find((node) => node.id === id)?.columns?.map((column) => column.name) ?? [];
  const source = table(1, 'my_id|my_name|extra', '1|x|y');

  it('Dynamic Rename by a formula renames the chosen fields and keeps the values', async () => {
    const converted = convertAlteryx(
      alteryxXml(
        [
          source,
          tool(
            2,
            'DynamicRename',
            '<RenameMode>Formula</RenameMode><Fields><Field name="*Unknown" /><Field name="extra" selected="False" /></Fields><Expression>Replace([_CurrentField_], "my_", "")</Expression>',
          ),
        ],
        ['1>2.Targets'],
      ),
    );
    expect(names(converted, 'DynamicRename_2')).toEqual(['id', 'name', 'extra']);
    expect(await runAlteryx(converted, ['DynamicRename_2'])).toEqual([[['1', 'x', 'y']]]);
  });

  it('Dynamic Rename by data that no run is remembered of is left for a person', () => {
    const xml = alteryxXml(
      [source, tool(2, 'DynamicRename', '<RenameMode>FirstRow</RenameMode><Fields><Field name="*Unknown" /></Fields>')],
      ['1>2.Targets'],
    );
    const [, renamed] = convertAlteryx(xml).job.transformations;
    expect(renamed?.source).toBe('unsupported');
    expect(renamed?.notes.join(' ')).toContain('(FirstRow) are known only when it runs');
  });

  it.each([
    ['<Mode>Formula</Mode><Expression>StartsWith([Name], "my_") AND [Type] != "Int32"</Expression>', ['my_name']],
    ['<Mode>FieldTypes</Mode><FieldTypes>Int32,Double</FieldTypes>', ['my_id']],
  ])('Dynamic Select %s keeps the fields that fit', (config, expected) => {
    const typed = tool(
      3,
      'AlteryxSelect',
      '<SelectFields><SelectField field="my_id" selected="True" type="Int32" /><SelectField field="*Unknown" selected="True" /></SelectFields>',
    );
    const xml = alteryxXml([source, typed, tool(2, 'DynamicSelect', config)], ['1>3', '3>2']);
    expect(names(convertAlteryx(xml), 'DynamicSelect_2')).toEqual(expected);
  });
});

describe('Text to Columns', () => {
  it('numbers its fields where their root name is blank', async () => {
    const config =
      '<Field>t</Field><ErrorHandling>Last</ErrorHandling><RootName> </RootName><Delimeters value="." /><NumFields value="2" /><Mode value="Columns" /><Flags value="0" />';
    const [rows] = await run(
      [
        table(1, 't', 'a.b', 'c.d'),
        tool(2, 'TextToColumns', config),
        tool(3, 'Filter', '<Expression>[2] = "d"</Expression><Mode>Custom</Mode>'),
      ],
      ['1>2', '2>3'],
      'Filter_3.True',
    );
    expect(rows).toEqual([['c.d', 'c', 'd']]);
  });
});

describe('macros whose file is not there', () => {
  it.each(['CollectionExists_tags.yxmc', 'llm_notes.yxmc'])('%s is missed, whatever its name sounds like', (name) => {
    const xml = alteryxXml([table(1, 't', 'a'), { ...tool(2, '', ''), macro: name }], ['1>2']);
    const [, missing] = convertAlteryx(xml).job.transformations;
    expect(missing?.notes.join(' ')).toContain(`(${name}), whose file is not among the imports`);
  });
});

describe('what makes reports', () => {
  it.each([
    [
      tool(
        2,
        'Summarize',
        '<SummarizeFields><SummarizeField field="t" action="Count" rename="n" /><SummarizeField field="t" action="RptVertical" rename="r" /></SummarizeFields>',
      ),
      'the action RptVertical puts parts of a report together',
    ],
    [
      tool(2, 'BlobConvert', '<ToBlob value="False" /><from_Field>t</from_Field><from_Mode>ReportSnippet</from_Mode>'),
      'turns an image into a part of a report',
    ],
    [tool(2, 'Email', ''), 'it sends mail'],
    [tool(2, 'PortfolioComposerRender', ''), 'it writes a document'],
  ])('is left for a person as a reporting tool: %#', (one, reason) => {
    const [, converted] = convertAlteryx(alteryxXml([table(1, 't', 'a'), one], ['1>2'])).job.transformations;
    expect(converted?.source).toBe('unsupported');
    expect(converted?.notes.join(' ')).toMatch(/^Reporting tools make no data/);
    expect(converted?.notes.join(' ')).toContain(reason);
  });
});
