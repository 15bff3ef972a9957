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

/** Whether the last word of a column name is one that identifiers end in. */
export function isIdentifierName(column: string): boolean {
  return identifierSuffixes.includes(splitGlued(nameTokens(column)).at(-1) ?? '');
}

/** From a column to a key column of a table, by name only. */
export function referenceName(fromColumn: string, toTable: string, toColumn: string): ReferenceName {
  const from = splitGlued(nameTokens(fromColumn));
  const to = splitGlued(nameTokens(toColumn));
  const fromWords = stripped(from, identifierSuffixes);
  const toWords = stripped(to, identifierSuffixes);
  const tableWords = stripped(nameTokens(toTable), tableAffixes).map(singular);
  if (toWords.length > 0 && same(from, to)) return { score: 1, reason: 'the names are the same' };
  if (fromWords.length === 0) return none;
  if (toWords.length > 0 && endsWith(fromWords, toWords))
    return { score: 0.85, reason: `${fromColumn} ends like ${toColumn}` };
  if (tableWords.length > 0 && same(fromWords.map(singular), tableWords))
    return { score: 0.9, reason: `${fromColumn} names the table ${toTable}` };
  if (tableWords.length > 0 && endsWith(fromWords.map(singular), tableWords))
    return { score: 0.8, reason: `${fromColumn} ends in the name of ${toTable}` };
  if (toWords.length > 0 && alike(fromWords, toWords))
    return { score: 0.7, reason: `${fromColumn} and ${toColumn} abbreviate the same words` };
  if (tableWords.length > 0 && alike(fromWords.map(singular), tableWords))
    return { score: 0.65, reason: `${fromColumn} abbreviates ${toTable}` };
  return none;
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
