/** What SQL of a node may be: one SELECT that reads relations and touches nothing else. */
import { tokenizeSql, type SqlToken } from './sql-tokens.ts';

const forbiddenWords = new Set(
  ('drop delete insert update merge truncate create alter attach detach copy install load pragma set reset call export import vacuum checkpoint use ' +
    'begin commit rollback grant revoke execute prepare deallocate describe summarize into').split(' '),
);

const forbiddenFunctions = [
  /^read_/, /^(?:parquet|csv|json|ndjson|arrow|delta|iceberg|sqlite|postgres|mysql|sniff)_/, /_scan$/, /^glob$/, /^query(?:_table)?$/,
  /^getenv$/, /^(?:http|s3|shell|system|exec)/, /^duckdb_(?:secrets|settings|extensions)$/, /^which_secret$/, /^pragma_/, /^current_setting$/, /^nextval$/,
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
  return forbiddenFunctions.some((pattern) => pattern.test(name)) ? `calls ${token.text}(), which reaches outside the pipeline` : null;
}

/**
 * What makes `sql` unsafe as a node's SQL; empty when it is one plain SELECT. Names that merely contain a forbidden word
 * (quoted identifiers, `T.SET`) are fine.
 */
export function findSqlProblems(sql: string): readonly string[] {
  const tokens = tokenizeSql(sql);
  const problems = new Set<string>();
  if (!isWord(tokens[0], 'select', 'with')) problems.add('is not a SELECT');
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token.text === ';' && token.kind === 'symbol' && next !== undefined) problems.add('holds more than one statement');
    if (isWord(token, 'from', 'join') && next?.kind === 'string') problems.add(`reads the file '${next.text}'`);
    if (token.kind === 'quoted' && isWord(tokens[index - 1], 'from', 'join') && /[./\\]/.test(token.text) && next?.text !== '.') {
      if (/\.(?:csv|tsv|txt|parquet|json|ndjson|db|duckdb|xlsx)(?:\.gz|\.zst)?$|[/\\]|:\/\//i.test(token.text)) problems.add(`reads the file "${token.text}"`);
    }
    if (token.kind === 'word' && forbiddenWords.has(token.text.toLowerCase()) && !isName(tokens, index)) problems.add(`uses ${token.text.toUpperCase()}`);
    if ((token.kind === 'word' || token.kind === 'quoted') && next?.text === '(') {
      const problem = callProblem(token);
      if (problem !== null) problems.add(problem);
    }
  }
  return [...problems];
}
