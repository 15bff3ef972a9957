/** What a statement may do, judged by its words outside of strings, comments and quoted names. */

/** Words that begin a statement which a load or a check has no business with. Elsewhere they are names. */
const dangerousBeginnings = new Set([
  'drop',
  'truncate',
  'attach',
  'detach',
  'copy',
  'export',
  'import',
  'install',
  'load',
  'pragma',
  'call',
  'vacuum',
  'checkpoint',
  'grant',
  'revoke',
  'set',
  'reset',
  'delete',
  'update',
  'alter',
  'force',
  'use',
  'execute',
  'prepare',
]);
/** Functions that reach outside of the database. */
const readers = /^(?:read_\w+|parquet_scan|sniff_csv|glob|getenv|query_table|query)$/;

type Token = { readonly kind: 'word' | 'mark'; readonly text: string };

/** Words in lower case and the marks that matter; strings, comments and quoted identifiers are left out. */
function tokensOf(sql: string): readonly Token[] {
  const pattern = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\/|([A-Za-z_][A-Za-z0-9_]*)|([;(])/g;
  return [...sql.matchAll(pattern)].flatMap(([, word, mark]): readonly Token[] => {
    if (word !== undefined) return [{ kind: 'word', text: word.toLowerCase() }];
    return mark === undefined ? [] : [{ kind: 'mark', text: mark }];
  });
}

/**
 * Words that a load or a check has no business with: dropping, changing rows, leaving the database, reading files, changing
 * settings. Empty for a harmless statement. A column that is named like such a word is harmless.
 */
export function dangerousWords(sql: string): readonly string[] {
  const tokens = tokensOf(sql);
  const found = tokens.flatMap(({ kind, text }, i) => {
    if (kind === 'mark') return [];
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    const begins = before === undefined || before.text === ';';
    const deletes = text === 'delete' && after?.text === 'from';
    const reads = readers.test(text) && after?.text === '(';
    return deletes || reads || (begins && dangerousBeginnings.has(text)) ? [text] : [];
  });
  return [...new Set(found)];
}
