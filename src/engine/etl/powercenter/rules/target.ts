import type { EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineTable } from '../../../dataflow/model.ts';
import { aroundLoad } from '../../source-sql/around-load.ts';
import { isYes, propertyOf } from '../properties.ts';
import { fromColumn, NodeDraft, portColumn } from '../convert/node-draft.ts';
import type { Rule, RuleContext } from '../convert/rule.ts';
import { printSelect } from '../convert/select.ts';
import { operationColumn, seqColumn, type InputRelation } from '../convert/stream.ts';

export type SinkMode = 'insert' | 'update' | 'delete' | 'upsert' | 'data_driven';

function option(transformation: EtlTransformation, name: string, absent: boolean): boolean {
  return propertyOf(transformation.properties, name) === null ? absent : isYes(transformation.properties, name);
}

/** What an update row does, by the target's options. */
function updateAs(transformation: EtlTransformation): 'update' | 'insert' | 'upsert' | 'none' {
  if (option(transformation, 'Update else Insert', false)) return 'upsert';
  if (option(transformation, 'Update as Insert', false)) return 'insert';
  return option(transformation, 'Update as Update', true) ? 'update' : 'none';
}

function modeOf(transformation: EtlTransformation, context: Pick<RuleContext, 'session'>, flagged: boolean): SinkMode {
  const { treatRowsAs } = context.session;
  if (treatRowsAs === 'delete') return 'delete';
  if (treatRowsAs === 'insert') return 'insert';
  if (treatRowsAs === 'data_driven') return flagged ? 'data_driven' : 'insert';
  const update = updateAs(transformation);
  return update === 'none' ? 'update' : update;
}

function doubtKey(draft: NodeDraft, table: PipelineTable, mode: SinkMode, connected: readonly EtlPort[]): void {
  if (mode === 'insert') return;
  const key = table.key ?? [];
  const unfed = key.filter((name) => !connected.some((port) => port.name.toLowerCase() === name.toLowerCase()));
  if (key.length === 0)
    draft.doubt(`${table.name} has no key in its definition, so that rows cannot be updated or deleted`, 0.7, 'error');
  if (unfed.length > 0)
    draft.doubt(
      `The key ${unfed.join(', ')} of ${table.name} is not connected, so that rows cannot be updated or deleted`,
      0.7,
      'error',
    );
}

/** Settings of the load that are kept for the reader. */
function keptSettings(transformation: EtlTransformation, draft: NodeDraft): Record<string, string | boolean> {
  const names = [
    ['Pre SQL', 'pre_sql', 1],
    ['Post SQL', 'post_sql', 1],
    ['Update Override', 'update_override', 0.7],
  ] as const;
  const kept: Record<string, string | boolean> = isYes(transformation.properties, 'Truncate target table option')
    ? { truncate: true }
    : {};
  for (const [name, setting, confidence] of names) {
    const value = propertyOf(transformation.properties, name);
    if (value === null) continue;
    kept[setting] = value;
    if (confidence < 1) draft.doubt(`${name} is kept in the configuration and is not run`, confidence);
  }
  return kept;
}

function noteIgnoredFlags(draft: NodeDraft, relation: InputRelation, mode: SinkMode): void {
  if (relation.operation === null || mode === 'data_driven') return;
  draft.note(
    `The session treats all rows as ${draft.context.session.treatRowsAs}: flags of Update Strategies are ignored`,
  );
}

/** What the options of the target say about flagged rows. */
function applied(transformation: EtlTransformation): Record<string, string | boolean> {
  return {
    updates: updateAs(transformation),
    inserts: option(transformation, 'Insert', true),
    deletes: option(transformation, 'Delete', true),
  };
}

/** A target: rows are inserted, or applied by their flag to the row with the same key; the last one of a key wins. */
export const targetRule: Rule = {
  types: ['Target Definition'],
  readsOrder: (_transformation, { session }) => session.treatRowsAs !== 'insert',
  convert(transformation, context) {
    const draft = new NodeDraft(transformation, context, 0.97);
    const relation = context.input(transformation);
    const definition = context.file.definitions.find((one) => one.id === transformation.definition);
    const table =
      definition === undefined
        ? context.tables.addUsed('target', transformation.name, null, transformation.ports)
        : context.tables.addDefinition(definition);
    const connected = transformation.ports.filter((port) => relation.column(port.name) !== null);
    const columns = draft.inputColumns(relation, connected);
    const mode = modeOf(transformation, context, relation.operation !== null);
    const key = table.key ?? [];
    doubtKey(draft, table, mode, connected);
    if (relation.from === null) draft.doubt('Nothing is connected to the target', 0.7);
    noteIgnoredFlags(draft, relation, mode);
    const settings = keptSettings(transformation, draft);
    const around = aroundLoad(draft, {
      texts: [
        { name: 'Pre SQL', when: 'before', text: propertyOf(transformation.properties, 'Pre SQL') },
        { name: 'Post SQL', when: 'after', text: propertyOf(transformation.properties, 'Post SQL') },
      ],
      connector: table.connector,
      resolve: (name) => context.tables.named(name, context.file.definitions),
      confidence: 0.85,
    });
    const operation = mode === 'data_driven' ? relation.operation : null;
    const sql = printSelect({
      items: [
        ...connected.map((port) => ({ sql: columns.get(port.name)?.sql ?? 'NULL', name: port.name })),
        ...(mode === 'insert' || relation.seq === null ? [] : [{ sql: relation.seq, name: seqColumn }]),
        ...(operation === null ? [] : [{ sql: operation, name: operationColumn }]),
      ],
      from: relation.from ?? '(SELECT 1 WHERE FALSE)',
      where: draft.rejectClause(relation.from),
    });
    const node = draft.node({
      type: 'sink',
      operator: mode === 'insert' ? 'sink' : 'upsert_strategy',
      ...(table.connector === undefined ? {} : { connector: table.connector }),
      config: {
        table: table.name,
        mode,
        ...(key.length === 0 ? {} : { key: [...key] }),
        ...(operation !== null || mode === 'update' ? applied(transformation) : {}),
        ...settings,
      },
      columns: connected.map((port) =>
        portColumn(port, { nullable: port.nullable, ...fromColumn(columns.get(port.name)?.from) }),
      ),
      ...(connected.length === 0 ? {} : { sql }),
      ...around,
    });
    return draft.result([node], []);
  },
};
