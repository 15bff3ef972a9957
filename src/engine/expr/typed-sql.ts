/** A piece of SQL with what is known about its value. */
import type { ScalarType } from './environment.ts';

/** Binding strength in DuckDB, weakest first. */
export const strength = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  concat: 5,
  add: 6,
  multiply: 7,
  unary: 8,
  atom: 9,
} as const;
export type Strength = (typeof strength)[keyof typeof strength];

export interface TypedSql {
  readonly text: string;
  readonly type: ScalarType;
  readonly strength: Strength;
  /** The value where it is a literal: text, number text, boolean or NULL. */
  readonly literal?: string | boolean | null;
  /** True where the value cannot be NULL. */
  readonly notNull?: boolean;
  /** Of a decimal, where known. */
  readonly precision?: number | null;
  readonly scale?: number | null;
  /** The source tool's own type, where `type` does not tell enough. */
  readonly native?: string;
  /** True for a bare column, parameter or literal: cheap to repeat. */
  readonly simple?: boolean;
}

/** SQL that needs no parentheses anywhere: a call, CASE, literal or column. */
export function atom(text: string, type: ScalarType, more: Partial<TypedSql> = {}): TypedSql {
  return { text, type, strength: strength.atom, ...more };
}

/** The text, in parentheses where it binds weaker than its place needs. */
export function within(sql: TypedSql, needed: Strength): string {
  return sql.strength >= needed ? sql.text : `(${sql.text})`;
}

/** Trailing zeros of a number as text, and the point before them: nothing is left of `.00`, `.5` of `.50`. */
export const withoutTrailingZeros = (text: string): string =>
  String.raw`regexp_replace(${text}, '\.0+$|(\.[0-9]*[1-9])0+$', '\1')`;

/** A column of unknown type as text, without the zeros that DuckDB writes behind numbers; `types` is a pattern of their types. */
export function textByType(sql: string, types: string): string {
  const text = `CAST(${sql} AS VARCHAR)`;
  return `CASE WHEN regexp_matches(typeof(${sql}), '${types}') THEN ${withoutTrailingZeros(text)} ELSE ${text} END`;
}

export function isNullLiteral(sql: TypedSql): boolean {
  return sql.literal === null;
}
