/** Implicit conversions of Alteryx: each function takes a value to the type its place needs. */
import { quoteLiteral } from '../../core/text.ts';
import { strength } from '../typed-sql.ts';
import type { Compiler } from './compiler.ts';
import { atom, isMoment, isNull, isNumber, within, type Value, type ValueKind } from './value.ts';

export const sqlTypes: Readonly<Record<ValueKind, string>> = {
  string: 'VARCHAR',
  integer: 'BIGINT',
  decimal: 'DECIMAL(38,6)',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  datetime: 'TIMESTAMP',
  time: 'TIME',
  blob: 'BLOB',
  unknown: 'VARCHAR',
};

export function nullOf(kind: ValueKind): Value {
  return atom(`CAST(NULL AS ${sqlTypes[kind]})`, kind, { literal: null });
}

export function textLiteral(value: string): Value {
  return atom(quoteLiteral(value), 'string', { literal: value, notNull: true, simple: true });
}

export function numberLiteral(text: string): Value {
  const plain = text.replace(/^\./, '0.').replace(/\.$/, '');
  const kind = /e/i.test(plain) ? 'double' : plain.includes('.') ? 'decimal' : 'integer';
  return atom(plain.length > 38 ? `${plain}e0` : plain, kind, { literal: plain, notNull: true, simple: true });
}

/** Text as Alteryx writes the value: dates in ISO form, doubles without trailing zeros. */
export function asText(compiler: Compiler, value: Value): Value {
  if (isNull(value)) return nullOf('string');
  switch (value.kind) {
    case 'string':
    case 'unknown':
      return value;
    case 'date':
      return atom(`strftime(${value.text}, '%Y-%m-%d')`, 'string');
    case 'datetime':
      return atom(`strftime(${value.text}, '%Y-%m-%d %H:%M:%S')`, 'string');
    case 'double':
      compiler.assume('Doubles turn to text with at most 15 significant digits');
      return atom(`format('{:.15g}', ${value.text})`, 'string');
    case 'decimal':
      if (typeof value.literal === 'string') return textLiteral(value.literal);
      return atom(`CAST(${value.text} AS VARCHAR)`, 'string');
    case 'boolean':
      compiler.assume('A Boolean turns to the text True or False');
      return atom(`CASE WHEN ${value.text} THEN 'True' ELSE 'False' END`, 'string');
    case 'blob':
      compiler.warn('A binary value is used as text', 0.6);
      return atom(`TRY(decode(${value.text}))`, 'string');
    default:
      if (value.kind === 'integer' && typeof value.literal === 'string') return textLiteral(value.literal);
      return atom(`CAST(${value.text} AS VARCHAR)`, 'string');
  }
}

export function asNumber(compiler: Compiler, value: Value): Value {
  if (isNull(value)) return nullOf('double');
  if (isNumber(value.kind) || value.kind === 'unknown') return value;
  if (value.kind === 'boolean') return atom(`CAST(${value.text} AS INTEGER)`, 'integer');
  if (value.kind === 'string') {
    compiler.warn('Text is used as a number; Alteryx refuses this unless ToNumber is written', 0.8);
    return atom(`TRY_CAST(${value.text} AS DOUBLE)`, 'double');
  }
  compiler.warn(`A ${value.kind} value is used as a number`, 0.5);
  return atom('CAST(NULL AS DOUBLE)', 'double', { literal: null });
}

export function asWhole(compiler: Compiler, value: Value): Value {
  const number = asNumber(compiler, value);
  if (number.kind === 'integer' || isNull(number)) return number;
  return atom(`CAST(trunc(${number.text}) AS BIGINT)`, 'integer');
}

/** A point in time: text is read in ISO form, anything else in it gives NULL as in the source tool. */
export function asMoment(compiler: Compiler, value: Value): Value {
  if (isNull(value)) return nullOf('datetime');
  if (isMoment(value.kind)) return value;
  if (value.kind === 'string' || value.kind === 'unknown')
    return atom(`TRY_CAST(${value.text} AS TIMESTAMP)`, 'datetime');
  compiler.warn(`A ${value.kind} value is used as a date`, 0.5);
  return nullOf('datetime');
}

