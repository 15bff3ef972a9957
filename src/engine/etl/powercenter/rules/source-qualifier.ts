import type { EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineTable } from '../../../dataflow/model.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { isYes, propertyOf } from '../properties.ts';
import { isOutputPort, scalarOfSqlType, toColumnSqlType, toScalarType } from '../ports.ts';
import { coerce, plainValue, type Translated } from '../convert/expression.ts';
import { NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule, RuleContext } from '../convert/rule.ts';
import { printSelect, type SelectItem } from '../convert/select.ts';
import { declareColumnsRead, noteColumnsRead } from '../convert/query-columns.ts';
import { joinSources, type JoinedSource } from '../convert/source-join.ts';
import { aroundLoad } from '../../source-sql/around-load.ts';
import { selectedColumns } from '../../source-sql/select-list.ts';
import { rewriteSourceSql, type SourceSql } from '../../source-sql/rewrite-sql.ts';
import { seqColumn } from '../convert/stream.ts';

/** The sources that feed a qualifier, in the order of their connectors. */
function sourcesOf(transformation: EtlTransformation, context: RuleContext): readonly JoinedSource[] {
  const ids = [...new Set(context.graph.incoming(transformation.id).map((connector) => connector.from))];
  const names = ids.map((id) => context.graph.byId.get(id)?.name.toLowerCase() ?? '');
  return ids.flatMap((id): readonly JoinedSource[] => {
    const instance = context.graph.byId.get(id);
    const repeated = names.filter((name) => name === instance?.name.toLowerCase()).length > 1;
    if (instance === undefined) return [];
    const definition = context.file.definitions.find((one) => one.id === instance.definition) ?? null;
    const table =
      definition === null
        ? context.tables.addUsed('source', instance.name, null, instance.ports)
        : context.tables.addDefinition(definition);
    return [{ id: repeated ? id : instance.name, instance: id, definition, table }];
  });
}

function connectedPorts(transformation: EtlTransformation, context: RuleContext): readonly EtlPort[] {
  const used = new Set(context.graph.outgoing(transformation.id).map((connector) => connector.fromPort));
  const outputs = transformation.ports.filter(isOutputPort);
  return used.size === 0 ? outputs : outputs.filter((port) => used.has(port.name));
}

class QualifierDraft {
  readonly draft: NodeDraft;
  private readonly transformation: EtlTransformation;
  private readonly context: RuleContext;
  readonly sources: readonly JoinedSource[];
  readonly ports: readonly EtlPort[];
  readonly macros = new Set<string>();

  constructor(transformation: EtlTransformation, context: RuleContext) {
    this.transformation = transformation;
    this.context = context;
    this.draft = new NodeDraft(transformation, context, 0.97);
    this.sources = sourcesOf(transformation, context);
    this.ports = connectedPorts(transformation, context);
  }

  /** A text of the source database, read against the pipeline's tables. */
  rewrite(text: string, what: string): SourceSql {
    const targets = new Set(
      this.context.mapping.transformations.filter((one) => one.kind === 'target').map((one) => one.name.toLowerCase()),
    );
    const byName = new Map(
      this.sources.flatMap((source) => [
        [source.table.name.toLowerCase(), source.table],
        [source.id.toLowerCase(), source.table],
        [(source.definition?.table.name ?? source.id).toLowerCase(), source.table],
      ]),
    );
    const resolve = (name: string): PipelineTable | null => {
      const source = byName.get(name.toLowerCase());
      if (source !== undefined) return source;
      const definition = this.context.file.definitions.find(
        (one) =>
          one.table.name.toLowerCase() === name.toLowerCase() &&
          (one.role === 'source' || targets.has(name.toLowerCase())),
      );
      return definition === undefined ? null : this.context.tables.addDefinition(definition);
    };
    const rewritten = rewriteSourceSql(text, { resolve });
    for (const macro of rewritten.macros) this.macros.add(macro);
    if (rewritten.foreign.length > 0)
      this.draft.doubt(
        `${what} uses ${rewritten.foreign.join(', ')}, which DuckDB does not have; rewrite the query`,
        0.5,
        'error',
      );
    for (const table of rewritten.unknownTables) {
      this.draft.doubt(`${what} reads ${table}, which the file does not define; export it with its sources`, 0.7);
      this.context.tables.addUsed('source', table, null, []);
    }
    noteColumnsRead(
      this.draft,
      what,
      declareColumnsRead(text, resolve, { tables: this.context.tables, ports: this.ports }),
    );
    return rewritten;
  }

