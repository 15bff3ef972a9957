import { describe, expect, it } from 'vitest';
import { dsxOf, listProperty } from '../../../../test/support/datastage-dsx.ts';
import { parseDataStage } from './parse.ts';
import { itemsOf, propertyOf } from './properties.ts';
import { readDsx, unescapeValue, valueOf } from './read-dsx.ts';

const options = { file: 'job.dsx' };

const sample = dsxOf({
  name: 'load',
  stages: [
    {
      name: 'S',
      type: 'PxSequentialFile',
      properties: { Password: 'hunter2', file: listProperty('file', [{ value: 'C:\\in\\people.txt' }]) },
    },
    {
      name: 'O',
      type: 'PxSort',
      properties: { key: listProperty('key', [{ value: 'A', more: { order: 'desc' } }, { value: 'B' }]) },
    },
  ],
  links: [
    {
      name: 'in',
      from: 'S',
      to: 'O',
      columns: [
        { name: 'A', type: 4 },
        { name: 'B', type: 3, precision: 9, scale: 2, derivation: 'x.B' },
      ],
    },
  ],
});

describe('reading record text', () => {
  it('values lose their quotes and escapes', () => {
    expect(unescapeValue(String.raw`a\"b\\c\(A)d\(E9)`)).toBe('a"b\\c\nd\u00e9');
  });

  it('here-documents keep their lines and hide what looks like a record', () => {
    const { root, diagnostics } = readDsx(
      'BEGIN DSJOB\n Code =+=+=+=\nBEGIN DSRECORD\nx "y"\n=+=+=+=\n Name "n"\nEND DSJOB\n',
      options,
    );
    expect(diagnostics).toEqual([]);
    expect(root.blocks[0]?.blocks).toEqual([]);
    expect(root.blocks[0]?.properties.map((one) => [one.name, one.value, one.line])).toEqual([
      ['Code', 'BEGIN DSRECORD\nx "y"', 2],
      ['Name', 'n', 6],
    ]);
  });

  it('a value may go over several lines, and one without its quote ends with its line', () => {
    const { root, diagnostics } = readDsx('BEGIN DSJOB\n A "one\ntwo"\n B "open\nEND DSJOB\n', options);
    expect(root.blocks[0]?.properties.map((one) => one.value)).toEqual(['one\ntwo', 'open']);
    expect(diagnostics.map((one) => one.line)).toEqual([4]);
  });

  it('a truncated file keeps what came before and says so', () => {
    const cut = sample.slice(0, sample.indexOf('Identifier "V0S1P1"'));
    const parsed = parseDataStage(cut, options);
    expect(parsed.mappings[0]?.transformations.map((one) => one.id)).toEqual(['S', 'O']);
    expect(parsed.diagnostics.map((one) => one.severity)).toContain('error');
  });

  it('binary blocks are passed over', () => {
    const { root, diagnostics } = readDsx(
      'BEGIN DSEXECJOB\nBEGIN DSBPBINARY\n garbage ( here\nEND DSBPBINARY\nEND DSEXECJOB\n',
      options,
    );
    expect(diagnostics).toEqual([]);
    expect(root.blocks[0]?.blocks.map((one) => one.kind)).toEqual(['DSBPBINARY']);
  });
});

