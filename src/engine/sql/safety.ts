/** What SQL may do, judged by its words outside of strings, comments and quoted names. */
import { type SqlToken, tokenizeSql } from './sql-tokens.ts';

/** Words that begin a statement which changes, leaves or reconfigures a database. */
const dangerousBeginnings: ReadonlySet<string> = new Set(
  (
    'drop truncate attach detach copy export import install load pragma call vacuum checkpoint grant revoke set reset delete update alter force use ' +
    'execute prepare deallocate'
  ).split(' '),
);
/** Further words that stand in no SELECT. */
const notInSelect: ReadonlySet<string> = new Set([
  ...[...dangerousBeginnings].filter((word) => word !== 'force'),
  ...'insert merge create begin commit rollback describe summarize into'.split(' '),
]);
/** Words that need a second look where they are no calls. */
const telling: ReadonlySet<string> = new Set([...notInSelect, 'from', 'join']);
/** Functions that reach outside of the database, or change what stands in it. */
const outsideFunctions: readonly RegExp[] = [
  /^read_/,
  /^(?:parquet|arrow|delta|iceberg|sqlite|postgres|mysql|sniff)_/,
  /^json_execute/,
  /_scan$/,
  /^glob$/,
  /^query(?:_table)?$/,
  /^getenv$/,
  /^(?:http|s3|shell|system|exec)/,
  /^duckdb_(?:secrets|settings|extensions)$/,
  /^which_secret$/,
  /^pragma_/,
  /^current_setting$/,
  /^nextval$/,
];

function isWord(token: SqlToken | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toLowerCase());
}

function callsOutside(token: SqlToken, next: SqlToken | undefined): boolean {
  if (next?.text !== '(' || next.kind !== 'symbol' || (token.kind !== 'word' && token.kind !== 'quoted')) return false;
  const name = token.text.toLowerCase();
  return outsideFunctions.some((pattern) => pattern.test(name));
}

/**
 * Words that a load or a check has no business with: dropping, changing rows, leaving the database, reading files, changing
 * settings. Empty for a harmless script. A column that is named like such a word is harmless.
 */
export function dangerousWords(sql: string): readonly string[] {
  const tokens = tokenizeSql(sql);
  const found = tokens.flatMap((token, i) => {
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    const word = token.text.toLowerCase();
    const begins = token.kind === 'word' && (before === undefined || (before.kind === 'symbol' && before.text === ';'));
    const deletes = isWord(token, 'delete') && isWord(after, 'from');
    return deletes || callsOutside(token, after) || (begins && dangerousBeginnings.has(word)) ? [word] : [];
  });
  return [...new Set(found)];
}

/** Word tokens that stand as the name after a dot, or before one, are names, whatever they spell. */
function isPartOfName(tokens: readonly SqlToken[], index: number): boolean {
  return tokens[index - 1]?.text === '.' || tokens[index + 1]?.text === '.';
}

/** A file in place of a relation: DuckDB reads 'x.csv' and "x.csv" after FROM. */
function fileProblem(token: SqlToken, next: SqlToken | undefined): string | null {
  if (!isWord(token, 'from', 'join') || next === undefined) return null;
  if (next.kind === 'string') return `reads the file '${next.text}'`;
  const looksLikeFile = /\.(?:csv|tsv|txt|parquet|json|ndjson|db|duckdb|xlsx)(?:\.gz|\.zst)?$|[/\\]|:\/\//i.test(
    next.text,
  );
  return next.kind === 'quoted' && looksLikeFile ? `reads the file "${next.text}"` : null;
}

/** The FROM of `IS DISTINCT FROM` and `IS NOT DISTINCT FROM`. */
function isComparison(tokens: readonly SqlToken[], index: number): boolean {
  return isWord(tokens[index - 1], 'distinct') && isWord(tokens[index - 2], 'is', 'not');
}

function selectProblem(tokens: readonly SqlToken[], index: number): string | null {
  const token = tokens[index];
  const next = tokens[index + 1];
  if (token === undefined) return null;
  if (token.kind === 'symbol') return token.text === ';' && next !== undefined ? 'holds more than one statement' : null;
  const isCall = next?.kind === 'symbol' && next.text === '(';
  if (!isCall && (token.kind !== 'word' || !telling.has(token.text.toLowerCase()))) return null;
  if (token.kind === 'word' && notInSelect.has(token.text.toLowerCase()) && !isPartOfName(tokens, index))
    return `uses ${token.text.toUpperCase()}`;
  if (callsOutside(token, next)) return `calls ${token.text}(), which reaches outside the pipeline`;
  return isComparison(tokens, index) ? null : fileProblem(token, next);
}

/**
 * What makes `sql` unsafe as the SQL of one node, which is one SELECT that reads relations and touches nothing else; empty
 * where it is. Names that merely contain a forbidden word (quoted identifiers, `T.SET`) are fine.
 */
export function findSqlProblems(sql: string): readonly string[] {
  const tokens = tokenizeSql(sql);
  const problems = tokens.map((_token, index) => selectProblem(tokens, index)).filter((problem) => problem !== null);
  return [...new Set([...(isWord(tokens[0], 'select', 'with') ? [] : ['is not a SELECT']), ...problems])];
}

const statementBeginnings: readonly (readonly string[])[] = [
  ['select'],
  ['with'],
  ['insert', 'into'],
  ['update'],
  ['delete', 'from'],
  ['merge', 'into'],
  ['create', 'table'],
  ['drop', 'table'],
  ['set', 'variable'],
];

/** The same for one statement of a workflow, which may make, change and drop tables and set variables, and nothing more. */
export function findStatementProblems(sql: string): readonly string[] {
  const tokens = tokenizeSql(sql);
  const known = statementBeginnings.some((words) => words.every((word, at) => isWord(tokens[at], word)));
  const problems = tokens.flatMap((token, index) => {
    const next = tokens[index + 1];
    if (token.kind === 'symbol')
      return token.text === ';' && next !== undefined ? ['holds more than one statement'] : [];
    if (callsOutside(token, next)) return [`calls ${token.text}(), which reaches outside the run`];
    const file = isComparison(tokens, index) ? null : fileProblem(token, next);
    return file === null ? [] : [file];
  });
  const begins = known ? [] : ['is no SELECT, INSERT, UPDATE, DELETE, MERGE, CREATE TABLE, DROP TABLE or SET VARIABLE'];
  return [...new Set([...begins, ...problems])];
}
