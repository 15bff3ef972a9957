import { describe, expect, it } from 'vitest';
import { alteryxXml, convertAlteryx, table } from '../../../../test/support/alteryx-xml.ts';

describe('a tool whose settings an Action changes', () => {
  const confidence = (...destinations: readonly string[]): number | undefined => {
    const actions = destinations.map(
      (one) => `<Action><Type>UpdateValue</Type><Destination>${one}</Destination></Action>`,
    );
    const xml = alteryxXml(
      [table(1, 'a', '1'), { id: 2, type: 'Sample', config: '<Mode>First</Mode><N>3</N>' }],
      ['1.Output>2.Input', '8.Action>2.Action', '9.Action>2.Action'],
      `<RuntimeProperties><Actions><NoCondition><True>${actions.join('')}</True></NoCondition></Actions></RuntimeProperties>`,
    ).replace(
      '</Nodes>',
      ['8', '9']
        .map((id) => `<Node ToolID="${id}"><GuiSettings Plugin="AlteryxGuiToolkit.Action.Action" /></Node>`)
        .join('') + '</Nodes>',
    );
    return convertAlteryx(xml).job.transformations.find((one) => one.id === '2')?.confidence;
  };

  it('is converted as it is where only the connection is chosen, which the pipeline does not hold', () => {
    expect(confidence('2/Server', '2/UserName')).toBeGreaterThanOrEqual(0.85);
  });

  it.each([
    ['a setting of the data is chosen', ['2/Server', '2/N']],
    ['an Action says nothing of what it changes', ['2/Server']],
    ['the settings are of another tool', ['1/Server', '1/UserName']],
  ])('is for a person to look at where %s', (_why, destinations) => {
    expect(confidence(...destinations)).toBe(0.8);
  });
});
