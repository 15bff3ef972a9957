/** The true pairs of a matching benchmark: `source_table,source_column,target_table,target_column` a line. */

/** `table.column` of a source in lower case → its true targets; an empty set means that it maps to nothing. */
export type Truth = ReadonlyMap<string, ReadonlySet<string>>;

export const pairKey = (table: string, column: string): string => `${table}.${column}`.trim().toLowerCase();

/** Lines of fewer than four cells are left out; the first line is the header. */
export function parseTruth(text: string): Truth {
  const truth = new Map<string, Set<string>>();
  for (const line of text.split(/\r?\n/).slice(1)) {
    const [sourceTable, sourceColumn, targetTable, targetColumn] = splitLine(line);
    if (
      sourceTable === undefined ||
      sourceColumn === undefined ||
      targetTable === undefined ||
      targetColumn === undefined
    )
      continue;
    const key = pairKey(sourceTable, sourceColumn);
    const targets = truth.get(key) ?? new Set<string>();
    if (targetColumn !== '') targets.add(pairKey(targetTable, targetColumn));
    truth.set(key, targets);
  }
  return truth;
}

function splitLine(line: string): readonly string[] {
  const cells: string[] = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
  return cells;
}
