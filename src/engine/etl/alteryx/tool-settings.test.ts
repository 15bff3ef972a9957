import { describe, expect, it } from 'vitest';
import { alteryxXml, convertAlteryx, runAlteryx, table, type ToolSpec } from '../../../../test/support/alteryx-xml.ts';

async function run(tools: readonly ToolSpec[], wires: readonly string[], ...outputs: readonly string[]) {
  return runAlteryx(convertAlteryx(alteryxXml(tools, wires)), outputs);
}

const tool = (id: number, type: string, config: string): ToolSpec => ({ id, type, config });
const ordered = tool(9, 'RecordID', '<FieldName>n</FieldName><StartValue>1</StartValue><FieldType>Int32</FieldType>');

describe('Text to Columns with delimiters that are enclosed', () => {
  const split = (flags: number, more: string): ToolSpec =>
    tool(
      2,
      'TextToColumns',
      `<Field>t</Field><ErrorHandling>Last</ErrorHandling><RootName>p</RootName><Delimeters value=",;" /><NumFields value="2" />${more}<Flags value="${flags}" />`,
    );
  const text = table(1, 't', 'a,&quot;b;c&quot;,d', '[x,y];(z,w)', ',', 'it&apos;s,&quot;open', '');

  it.each([
    [1, ['a', '"b;c",d', '[x', 'y];(z,w)', '', '', "it's", '"open', null, null]],
    [13, ['a', '"b;c",d', '[x,y]', '(z,w)', '', '', "it's", '"open', null, null]],
  ])('does not split within what the flags %d name, the rest staying in the last field', async (flags, expected) => {
    const [rows] = await run(
      [text, split(flags, '<Mode value="Columns" />'), ordered],
      ['1>2', '2>9'],
      'TextToColumns_2',
    );
    expect(rows?.flatMap((row) => row.slice(1))).toEqual(expected);
  });

  it('makes records of the parts, empty ones left out where the flags say so', async () => {
    const [rows] = await run([text, split(17, '<Mode value="Rows" />'), ordered], ['1>2', '2>9'], 'TextToColumns_2');
    expect(rows?.map((row) => row[0])).toEqual(['a', '"b;c"', 'd', '[x', 'y]', '(z', 'w)', "it's", '"open', null]);
  });
});

describe('Find Replace of whole words', () => {
  const find = (mode: string, multiple: string): ToolSpec =>
    tool(
      3,
      'FindReplace',
      `<FieldFind>t</FieldFind><FieldSearch>find</FieldSearch><ReplaceFoundField>by</ReplaceFoundField><FindMode>${mode}</FindMode><NoCase value="False" /><MatchWholeWord value="True" /><ReplaceMode>Replace</ReplaceMode><ReplaceMultipleFound value="${multiple}" />`,
    );

  it.each([
    ['FindAny', 'False', ['C\\1 art', 'start cart', '(a.b)']],
    ['FindAny', 'True', ['C\\1 art', 'start cart', '(X)']],
    ['FindBegin', 'False', ['C\\1 art', 'start cart', '(a.b)']],
  ])('%s, every entry: %s, leaves parts of words alone', async (mode, multiple, expected) => {
    const tools = [
      table(1, 't', 'car art', 'start cart', '(a.b)'),
      table(2, 'find|by', 'car|C\\1', 'a.b|X'),
      find(mode, multiple),
    ];
    const [rows] = await run(tools, ['1>3.Targets', '2>3.Source'], 'FindReplace_3');
    const found = rows?.map((row) => row[0]);
    expect(found).toEqual(mode === 'FindAny' ? [expected[0], expected[1], '(X)'] : expected);
  });
});