/** A condition; NULL stands for false, so that it has to be made false before it is negated or kept. */
export function asCondition(compiler: Compiler, value: Value): Value {
  if (isNull(value)) return atom('FALSE', 'boolean', { literal: false, notNull: true });
  if (value.kind === 'boolean') return value;
  if (value.kind === 'unknown') return atom(`CAST(${value.text} AS BOOLEAN)`, 'boolean');
  if (value.kind === 'string') {
    compiler.warn('Text is used as a condition; it is read as a Boolean', 0.7);
    return atom(`TRY_CAST(${value.text} AS BOOLEAN)`, 'boolean');
  }
  const number = asNumber(compiler, value);
  return { text: `${within(number, strength.concat)} <> 0`, kind: 'boolean', strength: strength.comparison };
}

/** A condition that is never NULL. */
export function decided(value: Value): Value {
  return value.notNull === true ? value : atom(`coalesce(${value.text}, FALSE)`, 'boolean', { notNull: true });
}

const numericOrder: readonly ValueKind[] = ['integer', 'decimal', 'double'];

function widerKind(a: ValueKind, b: ValueKind): ValueKind {
  if (a === b) return a;
  if (a === 'unknown' || b === 'unknown') return 'unknown';
  if (isNumber(a) && isNumber(b))
    return numericOrder[Math.max(numericOrder.indexOf(a), numericOrder.indexOf(b))] ?? 'double';
  if (isMoment(a) && isMoment(b)) return 'datetime';
  if (a === 'boolean' && isNumber(b)) return b;
  if (b === 'boolean' && isNumber(a)) return a;
  return 'string';
}

/** Brings the results of several branches to one type; text wins where they differ. */
export function unified(compiler: Compiler, values: readonly Value[]): { kind: ValueKind; values: readonly Value[] } {
  const known = values.filter((value) => !isNull(value));
  const kind =
    known.map((value) => value.kind).reduce<ValueKind | null>((a, b) => (a === null ? b : widerKind(a, b)), null) ??
    'unknown';
  const onlyKinds = new Set(known.map((value) => value.kind));
  if (kind === 'unknown' && onlyKinds.size > 1) {
    const others = known.filter((value) => value.kind !== 'unknown').map((value) => value.kind);
    if (others.includes('string'))
      return {
        kind: 'string',
        values: values.map((value) =>
          value.kind === 'unknown' && !isNull(value)
            ? atom(`CAST(${value.text} AS VARCHAR)`, 'string')
            : isNull(value)
              ? value
              : asText(compiler, value),
        ),
      };
    return { kind, values };
  }
  return {
    kind,
    values: values.map((value) => {
      if (isNull(value) || value.kind === kind) return value;
      if (kind === 'string') return asText(compiler, value);
      if (isNumber(kind)) return asNumber(compiler, value);
      return isMoment(kind) ? atom(`CAST(${value.text} AS ${sqlTypes[kind]})`, kind) : value;
    }),
  };
}

function comparesAsItIs(a: ValueKind, b: ValueKind): boolean {
  return a === b || a === 'unknown' || b === 'unknown' || (isNumber(a) && isNumber(b));
}

/** The two sides of a comparison at one type. */
export function comparable(compiler: Compiler, left: Value, right: Value): readonly [Value, Value] {
  if (isNull(left) || isNull(right) || comparesAsItIs(left.kind, right.kind)) return [left, right];
  if (isMoment(left.kind) || isMoment(right.kind)) {
    if (isNumber(left.kind) || isNumber(right.kind)) compiler.warn('A date is compared with a number', 0.4);
    return [asMoment(compiler, left), asMoment(compiler, right)];
  }
  if (left.kind === 'boolean' && isNumber(right.kind)) return [asNumber(compiler, left), right];
  if (right.kind === 'boolean' && isNumber(left.kind)) return [left, asNumber(compiler, right)];
  compiler.warn(`A ${left.kind} is compared with a ${right.kind}; Alteryx refuses this`, 0.7);
  if (isNumber(left.kind) || isNumber(right.kind)) return [asNumber(compiler, left), asNumber(compiler, right)];
  return [asText(compiler, left), asText(compiler, right)];
}
