/** Two versions of a schema held against each other, as pages for the window and as texts to pass on. */
import { PortolanError } from '../../shared/errors.ts';
import type { ComparedRow, Output, ParsedInput } from '../../shared/ipc/contract.ts';
import type { Column } from '../../shared/model/schema.ts';
import type { SchemaDiffLine } from '../../shared/model/schema-diff.ts';
import { describeColumn, printSchemaDiff, schemaDiffMarkdown } from '../../engine/index.ts';
import type { Comparison, SchemaVersions } from './schema-versions.ts';
import { wordsOf } from './search-words.ts';

export async function comparedLines(
  versions: SchemaVersions,
  query: ParsedInput<'compare.lines'>,
): Promise<Output<'compare.lines'>> {
  const { before, after, diff, lines } = await versions.compare(query.before, query.after);
  const { fitting, shown } = filtered(lines, query);
  const counts = { all: fitting.length, added: 0, removed: 0, renamed: 0, changed: 0, breaking: 0 };
  for (const line of fitting) {
    counts[line.kind] += 1;
    if (line.breaking) counts.breaking += 1;
  }
  return {
    total: shown.length,
    lines: shown.slice(query.offset, query.offset + query.limit),
    counts,
    tables: diff.tables.length,
    unchanged: diff.unchanged,
    problems: before.problems + after.problems,
  };
}

type Filter = Pick<ParsedInput<'compare.copy'>, 'text' | 'kind' | 'breaking'>;

/** Lines that fit the words, and those of them that are shown. */
function filtered(
  lines: readonly SchemaDiffLine[],
  { text, kind, breaking }: Filter,
): { readonly fitting: readonly SchemaDiffLine[]; readonly shown: readonly SchemaDiffLine[] } {
  const words = wordsOf(text);
  const fitting = words.length === 0 ? lines : lines.filter((line) => words.every((word) => says(line, word)));
  const shown = fitting.filter((line) => (kind === 'all' || line.kind === kind) && (line.breaking || !breaking));
  return { fitting, shown };
}

/** Finds by names, by what changed ("type") and by what is written on either side ("varchar"). */
function says({ table, column, subject, before, after }: SchemaDiffLine, word: string): boolean {
  return [table, column, subject, before, after].some((part) => part?.toLowerCase().includes(word) === true);
}

export async function comparedTable(
  versions: SchemaVersions,
  { before, after, table, offset, limit }: ParsedInput<'compare.table'>,
): Promise<Output<'compare.table'>> {
  const rows = rowsOf(await versions.compare(before, after), table);
  return { total: rows.length, rows: rows.slice(offset, offset + limit) };
}

function rowsOf({ before, after, diff }: Comparison, table: string): ComparedRow[] {
  const change = diff.tables.find((one) => (one.after ?? one.before) === table);
  if (change === undefined)
    throw new PortolanError('INPUT_INVALID', `The table ${table} did not change between the two versions`);
  const old = new Map(
    (before.tables.get(change.before ?? '')?.columns ?? []).map((column) => [column.name.toLowerCase(), column]),
  );
  const own = after.tables.get(change.after ?? '')?.columns ?? [];
  const changes = new Map(change.columns.flatMap((one) => (one.after === null ? [] : [[one.after, one] as const])));
  const rows = own.map((column): ComparedRow => {
    const kind = change.kind === 'added' ? 'added' : (changes.get(column.name)?.kind ?? 'same');
    const previous = old.get((changes.get(column.name)?.before ?? column.name).toLowerCase());
    return { kind, before: kind === 'added' ? null : declared(previous), after: declared(column) };
  });
  const isGone = new Set(change.columns.flatMap((one) => (one.kind === 'removed' ? [one.before] : [])));
  const gone = [...old.values()].filter((column) => change.kind === 'removed' || isGone.has(column.name));
  return [...rows, ...gone.map((column) => ({ kind: 'removed' as const, before: declared(column), after: null }))];
}

const declared = (column: Column | undefined): string | null =>
  column === undefined ? null : `${column.name} ${describeColumn(column)}`;

/** The changes that are shown. Plain text has all of them or none to choose from: a part of them is Markdown in either case. */
export async function comparedText(
  versions: SchemaVersions,
  query: ParsedInput<'compare.copy'>,
  format: 'text' | 'markdown',
): Promise<{ readonly text: string; readonly lines: number; readonly all: number }> {
  const { before, after, diff, lines } = await versions.compare(query.before, query.after);
  const { shown } = filtered(lines, query);
  const names = { before: before.name, after: after.name, unchanged: diff.unchanged, all: lines.length };
  const isWhole = shown.length === lines.length;
  const text = format === 'text' && isWhole ? `${printSchemaDiff(diff)}\n` : schemaDiffMarkdown(shown, names);
  return { text, lines: shown.length, all: lines.length };
}
