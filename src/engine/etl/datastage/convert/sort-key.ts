/** Keys of sorts, of stages and of links, as ORDER BY has them. */
export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
  readonly insensitive: boolean;
  readonly nulls: 'first' | 'last' | null;
}

/** What rows with equal keys share. */
export function groupSql(sql: string, key: SortKey): string {
  return key.insensitive ? `lower(${sql})` : sql;
}

/** NULL is the smallest value unless the key says otherwise. */
export function orderSql(sql: string, key: SortKey): string {
  const first = key.nulls === 'first' || (key.nulls !== 'last' && !key.descending);
  return `${groupSql(sql, key)}${key.descending ? ' DESC' : ''} NULLS ${first ? 'FIRST' : 'LAST'}`;
}

/** The keys of the sort operator as an input link writes it: `tsort -key A -cs -asc -key B -ci -desc -nulls last`. */
export function writtenKeys(operator: string): readonly SortKey[] {
  return operator
    .split(/(?:^|\s)-key\s+/)
    .slice(1)
    .map((part) => {
      const words = part.trim().split(/\s+/);
      const options = words.slice(1).map((word) => word.toLowerCase());
      const nulls = options[options.indexOf('-nulls') + 1];
      return {
        column: (words[0] ?? '').replaceAll(/^["']|["']$/g, ''),
        descending: options.includes('-desc'),
        insensitive: options.includes('-ci'),
        nulls: options.includes('-nulls') && (nulls === 'first' || nulls === 'last') ? nulls : null,
      };
    });
}