  private sourceColumn(port: EtlPort): {
    readonly value: Translated;
    readonly from: string | null;
    readonly nullable: boolean;
  } {
    const connector = this.context.graph.incoming(this.transformation.id).find((one) => one.toPort === port.name);
    const source = this.sources.find((one) => one.instance === connector?.from);
    if (connector === undefined || source === undefined) {
      return {
        value: plainValue(`CAST(NULL AS ${toColumnSqlType(port)})`, toScalarType(port)),
        from: null,
        nullable: true,
      };
    }
    const column = source.table.columns.find((one) => one.name.toLowerCase() === connector.fromPort.toLowerCase());
    const name = sqlName(connector.fromPort);
    const sql = this.sources.length === 1 ? name : `${sqlName(source.id)}.${name}`;
    return {
      value: this.toPortType(sql, column?.type ?? toColumnSqlType(port), port),
      from: `${source.table.name}.${connector.fromPort}`,
      nullable: column?.nullable ?? true,
    };
  }

  private toPortType(sql: string, columnType: string, port: EtlPort): Translated {
    const scalar = toScalarType(port);
    if (scalar === 'date' && columnType === 'DATE') return plainValue(`CAST(${sql} AS TIMESTAMP)`, 'date');
    if (columnType === 'BOOLEAN' && scalar !== 'boolean')
      return plainValue(`CAST(CAST(${sql} AS INTEGER) AS ${toColumnSqlType(port)})`, scalar);
    const value = this.draft.take(coerce(plainValue(sql, scalarOfSqlType(columnType)), port, this.context), port.name);
    this.draft.rejectWhere(value.rowErrors, port.name);
    return value;
  }

  /** The query that the tool generates by itself. */
  generated(): string {
    const properties = this.transformation.properties;
    const filter = propertyOf(properties, 'Source Filter');
    const joined = joinSources(this.sources, propertyOf(properties, 'User Defined Join'));
    for (const id of joined.unjoined)
      this.draft.doubt(`No join condition for ${id}: every row of it meets every row of the others`, 0.7);
    const from =
      joined.braces === null
        ? joined.from
        : this.rewrite(`SELECT * FROM ${joined.braces}`, 'User Defined Join').sql.replace(/^SELECT \* FROM /, '');
    const where = [...joined.where, ...(filter === null ? [] : [this.rewrite(filter, 'Source Filter').sql])];
    const columns = this.ports.map((port) => ({ port, ...this.sourceColumn(port) }));
    const items = columns.map(({ port, value }): SelectItem => ({ sql: value.sql, name: port.name }));
    const sorted = Number(propertyOf(properties, 'Number Of Sorted Ports') ?? '0');
    const orderBy = columns.slice(0, Number.isInteger(sorted) ? sorted : 0).map(({ value }) => value.sql);
    const rows = from === '' ? '(SELECT 1 WHERE FALSE)' : from;
    return this.withSeq(
      {
        items,
        from: rows,
        where: [...where.map((one) => one.trim()), ...this.draft.rejectClause(rows, [], where)],
      },
      isYes(properties, 'Select Distinct'),
      orderBy,
    );
  }

  private withSeq(select: Parameters<typeof printSelect>[0], distinct: boolean, orderBy: readonly string[]): string {
    if (!this.context.ordered) return printSelect({ ...select, distinct, orderBy });
    const window = orderBy.length === 0 ? '' : `ORDER BY ${orderBy.join(', ')}`;
    if (!distinct)
      return printSelect({
        ...select,
        items: [...select.items, { sql: `row_number() OVER (${window})`, name: seqColumn }],
      });
    const names = this.ports.map((port) => sqlName(port.name));
    return printSelect({
      items: [
        { sql: '*', name: '' },
        {
          sql: `row_number() OVER (ORDER BY ${orderBy.length === 0 ? names.join(', ') : names.slice(0, orderBy.length).join(', ')})`,
          name: seqColumn,
        },
      ],
      from: `(\n${printSelect({ ...select, distinct })}) AS q`,
    });
  }

  /** The ports that the columns of a query go to: the connected ones, or all where it has a column for each. */
  private queried(text: string): readonly EtlPort[] {
    const count = selectedColumns(text);
    if (count === null || count === this.ports.length) return this.ports;
    const all = this.transformation.ports.filter(isOutputPort);
    const columns = `Sql Query gives ${count} columns for ${this.ports.length} connected ports`;
    if (count === all.length) {
      this.draft.doubt(`${columns}: they are taken for all ${count} ports, in their order`, 0.75);
      return all;
    }
    this.draft.doubt(`${columns}; connect as many as the query gives`, 0.5, 'error');
    return this.ports;
  }

