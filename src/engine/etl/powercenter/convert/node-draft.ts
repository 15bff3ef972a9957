/** One transformation on its way to a node: its input ports, and the rows that it skips. */
import type { EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { NodeInput, PipelineColumn, PipelineNode } from '../../../dataflow/model.ts';
import { quoteLiteral } from '../../../core/text.ts';
import { ConversionDraft, type NodeParts } from '../../conversion-draft.ts';
import { isInputPort, toColumnSqlType, toScalarType } from '../ports.ts';
import { usableDefault } from './default-value.ts';
import { coerce, environmentOf, plainValue, translateValue, type KnownColumn, type Translated } from './expression.ts';
import type { RuleContext, RuleResult } from './rule.ts';
import { operationColumn, seqColumn, toStream, type InputRelation, type Stream } from './stream.ts';
import { printSelect, type SelectItem, type SelectParts } from './select.ts';

export class NodeDraft extends ConversionDraft {
  readonly context: RuleContext;
  private readonly transformation: EtlTransformation;
  /** Conditions under which the tool skips the row, each with what cannot be computed. */
  private readonly rowErrors = new Map<string, string>();
  private rejects: Pick<SelectParts, 'from' | 'steps' | 'where'> | null = null;

  constructor(transformation: EtlTransformation, context: RuleContext, confidence: number) {
    super(context.nodeId(transformation.id), confidence);
    this.transformation = transformation;
    this.context = context;
  }

  /** Takes over what a translation says about itself; `where` is the port, for the message. */
  take(translated: Translated, where: string): Translated {
    this.hear({ ...translated, assumptions: translated.notes }, where);
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
    const reason = { sql: `CASE ${cases.join(' ')} END`, name: '__reason' };
    return [
      this.node({
        id: `${this.id}__rejected`,
        operator: 'sql_where',
        config: { rejected_by: this.id },
        sql: printSelect({
          steps: steps ?? [],
          items: [{ sql: '*', name: '' }, reason],
          from,
          where: [...(where ?? []), this.anyError()],
        }),
        notes: [`Rows that ${this.id} skips, as the source tool does, which writes them to its error log`],
      }),
    ];
  }

  node(parts: NodeParts): PipelineNode {
    return { ...this.frame, ...parts };
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
