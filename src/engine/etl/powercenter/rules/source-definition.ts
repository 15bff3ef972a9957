import { sqlName, tableRelation } from '../../../dataflow/sql-name.ts';
import { NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule, RuleResult } from '../convert/rule.ts';
import { printSelect } from '../convert/select.ts';
import { seqColumn } from '../convert/stream.ts';

const nothing: RuleResult = { nodes: [], streams: [], issues: [], macros: [] };

/** A source read without a qualifier (COBOL files into a Normalizer). Otherwise the qualifier reads it and no node is needed. */
export const sourceDefinitionRule: Rule = {
  types: ['Source Definition'],
  readsOrder: () => false,
  convert(transformation, context) {
    const readers = new Set(
      context.graph.outgoing(transformation.id).map((connector) => context.graph.byId.get(connector.to)?.type ?? ''),
    );
    const definition = context.file.definitions.find((one) => one.id === transformation.definition);
    if ([...readers].every((type) => type.endsWith('Source Qualifier'))) return nothing;
    const draft = new NodeDraft(transformation, context, 0.9);
    const table =
      definition === undefined
        ? context.tables.addUsed('source', transformation.name, null, transformation.ports)
        : context.tables.addDefinition(definition);
    const { ports } = transformation;
    const sql = printSelect({
      items: [
        ...ports.map((port) => ({ sql: sqlName(port.name), name: port.name })),
        ...(context.ordered ? [{ sql: 'row_number() OVER ()', name: seqColumn }] : []),
      ],
      from: tableRelation(table),
    });
    const node = draft.node({
      type: 'source',
      operator: 'source_connector_sql_pushdown',
      ...(table.connector === undefined ? {} : { connector: table.connector }),
      ...(table.connection === undefined ? {} : { connection: table.connection }),
      config: { table: table.name },
      columns: ports.map((port) => portColumn(port, { nullable: port.nullable, from: [`${table.name}.${port.name}`] })),
      sql,
    });
    return draft.result([node], [{ group: null, stream: portStream(draft.id, ports, context, false) }]);
  },
};
