import type { DocumentWriter } from '../document-writer.ts';
import { columnText } from '../facts/mapping-words.ts';
import { type Block, heading, list, paragraph, table } from '../markdown/blocks.ts';
import { cut, cutGroups, cutNote } from '../markdown/cut.ts';
import { type Inline, code, count, joinInline, md, plural, score, text } from '../markdown/inline.ts';
import { type SourceFacts, type TableFacts, sourceFacts } from './facts.ts';
import { schemaDiagram } from './schema-diagram.ts';

const elsewhere = md`the input files; every column with its mapping is in ${code('mappings/mappings.csv')}`;
const names = (columns: readonly string[]): Inline =>
  columns.length === 0 ? md`—` : joinInline(columns.slice(0, 12).map((column) => code(column)));

/** What the legacy side consists of: files, tables, keys, relationships, columns. */
export const sourceSchemaAnalysis: DocumentWriter = {
  title: 'Source schema analysis',
  write(view) {
    if (view.state.discovery === undefined)
      return [paragraph(md`Discovery has not run, so nothing is known about the source schema.`)];
    const facts = sourceFacts(view);
    if (facts.tables.length === 0) return [paragraph(md`No source table was found in the inputs.`)];
    return [
      ...filesSection(facts),
      ...tablesSection(facts),
      heading(2, md`Entity relationship diagram`),
      ...schemaDiagram(facts),
      ...relationshipSections(facts),
      ...columnSections(facts),
    ];
  },
};

function filesSection({ files, families }: SourceFacts): readonly Block[] {
  const shown = cut(files);
  const rows = shown.shown.map((file) => [
    code(file.file),
    code(file.format),
    file.dialect === null ? md`—` : code(file.dialect),
    count(file.tables),
    count(file.columns),
    count(file.remarks),
  ]);
  return [
    heading(2, md`Files`),
    table(['File', 'Format', 'Dialect', 'Tables #', 'Columns #', 'Remarks #'], rows),
    ...cutNote(shown, md`files`, code('manifest.json')),
    heading(2, md`Types`),
    table(
      ['Type', 'Columns #'],
      families.map(({ family, columns }) => [code(family), count(columns)]),
    ),
  ];
}

function tablesSection({ tables, withoutKey }: SourceFacts): readonly Block[] {
  const shown = cut(tables);
  const rows = shown.shown.map(
    ({
      entry: {
        key,
        table: { kind, columns, primaryKey, foreignKeys, indexes, checks },
      },
      rows: known,
    }) => [
      code(key),
      code(kind),
      count(columns.length),
      known === null ? md`not known` : count(known),
      names(primaryKey),
      count(foreignKeys.length),
      count(indexes.length),
      count(checks.length),
    ],
  );
  const keyless = cut(withoutKey, 40);
  return [
    heading(2, md`Tables`),
    table(['Table', 'Kind', 'Columns #', 'Rows #', 'Primary key', 'Foreign keys #', 'Indexes #', 'Checks #'], rows),
    ...cutNote(shown, md`tables`, elsewhere),
    ...(keyless.total === 0
      ? []
      : [
          paragraph(md`${plural(keyless.total, 'table')} without a declared primary key:`),
          list(keyless.shown.map((key) => code(key))),
        ]),
    ...cutNote(keyless, md`tables without a key`, elsewhere),
  ];
}

function relationshipSections({ declared, inferred }: SourceFacts): readonly Block[] {
  const known = cut(declared);
  const found = cut(inferred);
  const declaredRows = known.shown.map(({ from, to, foreignKey, known: present }) => [
    code(from),
    names(foreignKey.columns),
    code(to),
    names(foreignKey.references.columns),
    present ? md`yes` : md`no, the table is not among the inputs`,
  ]);
  const inferredRows = found.shown.map(({ from, to, score: certainty, inclusion, evidence }) => [
    columnText(from),
    columnText(to),
    score(certainty),
    score(inclusion),
    text(evidence),
  ]);
  return [
    heading(2, md`Declared relationships`),
    known.total === 0
      ? paragraph(md`No foreign key is declared.`)
      : table(['Table', 'Columns', 'References', 'Columns there', 'Resolved'], declaredRows),
    ...cutNote(known, md`foreign keys`, elsewhere),
    heading(2, md`Inferred relationships`),
    found.total === 0
      ? paragraph(md`No further relationship was inferred.`)
      : table(['Column', 'Refers to', 'Score #', 'Values included #', 'Evidence'], inferredRows),
    ...cutNote(found, md`inferred relationships, best first`, md`the project file`),
  ];
}

function columnSections({ tables }: SourceFacts): readonly Block[] {
  const groups = cutGroups(tables.map((table) => ({ group: table, rows: table.entry.table.columns })));
  return [
    heading(2, md`Columns`),
    ...groups.shown.flatMap(({ group, rows }) => [
      heading(3, code(group.entry.key)),
      ...(group.entry.table.comment === null ? [] : [paragraph(text(group.entry.table.comment))]),
      rows.total === 0
        ? paragraph(md`The table has no columns.`)
        : table(
            ['Column', 'Type as written', 'Type', 'Null', 'Default', 'Key', 'Comment'],
            rows.shown.map((column) => columnRow(column, group)),
          ),
      ...cutNote(rows, md`columns`, elsewhere),
    ]),
    ...cutNote(groups, md`tables`, elsewhere),
  ];
}

function columnRow(
  column: TableFacts['entry']['table']['columns'][number],
  { entry, foreignKeyColumns }: TableFacts,
): readonly Inline[] {
  const keys = [
    ...(entry.table.primaryKey.includes(column.name) ? [md`primary`] : []),
    ...(foreignKeyColumns.has(column.name) ? [md`foreign`] : []),
  ];
  const standard = column.generated ?? column.default;
  return [
    code(column.name),
    code(column.rawType),
    code(column.type),
    column.nullable ? md`yes` : md`no`,
    standard === null ? md`—` : code(standard),
    keys.length === 0 ? md`—` : joinInline(keys),
    text(column.comment, 160),
  ];
}