  /** The query that the user wrote: its columns go to the connected ports by position. */
  overridden(text: string): string {
    const rewritten = this.rewrite(text, 'Sql Query');
    this.draft.doubt('The SQL override is kept as written for the source database; check it in DuckDB', 0.86);
    const names = this.queried(text)
      .map((port) => sqlName(port.name))
      .join(', ');
    const items = this.ports.map((port): SelectItem => ({
      sql: toScalarType(port) === 'date' ? `CAST(${sqlName(port.name)} AS TIMESTAMP)` : sqlName(port.name),
      name: port.name,
    }));
    return printSelect({
      items: [...items, ...(this.context.ordered ? [{ sql: 'row_number() OVER ()', name: seqColumn }] : [])],
      from: `(\n${rewritten.sql}\n) AS q(${names})`,
    });
  }

  columns(): ReturnType<typeof portColumn>[] {
    return this.ports.map((port) => {
      const { from, nullable } = this.sourceColumn(port);
      return portColumn(port, { nullable, ...(from === null ? {} : { from: [from] }) });
    });
  }
}

function connectionOf(sources: readonly JoinedSource[]): { readonly connector?: string; readonly connection?: string } {
  const table = sources[0]?.table;
  return {
    ...(table?.connector === undefined ? {} : { connector: table.connector }),
    ...(table?.connection === undefined ? {} : { connection: table.connection }),
  };
}

/** Instances that `id` feeds, by whatever way. */
function readersOf(id: string, { graph }: RuleContext): ReadonlySet<string> {
  const found = new Set([id]);
  for (const one of found) for (const connector of graph.outgoing(one)) found.add(connector.to);
  return found;
}

/** Sources that another flow of the mapping writes before this one runs. */
function writtenBefore(id: string, sources: readonly JoinedSource[], context: RuleContext): readonly string[] {
  const readers = readersOf(id, context);
  const order = context.mapping.targetLoadOrder;
  const own = order.findIndex((target) => readers.has(target));
  return sources.flatMap(({ definition, table }) => {
    const name = (definition?.table.name ?? table.name).toLowerCase();
    return order
      .slice(0, Math.max(own, 0))
      .filter((target) => context.graph.byId.get(target)?.name.toLowerCase() === name);
  });
}

/** Source Qualifier: the query that reads the sources, pushed down to the source database. */
export const sourceQualifierRule: Rule = {
  types: ['Source Qualifier', 'Application Source Qualifier', 'XML Source Qualifier', 'MQ Source Qualifier'],
  readsOrder: () => false,
  convert(transformation, context) {
    const qualifier = new QualifierDraft(transformation, context);
    const { draft, ports, sources } = qualifier;
    const properties = transformation.properties;
    const override = propertyOf(properties, 'Sql Query');
    for (const target of writtenBefore(transformation.id, sources, context))
      draft.doubt(`The mapping writes ${target} before it reads it here: give the rows that it then has`, 0.7);
    if (transformation.type !== 'Source Qualifier')
      draft.doubt(`${transformation.type}: rows are read as a flat table`, 0.75);
    const around = aroundLoad(draft, {
      texts: [
        { name: 'Pre SQL', when: 'before', text: propertyOf(properties, 'Pre SQL') },
        { name: 'Post SQL', when: 'after', text: propertyOf(properties, 'Post SQL') },
      ],
      connector: sources[0]?.table.connector,
      resolve: (name) => context.tables.named(name, context.file.definitions),
      confidence: 0.8,
    });
    const sql = override === null ? qualifier.generated() : qualifier.overridden(override);
    if (context.graph.outgoing(transformation.id).length === 0) draft.note('Nothing reads this source');
    if (ports.length === 0) draft.doubt('The source has no ports', 0.7);
    const filter = propertyOf(properties, 'Source Filter');
    const settings: readonly (readonly [string, string | null])[] = [
      ['filter', filter],
      ['join', propertyOf(properties, 'User Defined Join')],
      ['query', override],
      ['pre_sql', propertyOf(properties, 'Pre SQL')],
      ['post_sql', propertyOf(properties, 'Post SQL')],
    ];
    const node = draft.node({
      type: 'source',
      operator: 'source_connector_sql_pushdown',
      ...connectionOf(sources),
      config: {
        ...(sources.length === 1
          ? { table: sources.map((source) => source.table.name).join() }
          : { tables: sources.map((source) => source.table.name) }),
        ...Object.fromEntries(settings.filter(([, value]) => value !== null)),
        ...(isYes(properties, 'Select Distinct') ? { distinct: true } : {}),
      },
      columns: qualifier.columns(),
      ...(ports.length === 0 ? {} : { sql }),
      ...around,
    });
    const result = draft.result([node], [{ group: null, stream: portStream(draft.id, ports, context, false) }]);
    return { ...result, macros: [...result.macros, ...qualifier.macros] };
  },
};
