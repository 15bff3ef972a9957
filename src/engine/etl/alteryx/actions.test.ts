import { describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../../adapters/duckdb/duckdb-runner.ts';
import { runPipeline } from '../../dataflow/run-pipeline.ts';
import { relationName, sqlName } from '../../dataflow/sql-name.ts';
import { alteryxXml, convertAlteryx, table, type ToolSpec } from '../../../../test/support/alteryx-xml.ts';
import type { ConvertedFile } from '../convert.ts';

interface App {
  readonly tools: readonly ToolSpec[];
  readonly wires: readonly string[];
  /** Inner XML of the `<Action>` of tools 80, 81 and so on; each gets the answer of question 70 as `#1`. */
  readonly actions: readonly string[];
  readonly question?: string;
  /** The expression of a condition around the Actions. */
  readonly condition?: string;
}

const plugin = (id: number, name: string): string =>
  `<Node ToolID="${id}"><GuiSettings Plugin="AlteryxGuiToolkit.${name}" /></Node>`;

const textBox = '<Type>TextBox</Type><Default>x</Default>';
const number = '<Type>NumericUpDown</Type><Default value="9" />';
const replace = (part: string): string => `<Replace value="True" /><ReplaceText>${part}</ReplaceText>`;
const update = (destination: string, more = ''): string =>
  `<Type>UpdateValue</Type><Variable />${more}<Destination>${destination}</Destination>`;
const formula = (destination: string, expression: string): string =>
  `<Type>UpdateValueFormula</Type><Expression>${expression}</Expression><Destination>${destination}</Destination>`;

function convertApp({ tools, wires, actions, question = textBox, condition }: App): ConvertedFile {
  const listed = actions.map((one, index) => `<Action><ToolId value="${80 + index}" />${one}</Action>`).join('');
  const branch =
    condition === undefined
      ? `<NoCondition><True>${listed}</True></NoCondition>`
      : `<Condition><ToolId value="60" /><Expression>${condition}</Expression><True>${listed}</True><False /></Condition>`;
  const questions = `<Question><Type>Tab</Type><ToolId value="69" /><Questions><Question><ToolId value="70" /><Name>Box (70)</Name>${question}</Question></Questions></Question>`;
  const target = (action: string): string => /<Destination>(\d+)/.exec(action)?.[1] ?? '';
  const more = actions.flatMap((one, index) => [
    `70.Question>${80 + index}.Question#1`,
    `${80 + index}.Action>${target(one)}.Action`,
  ]);
  const nodes = [
    plugin(70, 'Questions.TextBox.TextBox'),
    ...actions.map((_one, index) => plugin(80 + index, 'Action.Action')),
  ];
  return convertAlteryx(
    alteryxXml(
      tools,
      [...wires, ...more, '70.Question>60.Question#1'],
      `<RuntimeProperties><Actions>${branch}</Actions><Questions>${questions}</Questions></RuntimeProperties>`,
    ).replace('</Nodes>', `${nodes.join('')}</Nodes>`),
  );
}

async function rowsOf(converted: ConvertedFile, output: string, answer?: string): Promise<readonly unknown[]> {
  const [pipeline] = converted.pipelines;
  if (pipeline === undefined) throw new Error('no pipeline');
  const session = await createDuckDbRunner().open({ readable: [] });
  try {
    const parameters = new Map(answer === undefined ? [] : [['Question.Box (70)', answer]]);
    const run = await runPipeline(pipeline, session, { parameters });
    const failed = run.nodes.find((node) => node.error !== null);
    if (failed !== undefined) throw new Error(`${failed.id}: ${failed.error ?? ''}`);
    const [node = '', name] = output.split('.');
    const relation = sqlName(relationName(name === undefined ? { node } : { node, output: name }));
    return (await session.query(`SELECT CAST(v AS VARCHAR) FROM ${relation} ORDER BY ALL`)).rows.map(
      ([value]) => value,
    );
  } finally {
    await session.close();
  }
}

const confidenceOf = (converted: ConvertedFile, id: string): number | undefined =>
  converted.job.transformations.find((one) => one.id === id)?.confidence;
const notesOf = (converted: ConvertedFile, id: string): string =>
  converted.job.transformations.find((one) => one.id === id)?.notes.join(' ') ?? '';

const input = table(1, 'v', '1', '2', '3', '4');
const tool = (type: string, config: string): ToolSpec => ({ id: 2, type, config });

describe('a setting that takes its value from an answer', () => {
  const sample = tool('Sample', '<Mode>First</Mode><N>3</N>');
  const simple = tool(
    'Filter',
    '<Mode>Simple</Mode><Simple><Operator>&gt;</Operator><Field>v</Field><Operands><Operand>2</Operand></Operands></Simple>',
  );
  const custom = (expression: string): ToolSpec =>
    tool('Filter', `<Mode>Custom</Mode><Expression>${expression}</Expression>`);
  const detour = tool('Detour', '<DetourRight value="False" />');

  it.each([
    {
      what: 'the number of Sample',
      acted: sample,
      action: update('2/N'),
      question: number,
      output: 'Sample_2',
      stored: ['1', '2', '3'],
      answer: '1',
      given: ['1'],
    },
    {
      what: 'the operand of a Filter',
      acted: simple,
      action: update('2/Simple/Operands/Operand'),
      question: textBox,
      output: 'Filter_2.True',
      stored: ['3', '4'],
      answer: '3',
      given: ['4'],
    },
    {
      what: 'a number in an expression',
      acted: custom('[v] = 2'),
      action: update('2/Expression', replace('2')),
      question: number,
      output: 'Filter_2.True',
      stored: ['2'],
      answer: '4',
      given: ['4'],
    },
    {
      what: 'a text in an expression',
      acted: custom('ToString([v]) = "2"'),
      action: update('2/Expression', replace('2')),
      question: textBox,
      output: 'Filter_2.True',
      stored: ['2'],
      answer: '4',
      given: ['4'],
    },
    {
      what: 'the way of a Detour',
      acted: detour,
      action: update('2/DetourRight/@value'),
      question: textBox,
      output: 'Detour_2.Left',
      stored: ['1', '2', '3', '4'],
      answer: 'True',
      given: [],
    },
  ])('$what is a parameter whose default is the value of the file', async (one) => {
    const converted = convertApp({
      tools: [input, one.acted],
      wires: ['1>2'],
      actions: [one.action],
      question: one.question,
    });
    expect(await rowsOf(converted, one.output)).toEqual(one.stored);
    expect(await rowsOf(converted, one.output, one.answer)).toEqual(one.given);
    for (const id of ['2', '80']) expect(confidenceOf(converted, id)).toBeGreaterThanOrEqual(0.85);
  });

  it('fills a cell of a Text Input, of which two Actions replace parts', async () => {
    const converted = convertApp({
      tools: [table(1, 'v', 'a', 'from A to B')],
      wires: [],
      actions: [update('1/Data/r[2]/c', replace('A')), formula('1/Data/r[2]/c', '[Destination] + "!"')],
    });
    expect(await rowsOf(converted, 'TextInput_1')).toEqual(['a', 'from A to B!']);
    expect(await rowsOf(converted, 'TextInput_1', 'here, and not there')).toEqual([
      'a',
      'from here, and not there to B!',
    ]);
  });

  it.each([
    ['a number', number, '"[v] = " + ToString(ToNumber([#1]) - 1)', ['2']],
    ['a text within quotes', textBox, `"ToString([v]) = '" + [Box (70)] + "'"`, ['3']],
  ] as const)('reads %s where a formula writes the expression', async (_what, question, text, given) => {
    const converted = convertApp({
      tools: [input, custom('[v] = 1')],
      wires: ['1>2'],
      actions: [formula('2/Expression', text)],
      question,
    });
    expect(await rowsOf(converted, 'Filter_2.True', '3')).toEqual(given);
  });

  it('stays what it is unless the condition of the app is met', async () => {
    const app = { tools: [input, sample], wires: ['1>2'], actions: [update('2/N')], question: number };
    const converted = convertApp({ ...app, condition: '[Box (70)] &lt; 3' });
    expect(await rowsOf(converted, 'Sample_2', '2')).toEqual(['1', '2']);
    expect(await rowsOf(converted, 'Sample_2', '4')).toEqual(['1', '2', '3']);
  });

  it.each([
    [
      'a field is chosen',
      tool('AlteryxSelect', ''),
      update("2/SelectFields/SelectField[@field='v']/@field"),
      [textBox, 'chooses fields'],
    ],
    [
      'a name in an expression is chosen',
      custom('[v] = 2'),
      update('2/Expression', replace('v')),
      [textBox, 'part of a name'],
    ],
    ['the answer is a whole expression', custom('[v] = 2'), update('2/Expression'), [textBox, 'whole expression']],
    ['there is an answer for each batch', sample, update('2/N'), ['<Type>ControlParam</Type>', 'each batch']],
    [
      'there are several answers',
      sample,
      update('2/N'),
      ['<Type>ListBox</Type><Multiple value="True" />', 'several answers'],
    ],
    [
      'the Action has an effect of its own',
      sample,
      '<Type>UpdateSelect</Type><Destination>2/N</Destination>',
      [textBox, 'does not tell'],
    ],
  ] as const)('is for a person to look at, with the reason, where %s', (_why, acted, action, rest) => {
    const [question, reason] = rest;
    const converted = convertApp({ tools: [input, acted], wires: ['1>2'], actions: [action], question });
    expect(confidenceOf(converted, '2')).toBeLessThan(0.85);
    expect(notesOf(converted, '2')).toContain(reason);
    expect(confidenceOf(converted, '80')).toBe(0.65);
  });
});

describe('an Action of a macro that is put in the place of its call', () => {
  it('reads the answer of the call', async () => {
    const inner = alteryxXml(
      [
        { id: 1, type: 'MacroInput', config: '<Name>In</Name>' },
        { id: 2, type: 'Sample', config: '<Mode>First</Mode><N>3</N>' },
        { id: 3, type: 'MacroOutput', config: '<Name>Out</Name>' },
      ],
      ['1>2', '2>3', '8.Action>2.Action', '7.Question>8.Question#1'],
      `<RuntimeProperties><Actions><NoCondition><True><Action><ToolId value="8" />${update('2/N')}</Action></True></NoCondition></Actions><Questions><Question><ToolId value="7" /><Name>How many</Name>${number}</Question></Questions></RuntimeProperties>`,
    ).replace('</Nodes>', `${plugin(7, 'Questions.NumericUpDown.NumericUpDown')}${plugin(8, 'Action.Action')}</Nodes>`);
    const call = { id: 2, type: '', macro: 'First.yxmc', config: '<Value name="How many">1</Value>' };
    const outer = alteryxXml([input, call, { id: 3, type: 'Message', config: '' }], ['1>2.In', '2.Out>3']);
    const converted = convertAlteryx(outer, { 'First.yxmc': inner });
    expect(await rowsOf(converted, 'Message_3')).toEqual(['1']);
    expect(confidenceOf(converted, '2.8')).toBe(0.9);
  });
});

describe('an Action that chooses a connection', () => {
  const sample = tool('Sample', '<Mode>First</Mode><N>3</N>');
  const app = (...destinations: readonly string[]): ConvertedFile =>
    convertApp({ tools: [input, sample], wires: ['1>2'], actions: destinations.map((one) => update(one)) });

  it('changes nothing of the tool, since the pipeline holds no connection', () => {
    expect(confidenceOf(app('2/Server', '2/UserName'), '2')).toBeGreaterThanOrEqual(0.85);
  });

  it('says so where another Action says nothing of what it changes', () => {
    const converted = app('2/Server', '2/');
    expect(confidenceOf(converted, '2')).toBe(0.8);
    expect(notesOf(converted, '2')).toContain('does not say what it changes');
  });
});
