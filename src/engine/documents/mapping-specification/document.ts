import { type Mapping, isDerived } from '../../../shared/model/mapping.ts';
import type { ProjectSettings } from '../../../shared/model/project.ts';
import type { DocumentWriter } from '../document-writer.ts';
import {
  columnText,
  confidenceText,
  deciderWords,
  expressionText,
  statusWords,
  sourceText,
} from '../facts/mapping-words.ts';
import { type Block, heading, list, paragraph, table } from '../markdown/blocks.ts';
import { cut, cutGroups, cutNote } from '../markdown/cut.ts';
import { type Inline, code, joinInline, md, plural, score, text } from '../markdown/inline.ts';
import { type SpecificationFacts, type SpecifiedMapping, specificationFacts } from './facts.ts';

const fullList = code('mappings/mappings.csv');

/** Every mapping by target table, and both sides of what is not mapped. */
export const mappingSpecification: DocumentWriter = {
  title: 'Mapping specification',
  write(view) {
    if (view.state.mappings === undefined)
      return [paragraph(md`The mapper has not run, so there are no mappings to specify.`)];
    const facts = specificationFacts(view);
    const { settings } = view.state;
    return [
      ...legend(facts, view.mappings, settings),
      ...targetSections(facts, settings),
      ...unmappedSection(facts),
      ...unfedSection(facts),
      ...rectifierSection(facts),
    ];
  },
};

function legend(
  { byTarget }: SpecificationFacts,
  all: readonly Mapping[],
  { autoApprove, flagBelow }: ProjectSettings,
): readonly Block[] {
  const derived = all.filter(isDerived).length;
  const made =
    derived === 0 ? md`` : md` ${plural(derived, 'target column')} made of several source columns or of none.`;
  return [
    paragraph(
      md`${plural(all.length - derived, 'source column')} and ${plural(byTarget.length, 'target table')}.${made} The complete list, with rationale, is in ${fullList}; candidates and reasons are in ${code('mappings/mappings.json')}.`,
    ),
    list([
      md`Confidence: likely from ${score(autoApprove)} on, unlikely below ${score(flagBelow)}, check between.`,
      md`Only mappings that are approved, by score or by a person, take part in the generated SQL.`,
      md`Decided by: threshold (the score alone), person, or rectifier (a correction taken over from a similar mapping).`,
      md`The expression is DuckDB SQL over the columns of the source table.`,
    ]),
  ];
}

function targetSections({ byTarget }: SpecificationFacts, settings: ProjectSettings): readonly Block[] {
  const groups = cutGroups(byTarget);
  if (groups.total === 0)
    return [heading(2, md`Mappings by target table`), paragraph(md`No source column has a target.`)];
  return [
    heading(2, md`Mappings by target table`),
    ...groups.shown.flatMap(({ group, rows }) => [
      heading(3, code(group)),
      table(
        ['Target column', 'Source column', 'Kind', 'Expression', 'Confidence', 'Status', 'Decided by', 'Remarks'],
        rows.shown.map((row) => mappingRow(row, settings)),
      ),
      ...cutNote(rows, md`mappings`, fullList),
    ]),
    ...cutNote(groups, md`target tables`, fullList),
  ];
}

function mappingRow(
  { mapping, target, transformation, decider }: SpecifiedMapping,
  settings: ProjectSettings,
): readonly Inline[] {
  return [
    code(target.column),
    sourceText(mapping),
    code(transformation.type),
    expressionText(transformation, mapping.source),
    confidenceText(mapping.confidence, settings),
    statusWords[mapping.status],
    deciderWords[decider],
    remarks(mapping),
  ];
}

/** The reason in a sentence, and what would go wrong. */
function remarks({ rationale, issues }: Mapping): Inline {
  return joinInline(
    [
      text(rationale, 160),
      ...issues.slice(0, 3).map(({ severity, message }) => md`${text(severity)}: ${text(message, 160)}`),
    ],
    '; ',
  );
}

function unmappedSection({ unmapped }: SpecificationFacts): readonly Block[] {
  const shown = cut(unmapped);
  const rows = shown.shown.map(({ mapping, decider }) => {
    const best = mapping.candidates[0];
    return [
      sourceText(mapping),
      statusWords[mapping.status],
      deciderWords[decider],
      best === undefined ? md`none` : md`${columnText(best)} ${score(best.score)}`,
      text(mapping.rationale, 160),
    ];
  });
  return [
    heading(2, md`Source columns without a target`),
    shown.total === 0
      ? paragraph(md`Every source column has a target.`)
      : table(['Source column', 'Status', 'Decided by', 'Nearest candidate', 'Why'], rows),
    ...cutNote(shown, md`source columns`, fullList),
  ];
}

function unfedSection({ unfed, targetColumns }: SpecificationFacts): readonly Block[] {
  const shown = cut(unfed);
  const rows = shown.shown.map(({ table: key, column, required }) => [
    code(key),
    code(column.name),
    code(column.rawType),
    required ? md`yes` : md`no`,
    column.default === null ? md`—` : code(column.default),
    text(column.comment, 160),
  ]);
  const title = heading(2, md`Target columns without a feed`);
  if (targetColumns === 0) return [title, paragraph(md`No target schema is known.`)];
  if (shown.total === 0) return [title, paragraph(md`Every target column has an accepted feed.`)];
  return [
    title,
    paragraph(
      md`${plural(shown.total, 'column')} of ${targetColumns}, required ones first. A pending mapping does not feed its target yet.`,
    ),
    table(['Table', 'Column', 'Type', 'Required', 'Default', 'Comment'], rows),
    ...cutNote(shown, md`target columns`, md`the target schema; fed columns are in ${fullList}`),
  ];
}

function rectifierSection({ rectifications }: SpecificationFacts): readonly Block[] {
  if (rectifications.length === 0) return [];
  const shown = cut(rectifications);
  const target = (ref: (typeof rectifications)[number]['after']['target']): Inline =>
    ref === null ? md`none` : columnText(ref);
  const rows = shown.shown.map(({ mappingId, before, after, rule, score: certainty, because }) => [
    code(mappingId),
    target(before.target),
    target(after.target),
    text(rule),
    score(certainty),
    text(because, 160),
  ]);
  return [
    heading(2, md`Corrections taken over by the rectifier`),
    table(['Mapping', 'Target before', 'Target after', 'Rule', 'Score #', 'Because'], rows),
    ...cutNote(shown, md`corrections`, code('review/rectifications.json')),
  ];
}
