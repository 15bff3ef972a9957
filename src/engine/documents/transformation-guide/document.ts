import type { Transformation } from '../../../shared/model/mapping.ts';
import type { DocumentWriter } from '../document-writer.ts';
import { columnText, expressionText, sourceText } from '../facts/mapping-words.ts';
import { type Block, fenceWithin, heading, list, paragraph, table } from '../markdown/blocks.ts';
import { cut, cutNote, limits } from '../markdown/cut.ts';
import { type Inline, code, count, joinInline, md, plural, text } from '../markdown/inline.ts';
import { type ConversionGroup, type GuideFacts, type LoadFacts, guideFacts } from './facts.ts';
import { jobSections } from './job-sections.ts';

const meanings: Readonly<Record<Transformation['type'], Inline>> = {
  direct: md`The value is taken over as it is.`,
  cast: md`The value is converted to the type of the target. A value that does not convert becomes NULL and is counted by a check.`,
  split: md`One source column feeds several target columns.`,
  merge: md`Several source columns make one value.`,
  calculated: md`The value is computed.`,
  constant: md`The value is fixed and does not depend on the source row.`,
  lookup: md`The value is found by way of another table.`,
  none: md`No value is made.`,
};

/** How values and jobs are converted, with the SQL. */
export const transformationGuide: DocumentWriter = {
  title: 'Transformation guide',
  write(view) {
    const facts = guideFacts(view);
    return [...conversionSections(facts.conversions), ...loadSections(facts), ...jobSections(facts)];
  },
};

function conversionSections(groups: readonly ConversionGroup[]): readonly Block[] {
  if (groups.length === 0)
    return [
      heading(2, md`Conversions of columns`),
      paragraph(md`No mapping is accepted, so no column is converted yet.`),
    ];
  return [
    heading(2, md`Conversions of columns`),
    paragraph(md`Accepted mappings by the way in which the value is made.`),
    ...groups.flatMap(({ type, targets }) => {
      const shown = cut(targets, limits.rows / 2);
      const rows = shown.shown.map(({ mapping, target, transformation }) => [
        columnText(target),
        sourceText(mapping),
        expressionText(transformation, mapping.source),
      ]);
      return [
        heading(3, md`${text(type)}: ${plural(shown.total, 'column')}`),
        paragraph(meanings[type]),
        table(['Target column', 'Source column', 'SQL'], rows),
        ...cutNote(shown, md`columns`, code('mappings/mappings.csv')),
      ];
    }),
  ];
}

function loadSections({ loads }: GuideFacts): readonly Block[] {
  const title = heading(2, md`Loads`);
  if (loads.length === 0) return [title, paragraph(md`No load statement was generated.`)];
  const shown = cut(loads);
  const rows = shown.shown.map(({ statement, run }) => [
    code(statement.name),
    text(statement.complexity),
    count(statement.columns.length),
    run === null ? md`not run` : text(run.status),
    joinInline(
      statement.notes.slice(0, 4).map((note) => text(note, 200)),
      '; ',
    ),
  ]);
  return [
    title,
    paragraph(
      md`Each load stages the converted rows, moves rows that break a rule of the target to ${code('rejects')} with the reason, and inserts the rest.`,
    ),
    table(['Target table', 'Complexity', 'Columns #', 'Sandbox', 'Notes'], rows),
    ...cutNote(shown, md`loads`, code('sql/duckdb/02_load.sql')),
    ...loadTexts(loads),
  ];
}

/** The SQL of the loads, until the document's share of text is used up. */
function loadTexts(loads: readonly LoadFacts[]): readonly Block[] {
  const blocks: Block[] = [];
  let left: number = limits.sqlCharacters;
  let printed = 0;
  for (const { statement } of loads) {
    const length = Math.min(statement.sql.length, limits.oneSql);
    if (length > left || printed >= limits.groups) break;
    left -= length;
    printed += 1;
    blocks.push(
      heading(3, md`Load of ${code(statement.name)}`),
      ...(statement.notes.length > 4 ? [list(statement.notes.slice(0, 40).map((note) => text(note)))] : []),
    );
    blocks.push(...fenceWithin('sql', statement.sql, limits.oneSql, code('sql/duckdb/02_load.sql')));
  }
  return [
    ...blocks,
    ...cutNote(
      { shown: loads.slice(0, printed), total: loads.length },
      md`loads as SQL`,
      code('sql/duckdb/02_load.sql'),
    ),
  ];
}
