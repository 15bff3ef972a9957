import { type AroundLoad, amongTables, aroundLoad } from '../../source-sql/around-load.ts';
import { roundTo } from '../../../core/rounding.ts';
import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineNode } from '../../../dataflow/model.ts';
import { relationName, sqlName } from '../../../dataflow/sql-name.ts';
import { connectorOf, linkProperty, statementOf, tableNameOf } from '../convert/tables.ts';
import {
  NotConverted,
  pipelineColumn,
  select,
  seqColumn,
  type InputLink,
  type StageDraft,
} from '../convert/stage-draft.ts';

type Mode = 'insert' | 'update' | 'delete' | 'upsert';

const writeModes: ReadonlyMap<string, Mode> = new Map([
  ['0', 'insert'],
  ['1', 'update'],
  ['2', 'delete'],
  ['3', 'upsert'],
  ['4', 'upsert'],
  ['5', 'upsert'],
]);
/** Actions on the table before the load that empty it. */
const emptying: ReadonlySet<string> = new Set(['1', '3']);

/** Bulk loads insert. Their number is 6 where statements of one's own have another one, as Oracle's connector, and 7 elsewhere. */
function bulkMode(stage: EtlTransformation, link: string, written: string): Mode | undefined {
  const own = statementOf(stage, link, 'write') !== null;
  const bulk = stage.type.startsWith('Oracle') ? '6' : '7';
  return written === bulk && !own ? 'insert' : undefined;
}

function modeOf(draft: StageDraft, link: string, key: readonly string[]): Mode {
  const { stage } = draft;
  if (stage.type === 'CHashedFileStage') return key.length === 0 ? 'insert' : 'upsert';
  const written = linkProperty(stage, link, 'Usage/WriteMode');
  const mode = written === null ? 'insert' : (writeModes.get(written.trim()) ?? bulkMode(stage, link, written.trim()));
  if (mode === undefined)
    throw new NotConverted(`The write mode ${written ?? ''} of ${link} runs a statement or utility of its own`);
  if (mode !== 'insert' && key.length === 0) {
    draft.doubt(`${link} marks no key column, so that rows cannot be updated or deleted; they are inserted`, 0.65);
    return 'insert';
  }
  return mode;
}

/** SQL around the load, as it is run. */
function aroundLink(draft: StageDraft, link: string): AroundLoad {
  const text = (name: string): string | null => linkProperty(draft.stage, link, `Usage/BeforeAfter/${name}`);
  return aroundLoad(draft, {
    texts: [
      { name: `BeforeSQL of ${link}`, when: 'before', text: text('BeforeSQL') },
      { name: `AfterSQL of ${link}`, when: 'after', text: text('AfterSQL') },
    ],
    connector: connectorOf(draft.stage.type),
    resolve: amongTables(draft.tables.all()),
    confidence: 0.86,
  });
}

/** SQL of the load and around it, kept for the reader. */
function keptSql(draft: StageDraft, link: string): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, setting] of [
    ['BeforeSQL', 'pre_sql'],
    ['AfterSQL', 'post_sql'],
  ] as const) {
    const text = linkProperty(draft.stage, link, `Usage/BeforeAfter/${name}`);
    if (text === null || text.trim() === '') continue;
    kept[setting] = text;
  }
  const statement = statementOf(draft.stage, link, 'write');
  if (statement !== null) {
    kept['statement'] = statement;
    draft.doubt(
      `The statement of ${link} is kept in the configuration; the columns of the link are written as they are`,
      0.85,
    );
  }
  return kept;
}

function sinkOf(draft: StageDraft, input: InputLink, first: boolean): PipelineNode {
  const { stage } = draft;
  const ports = stage.ports.filter((port) => port.direction === 'input' && port.group === input.name);
  const key = ports
    .filter((port) =>
      port.properties.some((one) => one.name === 'KeyPosition' && one.value !== '0' && one.value !== null),
    )
    .map((port) => port.name);
  const columns = input.stream.columns;
  const present = key.filter((name) => columns.some((column) => column.name === name));
  const connector = connectorOf(stage.type);
  const mode = modeOf(draft, input.name, present);
  const table = draft.tables.add(
    { role: 'target', name: tableNameOf(stage, input.name, 'write'), connector, key: mode === 'insert' ? [] : present },
    columns,
  );
  const truncate =
    emptying.has(linkProperty(stage, input.name, 'Usage/TableAction') ?? '') ||
    linkProperty(stage, input.name, 'append\\overwrite') === 'overwrite' ||
    /^\s*>(?!>)/.test(linkProperty(stage, input.name, 'datasetmode') ?? '') ||
    linkProperty(stage, input.name, 'ClearFile') === '1';
  const kept = keptSql(draft, input.name);
  const around = aroundLink(draft, input.name);
  if (columns.length === 0) draft.doubt(`${input.name} declares no columns: nothing is written`, 0.5);
  const items = columns.map((column) => sqlName(column.name));
  return {
    id: first ? stage.id : `${stage.id}_${input.name}`,
    type: 'sink',
    operator: mode === 'insert' ? 'sink' : 'upsert_strategy',
    connector,
    config: {
      table: table.name,
      mode,
      ...(mode === 'insert' ? {} : { key: present }),
      ...(truncate ? { truncate: true } : {}),
      ...kept,
    },
    depends_on: [input.stream.input],
    columns: columns.map((column) =>
      pipelineColumn(column, { from: [`${relationName(input.stream.input)}.${column.name}`] }),
    ),
    sql: select(mode === 'insert' ? items : [...items, seqColumn], draft.relation(input)),
    ...around,
    confidence: roundTo(draft.confidence, 2),
    conversion: 'rule_engine',
    ...(draft.notes.length === 0 ? {} : { notes: [...draft.notes] }),
  };
}

/** A file, data set or database that links write: one sink a link. */
export function targetNode(draft: StageDraft): PipelineNode {
  const [first, ...others] = draft.inputs;
  if (first === undefined) throw new NotConverted('No link with rows reaches the stage');
  const node = sinkOf(draft, first, true);
  for (const input of others) draft.extra.push(sinkOf(draft, input, false));
  return node;
}
