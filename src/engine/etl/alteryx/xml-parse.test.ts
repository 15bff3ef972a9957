import { describe, expect, it } from 'vitest';
import { alteryxXml, convertAlteryx, runAlteryx, table, type ToolSpec } from '../../../../test/support/alteryx-xml.ts';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('|', '¦');

const document = [
  '<?xml version="1.0"?><!-- a <b> -->',
  '<shop xmlns:x="urn:x"><order id="1" x:state=\'a "b" &lt;\'>',
  '<name lang="en" note="1 &gt; 0">Ann &amp; Bob</name><name>Second</name><empty/>',
  '<lines><line>q</line></lines><text><![CDATA[<raw> & ]]>end</text></order>',
  '<x:order id="2"><name/></x:order><other><part no="1"><part no="2">b</part><part no="3"/></part></other></shop>',
].join('\n');

interface Settings {
  readonly element?: string;
  readonly root?: boolean;
  readonly children?: boolean;
  readonly outer?: boolean;
  readonly include?: boolean;
}

const flag = (name: string, on: boolean | undefined): string => `<${name} value="${on === true ? 'True' : 'False'}" />`;

const parse = ({ element = '', root, children = true, outer, include }: Settings): ToolSpec => ({
  id: 2,
  type: 'XMLParse',
  config: `<XMLField>doc</XMLField><XMLElement>${element}</XMLElement>${flag('ChildValues', children)}${flag('OuterXML', outer)}${flag('ParseRoot', root)}${flag('IgnoreErrors', false)}${flag('IncludeInOutput', include)}`,
});

/** The fields named, of the records that the tool makes of `document` and of a text that is no XML. */
async function parsed(settings: Settings, ...names: readonly string[]) {
  const select: ToolSpec = {
    id: 3,
    type: 'AlteryxSelect',
    config: `<OrderChanged value="True" /><SelectFields><SelectField field="n" selected="True" />${names.map((name) => `<SelectField field="${name}" selected="True" />`).join('')}<SelectField field="*Unknown" selected="False" /></SelectFields>`,
  };
  const source = table(1, 'n|doc', `7|${escape(document)}`, '8|none', '9|');
  const [rows] = await runAlteryx(convertAlteryx(alteryxXml([source, parse(settings), select], ['1>2', '2>3'])), [
    'AlteryxSelect_3',
  ]);
  return rows;
}

describe('XML Parse', () => {
  it('makes a record of each element of that name, with its attributes and children', async () => {
    const names = ['order', 'id', 'state', 'name', 'name_lang', 'name_note', 'empty', 'text', 'line'];
    expect(await parsed({ element: 'order' }, ...names)).toEqual([
      ['7', '', '1', 'a "b" <', 'Ann & Bob', 'en', '1 > 0', '', '<raw> & end', null],
      ['7', '', '2', null, '', null, null, null, null, null],
    ]);
  });

  it('numbers children of one name, and makes no record of an element within one', async () => {
    expect(await parsed({ element: 'name' }, 'name', 'name_1')).toEqual([
      ['7', 'Ann & Bob', null],
      ['7', 'Second', null],
      ['7', '', null],
    ]);
    expect(await parsed({ element: 'part' }, 'no', 'part', 'part_1', 'part_2_no')).toEqual([['7', '1', '', 'b', '3']]);
    expect(await parsed({ element: 'order' }, 'name_2')).toEqual([
      ['7', 'Second'],
      ['7', null],
    ]);
  });

  it('gives the text of elements with their tags where it is asked for', async () => {
    expect(await parsed({ element: 'order', outer: true }, 'lines_OuterXML', 'name_OuterXML')).toEqual([
      ['7', '<lines><line>q</line></lines>', '<name lang="en" note="1 &gt; 0">Ann &amp; Bob</name>'],
      ['7', null, '<name/>'],
    ]);
  });

  it('reads the root, whose children are fields', async () => {
    const [row, more] =
      (await parsed({ root: true, outer: true }, 'shop', 'order_id', 'other', 'order_OuterXML')) ?? [];
    expect(row?.slice(0, 4)).toEqual(['7', '', '1', '']);
    expect(row?.[4]).toMatch(/^<order id="1"[^]*<\/order>$/);
    expect(more).toBeUndefined();
  });

  it('leaves the children out where they are not asked for', async () => {
    expect(await parsed({ element: 'order', children: false }, 'id', 'name')).toEqual([
      ['7', '1', null],
      ['7', '2', null],
    ]);
  });

  it('takes the most frequent child of the root where it is to find the element, and says so', async () => {
    expect(await parsed({}, 'id')).toEqual([
      ['7', '1'],
      ['7', '2'],
    ]);
    const xml = alteryxXml([table(1, 'doc', ''), parse({})], ['1>2']);
    expect(convertAlteryx(xml).job.transformations.find((one) => one.id === '2')?.confidence).toBe(0.75);
  });

  it('finds elements at every depth', async () => {
    expect(await parsed({ element: 'line' }, 'line')).toEqual([['7', 'q']]);
  });

  it('keeps the text itself where it is asked to', async () => {
    expect((await parsed({ element: 'line', include: true }, 'doc'))?.[0]?.[1]).toBe(document);
  });
});
