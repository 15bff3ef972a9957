/** What SQL of a node may be: one SELECT that reads relations and touches nothing else. */
import { tokenizeSql, type SqlToken } from './sql-tokens.ts';

const forbiddenWords = new Set(
  (
    'drop delete insert update merge truncate create alter attach detach copy install load pragma set reset call export import vacuum checkpoint use ' +
    'begin commit rollback grant revoke execute prepare deallocate describe summarize into'
  ).split(' '),
);

const forbiddenFunctions = [
  /^read_/,
  /^(?:parquet|csv|json|ndjson|arrow|delta|iceberg|sqlite|postgres|mysql|sniff)_/,
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

/** Word tokens that stand as the name after a dot or an AS are names, whatever they spell. */
function isName(tokens: readonly SqlToken[], index: number): boolean {
  const before = tokens[index - 1];
  return before?.text === '.' || tokens[index + 1]?.text === '.';
}

function callProblem(token: SqlToken): string | null {
  const name = token.text.toLowerCase();
  return forbiddenFunctions.some((pattern) => pattern.test(name))
    ? `calls ${token.text}(), which reaches outside the pipeline`
    : null;
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

function tokenProblem(tokens: readonly SqlToken[], index: number): string | null {
  const token = tokens[index];
  const next = tokens[index + 1];
  if (token === undefined) return null;
  if (token.kind === 'symbol') return token.text === ';' && next !== undefined ? 'holds more than one statement' : null;
  if (token.kind === 'word' && forbiddenWords.has(token.text.toLowerCase()) && !isName(tokens, index))
    return `uses ${token.text.toUpperCase()}`;
  const called = next?.text === '(' && (token.kind === 'word' || token.kind === 'quoted');
  return (called ? callProblem(token) : null) ?? (isComparison(tokens, index) ? null : fileProblem(token, next));
}

/**
 * What makes `sql` unsafe as a node's SQL; empty when it is one plain SELECT. Names that merely contain a forbidden word
 * (quoted identifiers, `T.SET`) are fine.
 */
export function findSqlProblems(sql: string): readonly string[] {
  const tokens = tokenizeSql(sql);
  const problems = tokens.map((_token, index) => tokenProblem(tokens, index)).filter((problem) => problem !== null);
  return [...new Set([...(isWord(tokens[0], 'select', 'with') ? [] : ['is not a SELECT']), ...problems])];
}
