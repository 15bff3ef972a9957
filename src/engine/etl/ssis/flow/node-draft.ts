/** One component on its way to a node: its expressions, and the rows that it refuses. */
import type { NodeInput, NodeOutput, PipelineColumn, PipelineNode } from '../../../dataflow/model.ts';
import { quoteLiteral } from '../../../core/text.ts';
import type { ExpressionEnv } from '../../../expr/environment.ts';
import { parseSsisExpression } from '../../../expr/ssis/parse.ts';
import { conditionToDuckDb, toDuckDb, type SsisTranslation } from '../../../expr/ssis/to-duckdb.ts';
import { ConversionDraft, type NodeParts } from '../../conversion-draft.ts';
import type { SelectItem } from '../../powercenter/convert/select.ts';
import type { Component } from './component.ts';
import type { FlowContext, RuleResult } from './rule.ts';
import { relationOf, seqColumn, type Stream } from './stream.ts';

/** What happens to a row that cannot be computed. */
export type Disposition = 'FailComponent' | 'IgnoreFailure' | 'RedirectRow';

export function dispositionOf(text: string | null): Disposition {
  return text === 'IgnoreFailure' || text === 'RedirectRow' ? text : 'FailComponent';
}

export interface Outlet {
  readonly output: string;
  readonly columns: readonly PipelineColumn[];
  readonly sql: string;
  readonly condition?: string;
}

export class NodeDraft extends ConversionDraft {
  readonly context: FlowContext;
  readonly component: Component;
  private readonly failing = new Set<string>();
  readonly redirected = new Set<string>();

  constructor(component: Component, context: FlowContext, confidence: number) {
    super(context.id, confidence);
    this.component = component;
    this.context = context;
    for (const { name, value } of component.source.properties)
      if (name.startsWith('expression.'))
        this.doubt(`${name.slice('expression.'.length)} is set by an expression when it runs: ${value ?? ''}`, 0.7);
  }

  /** The rows of an input, and the dependency on them. */
  read(stream: Stream | null): string {
    if (stream === null) {
      this.doubt('Nothing is connected to the input', 0.7);
      return '(SELECT 1 WHERE FALSE)';
    }
    this.dependOn([stream.input]);
    return relationOf(stream);
  }

  /** Takes over what a translation says about itself; errors of rows go where the disposition sends them. */
  take(translated: SsisTranslation, where: string, disposition: Disposition): SsisTranslation {
    this.hear(translated, where);
    for (const condition of translated.rowErrors) {
      if (disposition === 'FailComponent') this.failing.add(condition);
      if (disposition === 'RedirectRow') this.redirected.add(condition);
    }
    return translated;
  }

  /** An expression of the component as SQL; text that cannot be read gives NULL and a doubt. */
  translate(
    text: string,
    env: ExpressionEnv,
    options: { readonly where: string; readonly disposition: Disposition; readonly condition?: boolean },
  ): SsisTranslation | null {
    const parsed = parseSsisExpression(text);
    if (!parsed.ok) {
      this.doubt(
        `${options.where}: the expression cannot be read: ${parsed.error.message} (line ${parsed.error.line}, column ${parsed.error.column})`,
        0.3,
        'error',
      );
      return null;
    }
    return this.take(
      options.condition === true ? conditionToDuckDb(parsed.ast, env) : toDuckDb(parsed.ast, env),
      options.where,
      options.disposition,
    );
  }

  failWhere(condition: string): void {
    this.failing.add(condition);
  }

  /** Conditions of the rows that go on: the run fails at a row that the component refuses, redirected ones leave elsewhere. */
  guards(): readonly string[] {
    const message = quoteLiteral(
      `${this.component.source.id}: a row cannot be computed, and the component fails on such rows`,
    );
    return [
      ...(this.failing.size === 0 ? [] : [`CASE WHEN ${any(this.failing)} THEN error(${message}) ELSE TRUE END`]),
      ...(this.redirected.size === 0 ? [] : [`NOT coalesce(${any(this.redirected)}, FALSE)`]),
    ];
  }

  /** The condition of redirected rows. */
  redirectedClause(): string {
    return this.redirected.size === 0 ? 'FALSE' : any(this.redirected);
  }

  node(parts: NodeParts): PipelineNode {
    return { ...this.frame, ...parts };
  }

  result(nodes: readonly PipelineNode[], streams: RuleResult['streams']): RuleResult {
    return { nodes, streams, issues: this.issues, macros: [...this.macros] };
  }
}

function any(conditions: ReadonlySet<string>): string {
  return [...conditions].map((one) => `(${one})`).join(' OR ');
}

/** `__seq` as a column of the output, where the input carries it. */
export function carried(stream: Stream | null): readonly SelectItem[] {
  return stream?.ordered === true ? [{ sql: seqColumn, name: seqColumn }] : [];
}

/** The rows of several outputs as one node: plain where there is a single one. */
export function withOutlets(
  draft: NodeDraft,
  outlets: readonly Outlet[],
  parts: NodeParts,
): { readonly node: PipelineNode; readonly input: (output: string) => NodeInput } {
  const [single] = outlets;
  if (outlets.length === 1 && single !== undefined) {
    return {
      node: draft.node({ ...parts, columns: single.columns, sql: single.sql }),
      input: () => ({ node: draft.id }),
    };
  }
  const names = outletNames(outlets.map((outlet) => outlet.output));
  const outputs = outlets.map((outlet, index): NodeOutput => ({
    name: names[index] ?? outlet.output,
    ...(outlet.condition === undefined ? {} : { condition: outlet.condition }),
    columns: outlet.columns,
    sql: outlet.sql,
  }));
  return {
    node: draft.node({ ...parts, outputs }),
    input: (output) => ({ node: draft.id, output: names[outlets.findIndex((one) => one.output === output)] ?? output }),
  };
}

function outletNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const safe = safeName(name);
    let candidate = safe;
    for (let count = 2; taken.has(candidate.toLowerCase()); count += 1) candidate = `${safe}_${count}`;
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}

/** A name that no part of SQL reads as a path or a file. */
export function safeName(name: string): string {
  return name.replace(/[^\p{L}\p{N}_ -]+/gu, '_').trim() || 'component';
}
