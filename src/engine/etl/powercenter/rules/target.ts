import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import { isYes, propertyOf } from '../properties.ts';
import { fromColumn, NodeDraft, portColumn } from '../convert/node-draft.ts';
import type { Rule, RuleContext } from '../convert/rule.ts';
import { printSelect } from '../convert/select.ts';
import { operationColumn, seqColumn } from '../convert/stream.ts';

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

/** A target: rows are inserted, or applied by their flag to the row with the same key; the last one of a key wins. */
export const targetRule: Rule = {
  types: ['Target Definition'],
  readsOrder: (_transformation, { session }) => session.treatRowsAs !== 'insert',
  convert(transformation, context) {
    const draft = new NodeDraft(transformation, context, 0.97);
    const relation = context.input(transformation);
    const definition = context.file.definitions.find((one) => one.id === transformation.definition);
    const table = definition === undefined ? context.tables.addUsed('target', transformation.name, null, transformation.ports) : context.tables.addDefinition(definition);
    const connected = transformation.ports.filter((port) => relation.column(port.name) !== null);
    const columns = draft.inputColumns(relation, connected);
    const mode = modeOf(transformation, context, relation.operation !== null);
    const key = table.key ?? [];
    if (mode !== 'insert' && key.length === 0) draft.doubt(`${table.name} has no key in its definition, so that rows cannot be updated or deleted`, 0.7, 'error');
    if (relation.from === null) draft.doubt('Nothing is connected to the target', 0.7);
    if (relation.operation !== null && mode !== 'data_driven') draft.note(`The session treats all rows as ${context.session.treatRowsAs}: flags of Update Strategies are ignored`);
    const override = propertyOf(transformation.properties, 'Update Override');
    if (override !== null) draft.doubt('The target has an update override, which is kept in the configuration and is not run', 0.7);
    for (const name of ['Pre SQL', 'Post SQL']) if (propertyOf(transformation.properties, name) !== null) draft.doubt(`${name} is kept in the configuration and is not run`, 0.85);
    const settings = [['pre_sql', propertyOf(transformation.properties, 'Pre SQL')], ['post_sql', propertyOf(transformation.properties, 'Post SQL')], ['update_override', override]] as const;
    const flagged = mode === 'data_driven' && relation.operation !== null;
    const sql = printSelect({
      items: [
        ...connected.map((port) => ({ sql: columns.get(port.name)?.sql ?? 'NULL', name: port.name })),
        ...(mode === 'insert' || relation.seq === null ? [] : [{ sql: relation.seq, name: seqColumn }]),
        ...(flagged && relation.operation !== null ? [{ sql: relation.operation, name: operationColumn }] : []),
      ],
      from: relation.from ?? '(SELECT 1 WHERE FALSE)',
      where: draft.rejectClause(),
    });
    const node = draft.node({
      type: 'sink',
      operator: mode === 'insert' ? 'sink' : 'upsert_strategy',
      ...(table.connector === undefined ? {} : { connector: table.connector }),
      config: {
        table: table.name,
        mode,
        ...(key.length === 0 ? {} : { key: [...key] }),
        ...(flagged || mode === 'update' ? { updates: updateAs(transformation), inserts: option(transformation, 'Insert', true), deletes: option(transformation, 'Delete', true) } : {}),
        ...(isYes(transformation.properties, 'Truncate target table option') ? { truncate: true } : {}),
        ...Object.fromEntries(settings.filter(([, value]) => value !== null)),
      },
      columns: connected.map((port) => portColumn(port, { nullable: port.nullable, ...fromColumn(columns.get(port.name)?.from) })),
      ...(connected.length === 0 ? {} : { sql }),
    });
    return draft.result([node], []);
  },
};
