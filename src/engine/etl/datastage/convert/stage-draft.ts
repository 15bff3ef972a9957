/** One stage on its way to a node: its links, what is written for each output, and what is doubtful about it. */
import type { EtlMapping, EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { NodeInput, Operator, PipelineColumn, PipelineNode } from '../../../dataflow/model.ts';
import { relationName, sqlName } from '../../../dataflow/sql-name.ts';
import { ConversionDraft } from '../../conversion-draft.ts';
import { anyColumn, rejectLink } from '../parse-stage.ts';
import { propertyOf } from '../properties.ts';
import { converted, linkColumn, type LinkColumn } from './columns.ts';
import type { TableSet } from './tables.ts';

export const seqColumn = '__seq';

/** The rows of a link, as the stage before it gives them. */
export interface Stream {
  readonly input: NodeInput;
  readonly columns: readonly LinkColumn[];
}

export interface InputLink {
  readonly name: string;
  readonly stream: Stream;
}

export interface StageInput {
  readonly stage: EtlTransformation;
  readonly mapping: EtlMapping;
  readonly tables: TableSet;
  readonly inputs: readonly InputLink[];
  /** Whether the rows of the outputs have to carry their order in `__seq`; inputs then carry it too. */
  readonly ordered: boolean;
}

export interface Output {
  readonly link: string;
  readonly columns: readonly PipelineColumn[];
  readonly sql: string;
}

/** What a column of an input link is called in SQL. */
export interface Source {
  readonly sql: string;
  readonly column: LinkColumn;
  readonly from: string;
}

/** Raised where a stage cannot be converted: the message is the reason, for the user. */
export class NotConverted extends Error {}

export class StageDraft extends ConversionDraft {
  readonly stage: EtlTransformation;
  readonly mapping: EtlMapping;
  readonly tables: TableSet;
  readonly inputs: readonly InputLink[];
  readonly ordered: boolean;
  readonly outputs: Output[] = [];
  readonly extra: PipelineNode[] = [];
  /** Nodes beside that of the stage which hold the rows of an output link. */
  readonly beside = new Map<string, string>();

  constructor(input: StageInput, confidence = 0.96) {
    super(input.stage.id, confidence);
    this.stage = input.stage;
    this.mapping = input.mapping;
    this.tables = input.tables;
    this.inputs = input.inputs;
    this.ordered = input.ordered;
    this.dependOn(input.inputs.map((one) => one.stream.input));
  }

  override doubt(message: string, confidence: number): void {
    super.doubt(message, confidence, confidence < 0.6 ? 'error' : 'warning');
  }

  property(name: string): string | null {
    return propertyOf(this.stage.properties, name);
  }

  /** Names of the output links, in their order. */
  get outputLinks(): readonly string[] {
    return this.stage.groups.filter((group) => group.kind !== 'input').map((group) => group.name);
  }

  /** Whether an output link takes rejected rows only. */
  isReject(link: string): boolean {
    return this.property(`${link}.${rejectLink}`) === '1';
  }

  /** Output links: those of the stage's result, and those of what it rejects. Where no link says it, the first one is the result. */
  get resultsAndRejects(): { readonly results: readonly string[]; readonly rejects: readonly string[] } {
    const rejects = this.outputLinks.filter((link) => this.isReject(link));
    if (rejects.length === 0) return { results: this.outputLinks.slice(0, 1), rejects: this.outputLinks.slice(1) };
    return { results: this.outputLinks.filter((link) => !this.isReject(link)), rejects };
  }

  /** A link for rows that fail when they are read, computed or written: it has its columns, and no rows. */
  withoutRows(link: string): void {
    const columns = this.outputColumns(link);
    const items = columns.map((column) => item(`CAST(NULL AS ${column.sqlType})`, column.name));
    this.note(`${link} takes rows that fail in the source tool; such rows do not reach it here`);
    this.output(
      link,
      columns.map((column) => pipelineColumn(column)),
      select(
        this.withOrder(items, 'CAST(NULL AS BIGINT)'),
        this.inputs[0] === undefined ? '(SELECT 1)' : this.relation(this.inputs[0]),
        'WHERE FALSE',
      ),
    );
  }

  /** Gives the rows of an output link, as they were collected, in a node of their own: a sink has none. */
  giveBeside(link: string, confidence: number): void {
    const at = this.outputs.findIndex((one) => one.link === link);
    const output = this.outputs[at];
    if (output === undefined) return;
    const id = `${this.stage.id}_${link}`;
    this.extra.push({
      id,
      type: 'transform',
      operator: 'sql_where',
      ...(this.inputs.length === 0 ? {} : { depends_on: this.inputs.map((one) => one.stream.input) }),
      columns: output.columns,
      sql: output.sql,
      confidence,
      conversion: 'rule_engine',
    });
    this.beside.set(link, id);
  }

  /** The single input, which most stages have. */
  get input(): InputLink {
    const [first] = this.inputs;
    if (first === undefined) throw new NotConverted('No link with rows reaches the stage');
    return first;
  }

  outputPorts(link: string): readonly EtlPort[] {
    return this.stage.ports.filter(
      (port) => port.direction === 'output' && port.group === link && port.name !== anyColumn,
    );
  }

  /** Declared columns of an output; those of the inputs where the link declares none. */
  outputColumns(link: string): readonly LinkColumn[] {
    const declared = this.outputPorts(link).map(linkColumn);
    if (declared.length > 0) {
      if (this.propagates(link)) this.note(`Columns that ${link} passes on without declaring them are left out`);
      return declared;
    }
    if (this.inputs.length > 0) this.doubt(`${link} declares no columns: those of the input are passed on`, 0.85);
    const found = new Map<string, LinkColumn>();
    for (const input of this.inputs)
      for (const column of input.stream.columns)
        if (!found.has(column.name.toLowerCase())) found.set(column.name.toLowerCase(), column);
    return [...found.values()];
  }

  private propagates(link: string): boolean {
    return this.property(`${link}.APT/RTColumnProp`) === '1' || this.property(`${link}.RTColumnProp`) === '1';
  }

  /** Columns of an output that hands its input on: the declared ones, and with column propagation those that none of these reads. */
  passedColumns(link: string): readonly LinkColumn[] {
    const ports = this.outputPorts(link);
    if (ports.length === 0 || !this.propagates(link)) return this.outputColumns(link);
    const taken = new Set(
      ports
        .flatMap(({ name, expression }) => [name, (expression ?? '').split('.').at(-1) ?? ''])
        .map((name) => name.toLowerCase()),
    );
    const more = new Map<string, LinkColumn>();
    for (const column of this.inputs.flatMap((input) => input.stream.columns)) {
      const name = column.name.toLowerCase();
      if (!taken.has(name) && !more.has(name)) more.set(name, column);
    }
    return [...ports.map(linkColumn), ...more.values()];
  }

  /** The column that `LINK.COLUMN` or `COLUMN` means, qualified by `alias` where several inputs are joined. */
  find(reference: string, alias: (link: InputLink) => string | null = () => null): Source | null {
    const dot = reference.indexOf('.');
    const link = dot === -1 ? null : reference.slice(0, dot).toLowerCase();
    const name = reference.slice(dot + 1).toLowerCase();
    for (const input of this.inputs) {
      if (link !== null && input.name.toLowerCase() !== link) continue;
      const column = input.stream.columns.find((one) => one.name.toLowerCase() === name);
      if (column === undefined) continue;
      const prefix = alias(input);
      return {
        sql: prefix === null ? sqlName(column.name) : `${prefix}.${sqlName(column.name)}`,
        column,
        from: `${relationName(input.stream.input)}.${column.name}`,
      };
    }
    return null;
  }

  /** Items that hand the declared columns of an output over, each from the column that its derivation names; `written` may change its SQL. */
  passOn(
    link: string,
    alias?: (link: InputLink) => string | null,
    written: (sql: string, source: Source, column: LinkColumn) => string = (sql) => sql,
  ): { readonly items: readonly string[]; readonly columns: readonly PipelineColumn[] } {
    const ports = new Map(this.outputPorts(link).map((port) => [port.name, port]));
    const items: string[] = [];
    const columns: PipelineColumn[] = [];
    for (const column of this.passedColumns(link)) {
      const derivation = ports.get(column.name)?.expression ?? null;
      const named = derivation !== null && /^[^\s()"',]+$/.test(derivation) ? this.find(derivation, alias) : null;
      const source = named ?? this.find(column.name, alias);
      if (source === null) {
        this.doubt(`No input has the column ${column.name} of ${link}; it is empty here`, 0.7);
        items.push(item(`CAST(NULL AS ${column.sqlType})`, column.name));
      } else {
        const sql = converted(source.sql, source.column.sqlType, column.sqlType);
        items.push(item(written(sql, source, column), column.name));
      }
      columns.push(
        pipelineColumn(column, {
          ...(source === null ? {} : { from: [source.from] }),
          ...(derivation === null ? {} : { original: derivation }),
        }),
      );
    }
    return { items, columns };
  }

  /** `items` and, where it is needed, the order of the row. */
  withOrder(items: readonly string[], order: string = seqColumn): readonly string[] {
    return this.ordered ? [...items, item(order, seqColumn)] : items;
  }

  output(link: string, columns: readonly PipelineColumn[], sql: string): void {
    this.outputs.push({ link, columns, sql });
  }

  relation(input: InputLink): string {
    return sqlName(relationName(input.stream.input));
  }

  /** The node of the outputs collected so far. */
  node(operator: Operator, more: Partial<PipelineNode> = {}): PipelineNode {
    const [only, second] = this.outputs;
    const single = only !== undefined && second === undefined;
    return {
      ...this.frame,
      operator,
      ...(single ? { columns: only.columns, sql: only.sql } : {}),
      ...(second === undefined
        ? {}
        : { outputs: this.outputs.map((one) => ({ name: one.link, columns: one.columns, sql: one.sql })) }),
      ...more,
    };
  }
}

export function pipelineColumn(column: LinkColumn, more: Partial<PipelineColumn> = {}): PipelineColumn {
  return { name: column.name, type: column.sqlType, nullable: column.nullable, ...more };
}

export function item(sql: string, name: string): string {
  const target = sqlName(name);
  return sql === target ? sql : `${sql} AS ${target}`;
}

/** One SELECT, laid out for people to read. */
export function select(items: readonly string[], from: string, ...clauses: readonly string[]): string {
  const list = items.length === 0 ? ['1 AS __none'] : items;
  return `SELECT\n${list.map((one) => `  ${one}`).join(',\n')}\nFROM ${[from, ...clauses.filter((one) => one !== '')].join('\n')}\n`;
}
