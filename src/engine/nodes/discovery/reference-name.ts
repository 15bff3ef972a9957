/** How strongly the name of a column says that it refers to the key of a table. */
import { nameTokens } from './semantic-type.ts';

const identifierSuffixes: readonly string[] = [
  'id',
  'ids',
  'nbr',
  'no',
  'num',
  'number',
  'cd',
  'code',
  'key',
  'sk',
  'fk',
  'pk',
  'ref',
  'uuid',
  'guid',
];
const tableAffixes: readonly string[] = [
  'tbl',
  'table',
  'mstr',
  'master',
  'hdr',
  'header',
  'dim',
  'fact',
  'dtl',
  'ref',
  'lkp',
  't',
  'tb',
  'stg',
];

export interface ReferenceName {
  /** 0..1 */
  readonly score: number;
  readonly reason: string;
}

const none: ReferenceName = { score: 0, reason: '' };

/** A name cut into the words that are compared: once for each name, however often it is compared. */
export interface NameWords {
  readonly name: string;
  readonly all: readonly string[];
  /** Without words that only say that it identifies something. */
  readonly own: readonly string[];
  /** In the singular. */
  readonly singular: readonly string[];
}

export function columnWords(name: string): NameWords {
  const all = splitGlued(nameTokens(name));
  const own = stripped(all, identifierSuffixes);
  return { name, all, own, singular: own.map(singular) };
}

export function tableWords(name: string): NameWords {
  const all = nameTokens(name);
  const own = stripped(all, tableAffixes);
  return { name, all, own, singular: own.map(singular) };
}

/** Whether the last word of a column name is one that identifiers end in. */
export function isIdentifierName(column: string): boolean {
  return identifierSuffixes.includes(splitGlued(nameTokens(column)).at(-1) ?? '');
}

/** From a column to a key column of a table, by name only. */
export function referenceName(from: NameWords, table: NameWords, key: NameWords): ReferenceName {
  if (key.own.length > 0 && same(from.all, key.all)) return { score: 1, reason: 'the names are the same' };
  if (from.own.length === 0) return none;
  if (key.own.length > 0 && endsWith(from.own, key.own))
    return { score: 0.85, reason: `${from.name} ends like ${key.name}` };
  const named = table.singular.length > 0;
  if (named && same(from.singular, table.singular))
    return { score: 0.9, reason: `${from.name} names the table ${table.name}` };
  if (named && endsWith(from.singular, table.singular))
    return { score: 0.8, reason: `${from.name} ends in the name of ${table.name}` };
  if (key.own.length > 0 && alike(from.own, key.own))
    return { score: 0.7, reason: `${from.name} and ${key.name} abbreviate the same words` };
  if (named && alike(from.singular, table.singular))
    return { score: 0.65, reason: `${from.name} abbreviates ${table.name}` };
  return none;
}

/** True where two names may refer to each other by their last words, which every rule of `referenceName` compares. */
export function lastWordsMeet(a: string, b: string): boolean {
  return abbreviates(a, b) || abbreviates(singular(a), singular(b));
}

/** `custid` is written as one word: the suffix is split off where enough remains. */
function splitGlued(tokens: readonly string[]): readonly string[] {
  const last = tokens.at(-1);
  if (last === undefined) return tokens;
  const suffix = ['id', 'nbr', 'code', 'key', 'no'].find(
    (candidate) => last.length >= candidate.length + 3 && last.endsWith(candidate),
  );
  return suffix === undefined ? tokens : [...tokens.slice(0, -1), last.slice(0, -suffix.length), suffix];
}

function stripped(tokens: readonly string[], affixes: readonly string[]): readonly string[] {
  return tokens.filter((token) => !affixes.includes(token));
}

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((token, index) => token === b[index]);
}

function endsWith(long: readonly string[], short: readonly string[]): boolean {
  return long.length > short.length && same(long.slice(-short.length), short);
}

/** Word by word the same, or one an abbreviation of the other: `mtr` of `meter`, `acct` of `account`. */
function alike(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.length > 0 && a.every((word, index) => abbreviates(word, b[index] ?? ''));
}

function abbreviates(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short === long) return true;
  if (short.length < 3 || short[0] !== long[0]) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at === short.length;
}
