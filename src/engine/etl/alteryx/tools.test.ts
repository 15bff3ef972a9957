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