describe('Cross Tab of several methods', () => {
  it('makes a field of each method and value, and takes the method before the name for its own', async () => {
    const cross = (id: number, ...methods: readonly string[]): ToolSpec =>
      tool(
        id,
        'CrossTab',
        `<GroupFields><Field field="g" /></GroupFields><HeaderField field="h" /><DataField field="v" /><Methods>${methods.map((one) => `<Method method="${one}" />`).join('')}</Methods>`,
      );
    const names = (id: number, ...fields: readonly string[]): ToolSpec =>
      tool(
        id,
        'AlteryxSelect',
        `<SelectFields>${fields.map((one) => `<SelectField field="${one}" selected="True" />`).join('')}</SelectFields>`,
      );
    const [both, one] = await run(
      [
        table(1, 'g|h|v', 'a|x y|1', 'a|x y|4', 'b|z|5'),
        cross(2, 'Sum', 'Avg'),
        names(3, 'g', 'Sum_x_y', 'Avg_x_y', 'Sum_z'),
        cross(4, 'Avg'),
        names(5, 'g', 'Avg_x_y', 'z'),
      ],
      ['1>2', '2>3', '1>4', '4>5'],
      'AlteryxSelect_3',
      'AlteryxSelect_5',
    );
    expect(both).toEqual([
      ['a', '5', '2.5', null],
      ['b', null, null, '5'],
    ]);
    expect(one).toEqual([
      ['a', '2.5', null],
      ['b', null, '5.0'],
    ]);
  });
});

describe('Dynamic Rename by what the workflow holds', () => {
  const fields = '<Fields><Field name="*Unknown" /></Fields>';
  const rename = (mode: string, more: string): ToolSpec =>
    tool(3, 'DynamicRename', `<RenameMode>${mode}</RenameMode>${fields}${more}`);
  const affix = (element: string, type: string, text: string): string =>
    `<${element}><Type>${type}</Type><Text>${text}</Text></${element}>`;
  const mapped = (mode: string): string =>
    `<NamesFromRows><InputMode>${mode}</InputMode><OldName>from</OldName><NewName>to</NewName></NamesFromRows>`;

  it.each([
    [rename('Add', affix('AddPrefixSuffix', 'Prefix', 'n_')), ['n_a_x', 'n_b']],
    [rename('Add', affix('AddPrefixSuffix', 'Suffix', '_n')), ['a_x_n', 'b_n']],
    [rename('Remove', affix('RemovePrefixSuffix', 'Suffix', '_x')), ['a', 'b']],
    [rename('RightInputRows', mapped('Mapped')), ['a_x', 'beta']],
    [rename('RightInputRows', mapped('Positional')), ['beta', 'alpha']],
    [rename('RightInputMetadata', ''), ['from', 'to']],
  ])('%#: the fields have their new names and keep their values', async (one, expected) => {
    const converted = convertAlteryx(
      alteryxXml(
        [table(1, 'a_x|b', '1|2'), table(2, 'from|to', 'B|beta', 'other|alpha'), one],
        ['1>3.Targets', '2>3.Source'],
      ),
    );
    const node = converted.pipelines[0]?.nodes.find((each) => each.id === 'DynamicRename_3');
    expect(node?.columns?.map((column) => column.name)).toEqual(expected);
    expect(await runAlteryx(converted, ['DynamicRename_3'])).toEqual([[['1', '2']]]);
  });
});

describe('lists that come from outside', () => {
  it('a Directory is a table of files that somebody has to load', () => {
    const directory = tool(1, 'Directory', '<Directory>C:\\in</Directory><FileSpec>*.csv</FileSpec>');
    const { pipelines, job } = convertAlteryx(
      alteryxXml([directory, tool(2, 'Filter', '<Mode>Custom</Mode><Expression>[Size] &gt; 5</Expression>')], ['1>2']),
    );
    expect(pipelines[0]?.tables?.[0]?.columns.map((one) => one.name)).toContain('LastWriteTime');
    expect(job.transformations[0]).toMatchObject({ confidence: 0.7 });
    expect(job.transformations[0]?.notes.join(' ')).toContain('C:\\in (*.csv)');
  });

  it('an In-Database input holds the result of its query', () => {
    const input = tool(1, 'LockInInput', '<Connection>w</Connection><Query>select a from t</Query>');
    const { pipelines } = convertAlteryx(
      alteryxXml([input, tool(2, 'Filter', '<Mode>Custom</Mode><Expression>[a] &gt; 5</Expression>')], ['1>2']),
    );
    expect(pipelines[0]?.nodes[0]).toMatchObject({ config: { query: 'select a from t' }, connector: 'database' });
  });
});