describe('DataStage exports', () => {
  it('stages have typed ports, links and properties, and passwords are left out', () => {
    const parsed = parseDataStage(sample, options);
    const [mapping] = parsed.mappings;
    const [source, sort] = mapping?.transformations ?? [];
    expect(
      source?.ports.map((port) => [port.name, port.dataType, port.precision, port.scale, port.direction, port.group]),
    ).toEqual([
      ['A', 'Integer', 20, 0, 'output', 'in'],
      ['B', 'Decimal', 9, 2, 'output', 'in'],
    ]);
    expect(mapping?.connectors.map((one) => `${one.from}.${one.fromPort}>${one.to}.${one.toPort}`)).toEqual([
      'S.A>O.A',
      'S.B>O.B',
    ]);
    expect(itemsOf(sort?.properties ?? [], 'key').map((one) => [one.value, one.more.get('order')])).toEqual([
      ['A', 'desc'],
      ['B', undefined],
    ]);
    expect(propertyOf(source?.properties ?? [], 'Password')).toBeNull();
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
    expect(parsed.diagnostics.map((one) => one.severity)).toEqual(['info']);
  });

  it('the XML form gives the same job', () => {
    const xml = `<DSExport><Header ServerVersion="11.5"/><Job Identifier="load">
      <Record Identifier="ROOT" Type="JobDefn"><Property Name="Name">load</Property><Property Name="JobType">3</Property></Record>
      <Record Identifier="V0S0" Type="CustomStage"><Property Name="Name">S</Property><Property Name="StageType">PxSequentialFile</Property><Property Name="OutputPins">V0S0P0</Property></Record>
      <Record Identifier="V0S1" Type="CustomStage"><Property Name="Name">O</Property><Property Name="StageType">PxSort</Property><Property Name="InputPins">V0S1P1</Property></Record>
      <Record Identifier="V0S0P0" Type="CustomOutput"><Property Name="Name">in</Property><Property Name="Partner">V0S1|V0S1P1</Property>
        <Collection Name="Columns" Type="OutputColumn"><SubRecord><Property Name="Name">A</Property><Property Name="SqlType">4</Property></SubRecord></Collection></Record>
      <Record Identifier="V0S1P1" Type="CustomInput"><Property Name="Name">in</Property><Property Name="Partner">V0S0|V0S0P0</Property></Record>
    </Job></DSExport>`;
    const [mapping] = parseDataStage(xml, { file: 'job.xml' }).mappings;
    expect(mapping?.name).toBe('load');
    expect(mapping?.connectors.map((one) => `${one.from}.${one.fromPort}>${one.to}.${one.toPort}`)).toEqual([
      'S.A>O.A',
    ]);
  });

  it('a sequence is a workflow whose triggers carry their conditions', () => {
    const stage = (id: string, type: string, more: string): string =>
      `BEGIN DSRECORD\nIdentifier "${id}"\nOLEType "${type}"\n${more}\nEND DSRECORD\n`;
    const dsx = `BEGIN DSJOB\nIdentifier "seq"\n${stage('ROOT', 'CJobDefn', 'Name "seq"\nJobType "2"')}${stage('V0S0', 'CJSJobActivity', 'Name "Run"\nOutputPins "V0S0P1"\nJobname "load"\nStageType "CJobActivity"')}${stage('V0S0P1', 'CJSActivityOutput', 'Name "ok"\nPartner "V0S1|V0S1P1"\nConditionType "2"\nTriggerExpression "\\"Executed OK\\""')}${stage('V0S1', 'CJSExecCmdActivity', 'Name "Move"\nInputPins "V0S1P1"\nStageType "CExecCommandActivity"')}END DSJOB\n`;
    const [workflow] = parseDataStage(dsx, options).workflows;
    expect(workflow?.tasks.map((task) => [task.name, task.type, task.mapping])).toEqual([
      ['Run', 'CJobActivity', 'load'],
      ['Move', 'CExecCommandActivity', null],
    ]);
    expect(workflow?.links).toEqual([{ from: 'Run', to: 'Move', condition: 'OK' }]);
  });

  it.each([
    '',
    'PK\u0003\u0004archive',
    'nothing of DataStage',
    'BEGIN DSJOB',
    '<DSExport><Job></DSExport>',
    'BEGIN X\n'.repeat(5000),
  ])('bad input %# is a diagnostic, not a crash', (text) => {
    expect(parseDataStage(text, options).diagnostics.length).toBeGreaterThan(0);
  });

  it('damaged files are read without a crash', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const at = (seed * 7919) % sample.length;
      const damaged =
        seed % 3 === 0
          ? sample.slice(at)
          : seed % 3 === 1
            ? sample.slice(0, at) + sample.slice(at + (seed % 50))
            : `${sample.slice(0, at)}"\\(${sample.slice(at, at + 40)}${sample.slice(at)}`;
      expect(parseDataStage(damaged, options).tool).toBe('datastage');
    }
  });

  it('a value is found by its own name only', () => {
    const { root } = readDsx('BEGIN DSJOB\n constructor "x"\nEND DSJOB\n', options);
    const [block] = root.blocks;
    expect(block === undefined ? null : [valueOf(block, 'constructor'), valueOf(block, 'toString')]).toEqual([
      'x',
      null,
    ]);
  });
});
