/** Garbled variants of texts, the same for the same seed. */

/** A small generator of numbers below `limit`. */
export function numbersFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
}

type Next = (limit: number) => number;
type Mutation = (text: string, next: Next, others: readonly string[]) => string;

const pick = <T>(list: readonly T[], next: Next): T => {
  const one = list[next(list.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
};

const noise = [
  '',
  '"',
  "'",
  '<',
  '>',
  '&',
  '&amp',
  '&#x0;',
  '\u0000',
  '\uFFFF',
  '\uD800',
  '\u202E',
  'é',
  '日本',
  '__proto__',
  'constructor',
  "'; DROP TABLE x; --",
  '--',
  '/*',
  '((((',
  '))))',
  '[',
  ']',
  '{',
  '}',
  '\\',
  '\\(2)',
  '\\(3)',
  '=+=+=+=',
  'BEGIN DSRECORD',
  'END DSSUBRECORD',
  '</MAPPING>',
  '<![CDATA[',
  ']]>',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&b;',
  'NaN',
  '-1',
  '0',
  '1e999',
  '999999999999999999999',
  '-2147483649',
  'NULL',
  '$$',
  '@[User::',
  '#{',
  '%',
  '\t',
  '\r\n',
];
const nests = [
  '(',
  'IIF(',
  'NOT ',
  '-',
  '!',
  'a+',
  'a||',
  '<a>',
  '<Node ToolID="1"><ChildNodes>',
  'BEGIN DSSUBRECORD\n',
  '[',
  'IF a THEN ',
  'x = y AND ',
  '(DT_I4)',
  '?:',
  'If a Then ',
];

const words = /[A-Za-z_][\w.]{2,40}/g;

/** A stretch of at most `longest` characters. */
function stretch(text: string, next: Next, longest: number): readonly [number, number] {
  const from = next(text.length + 1);
  return [from, Math.min(text.length, from + next(longest) + 1)];
}

const mutations: readonly Mutation[] = [
  (text, next) => text.slice(0, next(text.length + 1)),
  (text, next) => text.slice(next(text.length + 1)),
  (text, next) => {
    const [from, to] = stretch(text, next, 400);
    return text.slice(0, from) + text.slice(to);
  },
  (text, next) => {
    const [from, to] = stretch(text, next, 12);
    return text.slice(0, from) + pick(noise, next) + text.slice(to);
  },
  (text, next, others) => {
    const other = pick(others, next);
    const [from, to] = stretch(other, next, 2000);
    const at = next(text.length + 1);
    return text.slice(0, at) + other.slice(from, to) + text.slice(at);
  },
  (text, next) => {
    const [from, to] = stretch(text, next, 1500);
    return text.slice(0, to) + text.slice(from, to).repeat(1 + next(20)) + text.slice(to);
  },
  (text, next) => {
    const at = next(text.length + 1);
    return text.slice(0, at) + pick(nests, next).repeat(1 + next(next(100) === 0 ? 20_000 : 300)) + text.slice(at);
  },
  (text, next) => {
    const numbers = [...text.matchAll(/\d+/g)];
    if (numbers.length === 0) return text;
    const found = pick(numbers, next);
    return text.slice(0, found.index) + pick(noise, next) + text.slice(found.index + found[0].length);
  },
  (text, next) => {
    const found = [...text.matchAll(words)];
    if (found.length < 2) return text;
    const [a, b] = [pick(found, next)[0], pick(found, next)[0]];
    return next(2) === 0 ? text.replaceAll(a, b) : text.replace(a, b);
  },
  (text, next) => {
    const lines = text.split('\n');
    const from = next(lines.length);
    const moved = lines.splice(from, 1 + next(5));
    lines.splice(next(lines.length + 1), 0, ...moved);
    return lines.join('\n');
  },
];

/** `text` with one to five changes. Never longer than about a megabyte. */
export function mutated(text: string, next: Next, others: readonly string[]): string {
  let result = text;
  for (let count = 1 + next(5); count > 0; count -= 1) result = pick(mutations, next)(result, next, others);
  return result.slice(0, 1_000_000);
}
