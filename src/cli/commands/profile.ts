import { PortolanError } from '../../shared/errors.ts';
import {
  type ColumnProfile,
  type InferredRelationship,
  type TableProfile,
  sampledRows,
} from '../../shared/model/profile.ts';
import { ProjectSettings } from '../../shared/model/project.ts';
import { canonicalJson } from '../../engine/index.ts';
import { parseArguments, wholeNumber } from '../arguments.ts';
import type { Command } from '../context.ts';
import { printDiagnostic, printProblem, printTable } from '../print.ts';

/** `profile FILE…`: figures of each data file; schemas named beside them tell types and keys. `--rows N` reads the first N. */
export const profile: Command = async (args, { engine, progress, json, signal, print }) => {
  const parsed = parseArguments(args, { rows: { type: 'string' }, mask: { type: 'boolean' } });
  if (parsed.files.length === 0)
    throw new PortolanError('INPUT_INVALID', 'profile needs at least one file', {
      hint: 'Usage: portolan profile FILE… [--rows N] [--mask]',
    });
  const settings = ProjectSettings.parse({
    profileRows: parsed.has('rows') ? wholeNumber(parsed, 'rows', 100_000, 1_000_000_000) : null,
    maskPersonalData: parsed.has('mask'),
  });
  let unreadable = 0;
  const found = await engine.profile(parsed.files, settings, {
    signal,
    onProgress: (done, total, detail) => progress.step('profile', done, total, detail),
    onUnreadable: (problem) => {
      unreadable += 1;
      progress.line(printProblem(problem));
    },
  });
  progress.end();
  const { profiles, relationships, diagnostics } = found;
  if (json) print(canonicalJson({ profiles, relationships, diagnostics }, 2));
  else
    print(
      [...profiles.map(printProfile), ...relationshipLines(relationships), ...diagnostics.map(printDiagnostic)].join(
        '\n',
      ),
    );
  return unreadable > 0 ? 2 : 0;
};

function printProfile(table: TableProfile): string {
  const keys = table.candidateKeys.map((key) => key.join(' + ')).join(', ');
  const dependencies = (table.dependencies ?? []).map(({ from, to }) => `${from} gives ${to}`).join(', ');
  const sampled = sampledRows(table);
  return [
    `${table.file}  ${table.table}: ${table.rows} rows${table.totalRows === undefined ? '' : ` of ${table.totalRows}`}, ${table.columns.length} columns, ${table.duplicateRows} duplicates`,
    ...(sampled === null ? [] : [`  ${sampleText(sampled)}`]),
    ...(keys === '' ? [] : [`  keys: ${keys}`]),
    ...(dependencies === '' ? [] : [`  dependencies: ${dependencies}`]),
    printTable(
      ['  column', 'empty', 'distinct', 'length', 'smallest', 'largest', 'meaning', 'most frequent'],
      table.columns.map((column) => columnCells(column, table.rows)),
    ),
    ...table.issues.map(({ kind, message }) => `  ${kind}: ${message}`),
    '',
  ].join('\n');
}

const sampleText = (rows: number): string =>
  `from a sample of about ${rows} rows: most frequent values, meanings, lengths of numbers and dates; distinct values are estimates`;

const short = (text: string): string => (text.length > 24 ? `${text.slice(0, 23)}…` : text).replaceAll(/\s/g, ' ');

function columnCells(column: ColumnProfile, rows: number): readonly string[] {
  const share = rows === 0 ? 0 : (100 * column.nulls) / rows;
  const lengths = column.minLength === null ? '' : `${column.minLength}-${column.maxLength}`;
  return [
    `  ${column.name}`,
    `${share.toFixed(1)} %`,
    String(column.distinct),
    lengths,
    short(column.min ?? ''),
    short(column.max ?? ''),
    `${column.semanticType ?? ''}${column.personal === true ? ' (personal)' : ''}`.trim(),
    column.top
      .slice(0, 3)
      .map(({ value, count }) => `${short(value)} ×${count}`)
      .join(', '),
  ];
}

function relationshipLines(relationships: readonly InferredRelationship[]): readonly string[] {
  return relationships.map(
    ({ from, to, score, evidence }) =>
      `${from.table}.${from.column} -> ${to.table}.${to.column}  ${score.toFixed(2)}  ${evidence}`,
  );
}
