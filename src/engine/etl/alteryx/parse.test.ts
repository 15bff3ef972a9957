import { describe, expect, it } from 'vitest';
import { alteryxXml, table } from '../../../../test/support/alteryx-xml.ts';
import { parseAlteryxFile } from './parse.ts';

const parse = (text: string) => parseAlteryxFile(text, { file: 'flows/sales.yxmd' });

describe('reading an Alteryx workflow', () => {
  it('keeps every tool, wire and setting, with the place of each tool', () => {
    const file = parse(
      alteryxXml(
        [table(1, 'a', '1'), { id: 2, type: 'Filter', config: '<Expression>[a] &gt; 0</Expression>' }],
        ['1>2', '2.True>9#1'],
      ),
    );
    const [mapping] = file.mappings;
    expect(mapping?.name).toBe('sales');
    expect(mapping?.transformations.map(({ id, type, line }) => ({ id, type, line }))).toEqual([
      { id: '1', type: 'TextInput', line: 3 },
      { id: '2', type: 'Filter', line: 4 },
    ]);
    expect(mapping?.transformations[1]?.properties).toContainEqual({ name: 'Expression', value: '[a] > 0' });
    expect(mapping?.connectors.map((one) => [one.from, one.fromPort, one.to, one.toGroup])).toEqual([
      ['1', 'Output', '2', null],
      ['2', 'True', '9', '#1'],
    ]);
    expect(file.diagnostics.map((one) => one.message).join(' ')).toContain('tool 9, which is not in the file');
  });

  it('reads the tools within containers, switched off with them', () => {
    const inner = '<Node ToolID="3"><GuiSettings Plugin="X.Y.Formula" /></Node>';
    const container = `<Node ToolID="2"><GuiSettings Plugin="AlteryxGuiToolkit.ToolContainer.ToolContainer" /><Properties><Configuration><Disabled value="True" /></Configuration></Properties><ChildNodes>${inner}</ChildNodes></Node>`;
    const [mapping] = parse(alteryxXml([], []).replace('<Nodes>', `<Nodes>${container}`)).mappings;
    const formula = mapping?.transformations.find((one) => one.id === '3');
    expect(formula?.properties).toContainEqual({ name: 'tool.container', value: '2' });
    expect(formula?.properties).toContainEqual({ name: 'tool.disabled', value: 'True' });
  });

  it('keeps the tools of a file that ends within one, and takes no list of nodes but the first', () => {
    const node = (id: number) => `<Node ToolID="${id}"><GuiSettings Plugin="X.Y.Filter" /></Node>`;
    const cut = parse(`<AlteryxDocument><Nodes>${node(1)}${node(2)}<Node ToolID="3"><GuiSettings Plugin="X.Y.Sort" />`);
    expect(cut.mappings[0]?.transformations.map((one) => one.type)).toEqual(['Filter', 'Filter', 'Sort']);
    const twice = parse(
      `<AlteryxDocument><Nodes>${node(1)}</Nodes><Nodes>${node(2)}</Nodes><Old><Nodes>${node(3)}</Nodes></Old></AlteryxDocument>`,
    );
    expect(twice.mappings[0]?.transformations.map((one) => one.id)).toEqual(['1']);
  });

  it('never keeps a password', () => {
    const file = parse(
      alteryxXml(
        [
          {
            id: 1,
            type: 'DbFileInput',
            config: '<File>odbc:DSN=crm;UID=me;PWD=hunter2|||SELECT 1</File><Password>hunter2</Password>',
          },
        ],
        [],
      ),
    );
    expect(JSON.stringify(file)).not.toContain('hunter2');
  });

  it.each([
    '',
    'not XML',
    '<AlteryxDocument>',
    '<Encrypted>AAAA</Encrypted>',
    '<AlteryxDocument><Nodes><Node></Nodes>',
  ])('says what is wrong with %j and does not throw', (text) => {
    expect(parse(text).diagnostics).not.toEqual([]);
  });
});
