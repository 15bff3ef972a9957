/** What a statement may do, judged by its words outside of strings, comments and quoted names. */

const dangerous = new Set([
  'drop', 'truncate', 'attach', 'detach', 'copy', 'export', 'import', 'install', 'load', 'pragma', 'call', 'vacuum', 'checkpoint', 'grant', 'revoke',
]);
const readers = /^(?:read_\w+|parquet_scan|sniff_csv|glob|getenv|query_table|query)$/;

/** The words of a statement in lower case, without strings, comments and quoted identifiers. Linear in its length. */
export function bareWords(sql: string): readonly string[] {
  const pattern = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\/|([A-Za-z_][A-Za-z0-9_]*)/g;
  return [...sql.matchAll(pattern)].flatMap((match) => (match[1] === undefined ? [] : [match[1].toLowerCase()]));
}

/**
 * Words that a load or a check has no business with: dropping, leaving the database, reading files, changing settings.
 * Empty for a harmless statement. Column names that look like such words are quoted by our own printers.
 */
export function dangerousWords(sql: string): readonly string[] {
  const words = bareWords(sql);
  const found = words.filter((word, i) => {
    if (dangerous.has(word) || readers.test(word)) return true;
    if (word === 'set' || word === 'reset') return i === 0;
    return (word === 'delete' || word === 'update' || word === 'alter') && i === 0;
  });
  return [...new Set(found)];
}
