/** Stages and the links between them: records of a job as transformations with typed ports. */
import type { EtlConnector, EtlGroup, EtlPort, EtlTransformation } from '../../../shared/model/etl.ts';
import { typeName } from './data-types.ts';
import { recordProperties } from './properties.ts';
import { collection, listOf, textOf, valueOf, type DsxBlock } from './read-dsx.ts';
import { isSecret, withoutSecrets } from './secrets.ts';

/** The port of a link that carries no column of its own: its columns are known only when the job runs. */
export const anyColumn = '*';

/** The property of a link that takes rejected rows only. */
export const rejectLink = 'RejectLink';

/** The property that holds the condition of a Transformer's loop. */
export const loopCondition = 'LoopCondition';

/** What stands before the id of a container's view where it is one end of a connector: the container's link to the outside. */
export const doorPrefix = 'view ';

export interface JobRecords {
  readonly byId: ReadonlyMap<string, DsxBlock>;
  /** Records that are stages, in file order. */
  readonly stages: readonly DsxBlock[];
  /** Views of containers: their pins are the links to the outside. */
  readonly views: readonly DsxBlock[];
  /** Stage id by the id of one of its pins. */
  readonly owner: ReadonlyMap<string, string>;
}

/** The records of a job or container. */
export function jobRecords(job: DsxBlock): JobRecords {
  const records = job.blocks.filter((block) => block.kind === 'DSRECORD');
  const byId = new Map(records.map((record) => [valueOf(record, 'Identifier') ?? '', record]));
  const stages = records.filter((record) => textOf(record, 'StageType') !== null);
  const views = records.filter(
    (record) =>
      valueOf(record, 'OLEType') === 'CContainerView' &&
      (pinsOf(record, 'InputPins').length > 0 || pinsOf(record, 'OutputPins').length > 0),
  );
  const owner = new Map<string, string>();
  for (const one of [...stages, ...views])
    for (const pin of [...pinsOf(one, 'InputPins'), ...pinsOf(one, 'OutputPins')])
      owner.set(pin, valueOf(one, 'Identifier') ?? '');
  return { byId, stages, views, owner };
}

function pinsOf(stage: DsxBlock, side: 'InputPins' | 'OutputPins'): readonly string[] {
  return listOf(valueOf(stage, side));
}

