import { describe, expect, it } from 'vitest';
import { alteryxXml, convertAlteryx, table, type ToolSpec } from '../../../../test/support/alteryx-xml.ts';

const tool = (id: number, type: string, config: string): ToolSpec => ({ id, type, config });
const source = tool(1, 'DbFileInput', '<File FileFormat="0">data.csv</File>');
const filter = (id: number, expression: string): ToolSpec =>
  tool(id, 'Filter', `<Mode>Custom</Mode><Expression>${expression}</Expression>`);

/** The type of the source's field and the confidence of the tool that uses it. */
function learned(tools: readonly ToolSpec[], wires: readonly string[], id: string) {
  const { pipelines, job } = convertAlteryx(alteryxXml(tools, wires));
  const column = pipelines[0]?.tables?.[0]?.columns.find((one) => one.name === 'x');
  return { type: column?.type, confidence: job.transformations.find((one) => one.id === id)?.confidence ?? 0 };
}

describe('a field that the workflow does not list', () => {
  it.each([
    ['[x] &gt; 5', 'DOUBLE'],
    ['-1 = [x]', 'DOUBLE'],
    ['[x] - 2 &gt; 5', 'DOUBLE'],
    ['!([x] AND IsNull([y]))', 'BOOLEAN'],
  ])('has in %s the type that its use needs, since the source tool compares only values of one kind', (text, type) => {
    const { type: found, confidence } = learned([source, filter(2, text)], ['1>2'], '2');
    expect(found).toBe(type);
    expect(confidence).toBeGreaterThanOrEqual(0.85);
  });

  it.each(['[x] = "5"', 'Length([x]) &gt; 5', '[x] + "a" = "ba"'])('stays text in %s', (text) => {
    expect(learned([source, filter(2, text)], ['1>2'], '2').type).toBe('VARCHAR');
  });

  it('is told its type through the tools between', () => {
    const sort = tool(2, 'Sort', '<SortInfo><Field field="x" order="Ascending" /></SortInfo>');
    expect(learned([source, sort, filter(3, '[x] &gt; 5')], ['1>2', '2>3'], '3').type).toBe('DOUBLE');
  });

  it('has the type of the key that it is joined to', () => {
    const join = tool(
      2,
      'Join',
      '<JoinInfo connection="Left"><Field field="x" /></JoinInfo><JoinInfo connection="Right"><Field field="k" /></JoinInfo>',
    );
    const found = learned([source, table(3, 'k', '1', '2'), join], ['1>2.Left', '3>2.Right'], '2');
    expect(found.type).toBe('INTEGER');
    expect(found.confidence).toBeGreaterThanOrEqual(0.85);
  });
});
