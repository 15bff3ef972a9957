/** Every sentence of the comparison of two schema versions. */
import { formatCount, formatPlural } from './format.ts';

/** "12 changes", or "3 of 12 changes, those shown," while a filter is on. */
const shownOf = (lines: number, all: number): string =>
  lines === all ? formatPlural(all, 'change') : `${formatCount(lines)} of ${formatPlural(all, 'change')}, those shown,`;

export const changesText = {
  title: 'Changes',
  before: 'Before',
  after: 'After',
  choose: 'Choose…',
  origins: { side: 'Sides of the project', input: 'Files of the project', file: 'Compared only' },
  compareFile: 'Compare with a file…',
  swap: 'Swap',
  copy: 'Copy',
  save: 'Export…',
  copied: (lines: number, all: number) => `${shownOf(lines, all)} copied as Markdown`,
  saved: (file: string, lines: number, all: number) =>
    lines === all ? `Changes exported to ${file}` : `${shownOf(lines, all)} exported to ${file}`,
  drop: 'Drop a version of the schema to compare with',
  dropHint: 'It is read for the comparison only and does not become an input.',
  empty: 'Two versions of a schema, compared',
  emptyMore:
    'Drop the second version onto the window or choose it: DDL, a schema export, a data dictionary or a data file. Files of the project can be compared too.',
  same: 'The two versions say the same',
  sameMore: (tables: number) =>
    `${formatPlural(tables, 'table')} compared by meaning: order, case of names and the words of a dialect make no difference.`,
  noMatch: 'No change fits',
  filter: 'Filter by table, column, type or value',
  kinds: { all: 'All', added: 'Added', removed: 'Removed', renamed: 'Renamed', changed: 'Changed' },
  breaking: 'May break',
  breakingWhy: 'Rows or statements that fitted before may not fit any more',
  tables: (changed: number, same: number) => `${formatPlural(changed, 'table')} differ · ${formatCount(same)} the same`,
  problems: (count: number) =>
    `${formatPlural(count, 'statement was', 'statements were')} not understood in these files: a table that seems removed may be one of them.`,
  columns: { kind: 'Change', table: 'Table', what: 'What', before: 'Before', after: 'After' },
  yes: 'may break',
  likely: (score: string) => `${score} likely the same`,
  absent: '—',
  inTable: 'The table in both versions',
  chooseLine: 'Choose a change',
  unchanged: 'same',
  marks: { same: '', added: '+', removed: '−', renamed: '→', changed: '~' },
} as const;