function whole(text: string | null): number | null {
  return text !== null && /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

const columnFacts: ReadonlySet<string> = new Set([
  'Name',
  'SqlType',
  'Precision',
  'Scale',
  'Nullable',
  'Derivation',
  'Expression',
  'InitialValue',
  'ColScale',
]);

function portOf(column: DsxBlock, direction: EtlPort['direction'], group: string | null): EtlPort {
  const expression = textOf(column, direction === 'variable' ? 'Expression' : 'Derivation');
  const sizes = direction === 'variable' ? (['Precision', 'ColScale'] as const) : (['Precision', 'Scale'] as const);
  return {
    name: valueOf(column, 'Name') ?? '',
    dataType: typeName(valueOf(column, 'SqlType')),
    precision: whole(valueOf(column, sizes[0])),
    scale: whole(valueOf(column, sizes[1])),
    direction,
    expression: direction === 'input' ? null : (expression?.replaceAll('\r\n', '\n').trim() ?? null),
    defaultValue: direction === 'variable' ? textOf(column, 'InitialValue') : null,
    group,
    nullable: valueOf(column, 'Nullable') !== '0',
    properties: column.properties
      .filter((one) => !columnFacts.has(one.name) && one.value !== '')
      .map((one) => ({ name: one.name, value: isSecret(one.name, one.value) ? null : withoutSecrets(one.value) })),
  };
}

/** The pin at the other end of a link. */
function partnerOf(pin: DsxBlock): string | null {
  return listOf(valueOf(pin, 'Partner'))[1] ?? null;
}

/** The columns of an input pin: its own in some stages, otherwise those of the link's other end. */
function inputColumns(pin: DsxBlock, records: JobRecords): readonly DsxBlock[] {
  const own = collection(pin, 'Columns');
  const partner = records.byId.get(partnerOf(pin) ?? '');
  const sent = partner === undefined ? [] : collection(partner, 'Columns');
  return sent.length > 0 ? sent : own;
}

function groupOf(pin: DsxBlock, order: number, kind: 'input' | 'output'): EtlGroup {
  const name = valueOf(pin, 'Name') ?? '';
  const constraint = textOf(pin, 'Constraint')?.trim() ?? null;
  const otherwise = kind === 'output' && valueOf(pin, 'Reject') === '1';
  return { name, kind: otherwise ? 'default' : kind, condition: kind === 'output' ? constraint : null, order };
}

/** The keys of a reference link, which the other end of the link holds, and what they are compared with. */
function keyPorts(pin: DsxBlock, records: JobRecords): readonly EtlPort[] {
  const name = valueOf(pin, 'Name') ?? '';
  return inputColumns(pin, records)
    .filter((column) => textOf(column, 'KeyExpression') !== null)
    .map((column) => ({ ...portOf(column, 'lookup', name), expression: textOf(column, 'KeyExpression') }));
}

/** One stage as a transformation named `id`. */
export function parseStage(stage: DsxBlock, id: string, records: JobRecords): EtlTransformation {
  const pins = (side: 'InputPins' | 'OutputPins'): readonly DsxBlock[] =>
    pinsOf(stage, side).flatMap((pin) => records.byId.get(pin) ?? []);
  const inputs = pins('InputPins');
  const outputs = pins('OutputPins');
  const variables = [...collection(stage, 'StageVars'), ...collection(stage, 'LoopVars')];
  return {
    id,
    name: valueOf(stage, 'Name') ?? id,
    type: textOf(stage, 'StageType') ?? '',
    kind: inputs.length === 0 ? 'source' : outputs.length === 0 ? 'target' : 'transform',
    reusable: false,
    description: textOf(stage, 'Description') ?? textOf(stage, 'FullDescription'),
    ports: [
      ...inputs.flatMap((pin) => [
        ...inputColumns(pin, records).map((column) => portOf(column, 'input', valueOf(pin, 'Name') ?? '')),
        ...(valueOf(pin, 'LinkType') === '2' ? keyPorts(pin, records) : []),
      ]),
      ...variables.map((variable) => ({
        ...portOf(variable, 'variable', null),
        properties: [
          { name: 'scope', value: variable.collection === 'LoopVars' ? 'loop' : 'stage' },
          ...portOf(variable, 'variable', null).properties,
        ],
      })),
      ...outputs.flatMap((pin) =>
        collection(pin, 'Columns').map((column) => portOf(column, 'output', valueOf(pin, 'Name') ?? '')),
      ),
    ],
    groups: [
      ...inputs.map((pin, order) => groupOf(pin, order, 'input')),
      ...outputs.map((pin, order) => groupOf(pin, order, 'output')),
    ],
    properties: [
      ...recordProperties(stage),
      ...handedOver(stage),
      ...collection(stage, 'LoopCondition').map((one) => ({
        name: loopCondition,
        value: textOf(one, 'Expression') ?? textOf(one, 'ParsedExpression'),
      })),
      ...outputs
        .filter((pin) => valueOf(records.byId.get(partnerOf(pin) ?? '') ?? pin, 'LinkType') === '3')
        .map((pin) => ({ name: `${valueOf(pin, 'Name') ?? ''}.${rejectLink}`, value: '1' })),
      ...[...inputs, ...outputs].flatMap((pin) => recordProperties(pin, `${valueOf(pin, 'Name') ?? ''}.`)),
    ],
    definition: null,
    line: stage.line,
  };
}

function connectorsOf(
  pin: DsxBlock,
  from: string,
  records: JobRecords,
  nameOf: ReadonlyMap<string, string>,
): readonly EtlConnector[] {
  const otherPin = partnerOf(pin) ?? '';
  const to = nameOf.get(records.owner.get(otherPin) ?? '');
  if (to === undefined) return [];
  const columns = collection(pin, 'Columns');
  const names = columns.length === 0 ? [anyColumn] : columns.map((column) => valueOf(column, 'Name') ?? '');
  const fromGroup = valueOf(pin, 'Name') ?? '';
  const toGroup = valueOf(records.byId.get(otherPin) ?? pin, 'Name') ?? fromGroup;
  return names.map((name) => ({ from, fromPort: name, fromGroup, to, toPort: name, toGroup }));
}

/** Values that a stage hands over: parameters of a job, routine or container, and user variables. */
export function handedOver(stage: DsxBlock): EtlTransformation['properties'] {
  return ['Parameters', 'ParameterValues', 'Variables'].flatMap((name) =>
    collection(stage, name).map((one) => {
      const key = valueOf(one, 'Name') ?? '';
      const value = textOf(one, 'DisplayValue') ?? textOf(one, 'Value') ?? textOf(one, 'Description') ?? '';
      return {
        name: `${name === 'Variables' ? 'variable' : 'parameter'} ${key}`,
        value: isSecret(key, value) ? null : withoutSecrets(value),
      };
    }),
  );
}

/** A connector for every column of every link; one of `*` for a link without columns. */
export function parseConnectors(records: JobRecords, stageNames: ReadonlyMap<string, string>): readonly EtlConnector[] {
  const views = records.views.map((view) => valueOf(view, 'Identifier') ?? '');
  const nameOf = new Map([...stageNames, ...views.map((id) => [id, `${doorPrefix}${id}`] as const)]);
  return [...records.stages, ...records.views].flatMap((stage) =>
    pinsOf(stage, 'OutputPins')
      .flatMap((id) => records.byId.get(id) ?? [])
      .flatMap((pin) => connectorsOf(pin, nameOf.get(valueOf(stage, 'Identifier') ?? '') ?? '', records, nameOf)),
  );
}

/** The views of containers among the records, as properties of the job: their ids and names. */
export function viewProperties(records: JobRecords): EtlTransformation['properties'] {
  return records.views.map((view) => ({
    name: `${doorPrefix}${valueOf(view, 'Identifier') ?? ''}`,
    value: textOf(view, 'Name'),
  }));
}
