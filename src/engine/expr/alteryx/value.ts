/** A piece of SQL with what is known about its Alteryx value. */
import { strength, type Strength } from '../typed-sql.ts';

export const valueKinds = [
  'string',
  'integer',
  'decimal',
  'double',
  'boolean',
  'date',
  'datetime',
  'time',
  'blob',
  'unknown',
] as const;
export type ValueKind = (typeof valueKinds)[number];

export interface Value {
  readonly text: string;
  readonly kind: ValueKind;
  readonly strength: Strength;
  /** Text, number text, boolean or NULL where the value is a literal. */
  readonly literal?: string | boolean | null;
  readonly notNull?: boolean;
  /** A bare column, parameter or literal: cheap to repeat. */
  readonly simple?: boolean;
}

export function atom(text: string, kind: ValueKind, more: Partial<Value> = {}): Value {
  return { text, kind, strength: strength.atom, ...more };
}

/** The text, in parentheses where it binds weaker than its place needs. */
export function within(value: Value, needed: Strength): string {
  return value.strength >= needed ? value.text : `(${value.text})`;
}

export function isNumber(kind: ValueKind): boolean {
  return kind === 'integer' || kind === 'decimal' || kind === 'double';
}

export function isMoment(kind: ValueKind): boolean {
  return kind === 'date' || kind === 'datetime';
}

export const isNull = (value: Value): boolean => value.literal === null;
