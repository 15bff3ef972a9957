/** Collecting what the parts of one transformation say into a node: confidence, notes, issues, macros. */
import type { EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { NodeInput, Operator, PipelineColumn, PipelineNode } from '../../../dataflow/model.ts';
import { roundTo } from '../../../core/rounding.ts';
import { quoteLiteral } from '../../../core/text.ts';
import { isInputPort, toColumnSqlType, toScalarType } from '../ports.ts';
import { usableDefault } from './default-value.ts';
import { coerce, environmentOf, plainValue, translateValue, type KnownColumn, type Translated } from './expression.ts';
import type { RuleContext, RuleResult } from './rule.ts';
import { operationColumn, seqColumn, toStream, type InputRelation, type Stream } from './stream.ts';
import { printSelect, type SelectItem, type SelectParts } from './select.ts';

export class NodeDraft {
  readonly id: string;
  readonly context: RuleContext;
  private readonly transformation: EtlTransformation;
  private confidence: number;
  private readonly notes: string[] = [];
  private readonly issues: { severity: 'error' | 'warning' | 'info'; message: string }[] = [];
  private readonly macros = new Set<string>();
  private readonly inputs = new Map<string, NodeInput>();
  /** Conditions under which the tool skips the row, each with what cannot be computed. */
  private readonly rowErrors = new Map<string, string>();
  private rejects: Pick<SelectParts, 'from' | 'steps' | 'where'> | null = null;

  constructor(transformation: EtlTransformation, context: RuleContext, confidence: number) {
    this.transformation = transformation;
    this.context = context;
    this.id = context.nodeId(transformation.id);
    this.confidence = confidence;
  }

  /** What is worth knowing and changes nothing about the confidence. */
  note(message: string): void {
    if (!this.notes.includes(message)) this.notes.push(message);
  }

  /** What a person should look at; the confidence falls to at most `confidence`. */
  doubt(message: string, confidence: number, severity: 'error' | 'warning' = 'warning'): void {
    this.note(message);
    this.issues.push({ severity, message });
    this.confidence = Math.min(this.confidence, confidence);
  }

  /** A macro that SQL of the node calls. */
  macro(name: string): void {
    this.macros.add(name);
  }

  dependOn(inputs: readonly NodeInput[]): void {
    for (const input of inputs) this.inputs.set(`${input.node}\u0000${input.output ?? ''}`, input);
  }

  /** Takes over what a translation says about itself; `where` is the port, for the message. */
  take(translated: Translated, where: string): Translated {
    this.confidence = Math.min(this.confidence, translated.confidence);
    for (const warning of translated.warnings) {
      this.note(`${where}: ${warning}`);
      this.issues.push({
        severity: translated.confidence < 0.6 ? 'error' : 'warning',
        message: `${where}: ${warning}`,
      });
    }
    for (const note of translated.notes) this.note(note);
    for (const macro of translated.macros) this.macros.add(macro);
    return translated;
  }

  /** Row conditions under which the tool skips the row; `what` cannot be computed then. */
  rejectWhere(conditions: readonly string[], what: string): void {
    for (const condition of conditions) if (!this.rowErrors.has(condition)) this.rowErrors.set(condition, what);
  }

  /** The WHERE of a SELECT from `from` that leaves out the rows with errors; these become rows of a node of their own. */
  rejectClause(
    from: string | null,
    steps: SelectParts['steps'] = [],
    where: readonly string[] = [],
  ): readonly string[] {
    if (this.rowErrors.size === 0) return [];
    if (from !== null) this.rejects = { from, steps, where };
    return [`NOT ${this.anyError()}`];
  }

  private anyError(): string {
    return `coalesce(${[...this.rowErrors.keys()].map((one) => `(${one})`).join(' OR ')}, FALSE)`;
  }

  /** The rows that the tool skips and logs, with the reason; what comes in is these rows and those of the main node. */
  private rejectNodes(): readonly PipelineNode[] {
    if (this.rejects === null) return [];
    const { from, steps, where } = this.rejects;
    const cases = [...this.rowErrors].map(
      ([sql, what]) => `WHEN ${sql} THEN ${quoteLiteral(`${what} cannot be computed`)}`,
    );
    const id = `${this.id}__rejected`;
    const reason = { sql: `CASE ${cases.join(' ')} END`, name: '__reason' };
    return [
      {
        id,
        type: 'transform',
        operator: 'sql_where',
        config: { rejected_by: this.id },
        ...(this.inputs.size === 0 ? {} : { depends_on: [...this.inputs.values()] }),
        sql: printSelect({
          steps: steps ?? [],
          items: [{ sql: '*', name: '' }, reason],
          from,
          where: [...(where ?? []), this.anyError()],
        }),
        confidence: roundTo(this.confidence, 2),
        conversion: 'rule_engine',
        notes: [`Rows that ${this.id} skips, as the source tool does, which writes them to its error log`],
      },
    ];
  }

  node(
    parts: { readonly type?: PipelineNode['type']; readonly operator: Operator } & Partial<PipelineNode>,
  ): PipelineNode {
    return {
      id: this.id,
      type: 'transform',
      ...(this.inputs.size === 0 ? {} : { depends_on: [...this.inputs.values()] }),
      confidence: roundTo(this.confidence, 2),
      conversion: 'rule_engine',
      ...(this.notes.length === 0 ? {} : { notes: this.notes }),
      ...parts,
    };
  }

  result(nodes: readonly PipelineNode[], streams: RuleResult['streams']): RuleResult {
    return { nodes: [...nodes, ...this.rejectNodes()], streams, issues: this.issues, macros: [...this.macros] };
  }

  /** The default of an input port takes the place of NULL. */
  private withDefault(sql: string, port: EtlPort): string {
    const text = usableDefault(port.defaultValue);
    if (text === null) return sql;
    const value = this.take(
      coerce(translateValue(text, environmentOf(this.transformation, this.context, new Map())), port, this.context),
      port.name,
    );
    return `coalesce(${sql}, ${value.sql})`;
  }

  /** The values of input ports as SQL over `relation`, converted to the type of the port where the link joins two types. */
  inputColumns(
    relation: InputRelation,
    ports: readonly EtlPort[] = this.transformation.ports.filter(isInputPort),
  ): ReadonlyMap<string, KnownColumn & { readonly from: string | null }> {
    this.dependOn(relation.inputs);
    const found = new Map<string, KnownColumn & { readonly from: string | null }>();
    for (const port of ports) {
      const column = relation.column(port.name);
      if (column === null) {
        found.set(port.name, { sql: `CAST(NULL AS ${toColumnSqlType(port)})`, type: toScalarType(port), from: null });
        continue;
      }
      const value = this.take(coerce(plainValue(column.sql, column.type), port, this.context), port.name);
      this.rejectWhere(value.rowErrors, port.name);
      found.set(port.name, { sql: this.withDefault(value.sql, port), type: value.type, from: column.from });
    }
    return found;
  }
}

/** `from` of a column, left out where nothing is known. */
export function fromColumn(from: string | null | undefined): { readonly from?: readonly string[] } {
  return from === null || from === undefined ? {} : { from: [from] };
}

/** `__seq` and `__op` as columns of the output, where they have to be there. */
export function carried(context: RuleContext, seq: string | null, operation: string | null): readonly SelectItem[] {
  return [
    ...(context.ordered ? [{ sql: seq ?? 'row_number() OVER ()', name: seqColumn }] : []),
    ...(operation === null ? [] : [{ sql: operation, name: operationColumn }]),
  ];
}

export function portColumn(port: EtlPort, more: Partial<PipelineColumn> = {}): PipelineColumn {
  return { name: port.name, type: toColumnSqlType(port), ...more };
}

/** The stream of a node whose columns are named as its ports. */
export function portStream(
  input: NodeInput | string,
  ports: readonly EtlPort[],
  context: RuleContext,
  operation: boolean,
): Stream {
  return toStream(
    typeof input === 'string' ? { node: input } : input,
    ports.map((port) => ({ port: port.name, type: toScalarType(port), sqlType: toColumnSqlType(port) })),
    { ordered: context.ordered, operation },
  );
}
