import { type ColumnProfile, type TableProfile, sampledRows } from '../../../shared/model/profile.ts';
import type { DocumentWriter } from '../document-writer.ts';
import { columnText, sourceText } from '../facts/mapping-words.ts';
import { type Block, fenceWithin, heading, list, paragraph, table } from '../markdown/blocks.ts';
import { cut, cutGroups, cutNote } from '../markdown/cut.ts';
import { type Inline, code, count, joinInline, md, percent, plural, text } from '../markdown/inline.ts';
import { type QualityFacts, qualityFacts } from './facts.ts';

const fullReport = code('reports/quality.json');
const valueLimit = 40;

/** What the extracts look like, what is wrong in them, and the query that shows it. */
export const dataQualityReport: DocumentWriter = {
  title: 'Data quality report',
  write(view) {
    const facts = qualityFacts(view);
    return [
      ...summary(facts),
      ...issueSection(facts),
      ...mappingIssueSection(facts),
      ...querySection(facts),
      ...profileSections(facts),
    ];
  },
};

function summary({ tables, unprofiled }: QualityFacts): readonly Block[] {
  const title = heading(2, md`Tables`);
  if (tables.length === 0)
    return [title, paragraph(md`No extract was profiled, so there are no figures about the data.`)];
  const shown = cut(tables);
  const missing = cut(unprofiled, 40);
  const rows = shown.shown.map((profile) => [
    code(profile.table),
    code(profile.file),
    count(profile.rows),
    count(profile.columns.length),
    count(profile.duplicateRows),
    keysText(profile),
    count(profile.issues.length),
  ]);
  return [
    title,
    table(['Table', 'Extract', 'Rows #', 'Columns #', 'Duplicate rows #', 'Candidate keys', 'Issues #'], rows),
    ...cutNote(shown, md`tables`, fullReport),
    ...(missing.total === 0
      ? []
      : [
          paragraph(md`${plural(missing.total, 'source table')} without an extract:`),
          list(missing.shown.map((key) => code(key))),
        ]),
    ...cutNote(missing, md`tables without an extract`, md`the source schema`),
  ];
}

function keysText({ candidateKeys }: TableProfile): Inline {
  const keys = candidateKeys.slice(0, 4).map((key) => joinInline(key.slice(0, 6).map((column) => code(column))));
  return keys.length === 0 ? md`none found` : joinInline(keys, '; ');
}

function issueSection({ issues, byKind, tables }: QualityFacts): readonly Block[] {
  const title = heading(2, md`Defects in the data`);
  if (issues.length === 0)
    return [
      title,
      paragraph(tables.length === 0 ? md`Nothing was profiled.` : md`No defect was found in the profiled data.`),
    ];
  const shown = cut(issues);
  return [
    title,
    table(
      ['Kind', 'Issues #', 'Rows #'],
      byKind.map((kind) => [text(kind.kind), count(kind.issues), count(kind.rows)]),
    ),
    table(
      ['Table', 'Column', 'Kind', 'Rows #', 'Message'],
      shown.shown.map((issue) => [
        code(issue.table),
        code(issue.column),
        text(issue.kind),
        count(issue.rows),
        text(issue.message),
      ]),
    ),
    ...cutNote(shown, md`issues, most rows first`, fullReport),
  ];
}

function mappingIssueSection({ mappingIssues }: QualityFacts): readonly Block[] {
  const title = heading(2, md`What the mappings would meet`);
  if (mappingIssues.length === 0) return [title, paragraph(md`No mapping is known to lose or break a value.`)];
  const shown = cut(mappingIssues);
  const rows = shown.shown.map(({ mapping, issue }) => [
    sourceText(mapping),
    mapping.target === null ? md`none` : columnText(mapping.target),
    text(issue.severity),
    text(issue.kind),
    count(issue.rows),
    text(issue.message),
  ]);
  return [
    title,
    table(['Source column', 'Target column', 'Severity', 'Kind', 'Rows #', 'Message'], rows),
    ...cutNote(shown, md`issues of mappings`, code('mappings/mappings.json')),
  ];
}

function querySection({ issues }: QualityFacts): readonly Block[] {
  const shown = cut(
    issues.filter(({ query }) => query !== null),
    60,
  );
  if (shown.total === 0) return [];
  return [
    heading(2, md`Queries that count the defects`),
    ...shown.shown.flatMap(({ table: key, column, kind, rows, query }) => [
      paragraph(md`${code(column === null ? key : `${key}.${column}`)}, ${text(kind)}, ${plural(rows, 'row')}:`),
      ...fenceWithin('sql', query ?? '', 2000, fullReport),
    ]),
    ...cutNote(shown, md`queries`, fullReport),
  ];
}

function profileSections({ tables }: QualityFacts): readonly Block[] {
  const groups = cutGroups(tables.map((profile) => ({ group: profile, rows: profile.columns })));
  if (groups.total === 0) return [];
  return [
    heading(2, md`Columns`),
    paragraph(
      md`Smallest and largest values and the most frequent shape are shown as they are in the extract: treat this section like the data itself.`,
    ),
    ...groups.shown.flatMap(({ group, rows }) => [
      heading(3, code(group.table)),
      ...sampleNote(group),
      rows.total === 0
        ? paragraph(md`The extract has no columns.`)
        : table(
            ['Column', 'Null #', 'Distinct #', 'Smallest', 'Largest', 'Length', 'Meaning', 'Shape'],
            rows.shown.map((column) => profileRow(column, group.rows)),
          ),
      ...cutNote(rows, md`columns`, fullReport),
    ]),
    ...cutNote(groups, md`tables`, fullReport),
  ];
}

function sampleNote(profile: TableProfile): readonly Block[] {
  const rows = sampledRows(profile);
  if (rows === null) return [];
  return [
    paragraph(
      md`Meanings, shapes and the lengths of numbers and dates are from a sample of about ${count(rows)} rows; distinct values are estimates.`,
    ),
  ];
}

function profileRow(column: ColumnProfile, rows: number): readonly Inline[] {
  const { minLength, maxLength } = column;
  const length =
    minLength === null || maxLength === null
      ? md`—`
      : minLength === maxLength
        ? count(minLength)
        : md`${minLength} to ${maxLength}`;
  const shape = column.patterns[0];
  return [
    code(column.name),
    percent(column.nulls, rows),
    count(column.distinct),
    code(column.min, valueLimit),
    code(column.max, valueLimit),
    length,
    text(column.semanticType),
    shape === undefined ? md`—` : md`${code(shape.pattern, valueLimit)} ${percent(shape.count, rows)}`,
  ];
}
