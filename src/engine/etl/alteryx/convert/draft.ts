/** One tool on its way to a node: its streams, and its expressions over them. */
import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineNode } from '../../../dataflow/model.ts';
import type { Expr } from '../../../expr/ast.ts';
import type { FieldInfo } from '../../../expr/alteryx/environment.ts';
import { saidValue, valueOf } from '../../../expr/source-settings.ts';
import { parseAlteryx } from '../../../expr/alteryx/parse.ts';
import { conditionToDuckDb, toDuckDb, type TypedTranslation } from '../../../expr/alteryx/to-duckdb.ts';
import { quoteLiteral } from '../../../core/text.ts';
import { ConversionDraft, type NodeParts } from '../../conversion-draft.ts';
import type { RuleContext, Inbound } from './rule-context.ts';
import { fieldOf, fieldSql, type Field, type Stream } from './stream.ts';
import { learnTypes } from './types-by-use.ts';
import { seqColumn, type Item } from './sql.ts';

export interface TranslateOptions {
  /** Fields that come before those of the stream. */
  readonly more?: (name: string) => FieldInfo | null;
  /** The relation before each field. */
  readonly alias?: string;
  readonly condition?: boolean;
}

/** What an input is to which nothing is connected. */
export const nothing: Stream = { input: { node: '' }, fields: [], ask: null };

export class Draft extends ConversionDraft {
  private readonly context: RuleContext;

  constructor(id: string, context: RuleContext, confidence = 0.97) {
    super(id, confidence);
    this.context = context;
  }

  /** The stream of the named anchors, any anchor where none is named; an empty one where nothing is connected. */
  input(...anchors: readonly string[]): Stream {
    const found = this.inbound(...anchors);
    const [first, ...more] = found;
    if (first === undefined) {
      this.doubt(`Nothing is connected to ${anchors[0] ?? 'the input'}`, 0.7);
      return nothing;
    }
    if (more.length > 0) this.doubt('Several wires end at one input; the first is used', 0.5);
    return this.use(first.stream);
  }

  inbound(...anchors: readonly string[]): readonly Inbound[] {
    const data = this.context.inputs.filter((one) => !/^(?:Question|Action)$/i.test(one.anchor));
    return anchors.length === 0 ? data : data.filter((one) => anchors.includes(one.anchor));
  }

  use(stream: Stream): Stream {
    if (stream.input.node !== '') this.dependOn([stream.input]);
    return stream;
  }

  /** What an expression means over the fields of `stream`, `more` coming first. */
  translate(text: string, where: string, stream: Stream, options: TranslateOptions = {}): TypedTranslation | null {
    const parsed = parseAlteryx(text);
    if (!parsed.ok) {
      this.doubt(
        `${where}: line ${parsed.error.line}, column ${parsed.error.column}: ${parsed.error.message}`,
        0.3,
        'error',
      );
      return null;
    }
    return this.translateTree(parsed.ast, where, stream, options);
  }

  /** The same for an expression that is read already. */
  translateTree(ast: Expr, where: string, stream: Stream, options: TranslateOptions = {}): TypedTranslation {
    learnTypes(ast, stream, options.condition === true);
    const said = this.context.settings;
    const env = {
      field: (name: string): FieldInfo | null =>
        options.more?.(name) ?? this.fieldInfo(stream, name, options.alias ?? null),
      constant: (name: string): FieldInfo | null => this.constant(name),
      textComparison:
        valueOf('alteryx.text_comparison', said) === 'case_insensitive'
          ? ('case_insensitive' as const)
          : ('case_sensitive' as const),
      comparisonIsSaid: saidValue('alteryx.text_comparison', said) !== undefined,
    };
    const result = options.condition === true ? conditionToDuckDb(ast, env) : toDuckDb(ast, env);
    this.hear(result, where);
    return result;
  }

  /** A whole number: the one of the file, or what an answer of the app gives. */
  wholeNumber(stored: number, answer: string | null): string {
    const given = answer === null ? null : this.translate(`ToNumber(${answer})`, 'Answer', nothing);
    return given === null ? String(stored) : `CAST(round(${given.sql}) AS BIGINT)`;
  }

  private fieldInfo(stream: Stream, name: string, alias: string | null): FieldInfo | null {
    const field = fieldOf(stream, name);
    if (field !== null) return { kind: field.type.kind, sql: fieldSql(field, alias) };
    if (this.context.constants.has(`Question.${name}`)) return this.constant(`Question.${name}`);
    return null;
  }

  private constant(name: string): FieldInfo | null {
    const kind = this.context.constants.get(name);
    if (kind === undefined) return null;
    const sql = `getvariable(${quoteLiteral(name)})`;
    return kind === 'double' ? { kind, sql: `CAST(${sql} AS DOUBLE)` } : { kind, sql: `CAST(${sql} AS VARCHAR)` };
  }

  /** `__seq` as a column, where records carry their order. */
  seq(sql: string = seqColumn): readonly Item[] {
    return this.context.ordered ? [{ sql, name: seqColumn }] : [];
  }

  get ordered(): boolean {
    return this.context.ordered;
  }

  /** The node, with the name of the tool before its notes where somebody gave it one. */
  /** The node, with the name of the tool before its notes where somebody gave it one. */
  node(parts: NodeParts, tool?: EtlTransformation): PipelineNode {
    const name = tool === undefined || / \(\w+\)$/.test(tool.name) ? [] : [tool.name];
    return { ...this.frame, ...(name.length === 0 ? {} : { notes: [...name, ...this.notes] }), ...parts };
  }

  /** All fields of a stream as columns of a SELECT. */
  items(stream: Stream, alias: string | null = null, fields: readonly Field[] = stream.fields): readonly Item[] {
    return fields.map((field) => ({ sql: fieldSql(field, alias), name: field.name }));
  }
}
