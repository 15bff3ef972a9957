/** Expressions of control flow: over parameters, and names that only a run can tell. */
import type { Expr, ParseResult } from '../../expr/ast.ts';
import { defaultSettings, type ExpressionEnv, type PortInfo, type ScalarType } from '../../expr/environment.ts';
import type { Translation } from '../../expr/translation.ts';
import type { ControlContext, ControlSql } from './control-rules.ts';

/** What a tool's expressions are in its control flow. */
export interface ControlLanguage {
  readonly parse: (text: string) => ParseResult;
  readonly value: (ast: Expr, env: ExpressionEnv) => Translation;
  readonly condition: (ast: Expr, env: ExpressionEnv) => Translation;
  readonly parameterType: (dataType: string) => ScalarType;
  readonly names?: {
    /** Finds them outside of literals; its groups are handed to `meaning`. */
    readonly pattern: RegExp;
    /** What a name stands for; a text says why nothing does. */
    readonly meaning: (groups: readonly string[], context: ControlContext) => PortInfo | string;
  };
  /** Why an expression that has a translation is refused all the same; null where it is not. */
  readonly refusal: (found: Translation, read: ReadExpression) => string | null;
}

export interface ReadExpression {
  readonly env: ExpressionEnv;
  /** With `name__0`, `name__1` … in place of the names. */
  readonly text: string;
  readonly names: readonly (readonly string[])[];
}

export type TranslateControl = (text: string, context: ControlContext, use: 'value' | 'condition') => ControlSql;

/** Translates expressions of the tool's control flow, or says why that cannot be done. */
export function controlTranslator(language: ControlLanguage): TranslateControl {
  const { parse, parameterType, names: named, refusal } = language;
  return (written, context, use) => {
    const { text, names } = named === undefined ? { text: written, names: [] } : withStandIns(written, named.pattern);
    const ports = new Map<string, PortInfo>();
    for (const [index, name] of names.entries()) {
      const port = named?.meaning(name, context);
      if (typeof port === 'string') return { refusal: port };
      if (port !== undefined) ports.set(`name__${index}`, port);
    }
    const parsed = parse(text);
    if (!parsed.ok) return { refusal: `the expression cannot be read: ${parsed.error.message}` };
    const env: ExpressionEnv = {
      ports,
      parameters: new Map(
        context.workflow.parameters.map((one) => [one.name.toLowerCase(), { type: parameterType(one.dataType) }]),
      ),
      mode: 'row',
      settings: { ...defaultSettings, said: context.said },
    };
    const found = language[use](parsed.ast, env);
    const refused = refusal(found, { env, text, names });
    return refused === null ? controlSql(found) : { refusal: refused };
  };
}

const leastConfidence = 0.6;

/** The translation, unless it is in doubt or has parts that only the source tool knows. */
function controlSql(found: Translation): ControlSql {
  const refused = found.unsupported.length > 0 || found.lookups.length > 0 || found.confidence < leastConfidence;
  if (refused) return { refusal: found.warnings[0] ?? 'the expression has no translation' };
  return { sql: found.sql, confidence: found.confidence, macros: found.macros, notes: found.assumptions };
}

/** `text` with names that `pattern` finds outside of literals replaced by `name__0`, `name__1` …, and what these stand for. */
function withStandIns(
  text: string,
  pattern: RegExp,
): { readonly text: string; readonly names: readonly (readonly string[])[] } {
  const names: string[][] = [];
  const either = new RegExp(`'(?:[^'])*'|"(?:[^"])*"|${pattern.source}`, 'gi');
  const replaced = text.replace(either, (whole: string, ...groups: (string | undefined)[]) => {
    const found = groups.slice(0, -2).filter((one): one is string => typeof one === 'string');
    if (found.length === 0) return whole;
    names.push(found);
    return `name__${names.length - 1}`;
  });
  return { text: replaced, names };
}
