/** What causes each kind of defect and what helps: knowledge about kinds, no facts of a run. */
import type { MappingIssue } from '../../../shared/model/mapping.ts';
import type { QualityIssue } from '../../../shared/model/profile.ts';
import { type Inline, code, md } from '../markdown/inline.ts';

export interface Remedy {
  readonly symptom: Inline;
  readonly cause: Inline;
  readonly remedy: Inline;
}

export const mappingRemedies: Readonly<Record<MappingIssue['kind'], Remedy>> = {
  type: {
    symptom: md`Values become NULL in the target`,
    cause: md`They do not convert to the type of the target.`,
    remedy: md`Give the mapping an expression that converts them, or correct them in the source.`,
  },
  length: {
    symptom: md`Rows are rejected as too long`,
    cause: md`Values are longer than the target column.`,
    remedy: md`Widen the target column, or shorten by an expression.`,
  },
  not_null: {
    symptom: md`Rows are rejected as required`,
    cause: md`The target column must have a value and the source has none.`,
    remedy: md`Give the mapping a default, for instance with ${code('coalesce')}.`,
  },
  precision: {
    symptom: md`Figures differ in the last digits`,
    cause: md`The target has fewer digits or decimals than the source.`,
    remedy: md`Widen the target, or round on purpose and write that down.`,
  },
  foreign_key: {
    symptom: md`Rows are rejected for want of a parent`,
    cause: md`The referenced row is missing or is loaded later.`,
    remedy: md`Load the parent table, repair the orphans, or allow NULL.`,
  },
  duplicate_target: {
    symptom: md`A target column holds values of another column than expected`,
    cause: md`Several source columns map to it and one of them is used.`,
    remedy: md`Keep one mapping, or merge the columns in one expression.`,
  },
  required_target: {
    symptom: md`A target table stays empty or its constraint was left out`,
    cause: md`Nothing feeds a column that must have a value.`,
    remedy: md`Map a source column, or give a constant or a default.`,
  },
  lossy: {
    symptom: md`Old values cannot be found again`,
    cause: md`The conversion loses information.`,
    remedy: md`Keep the legacy column, or choose a target type that holds it.`,
  },
};

export const qualityRemedies: Readonly<Record<QualityIssue['kind'], Remedy>> = {
  nulls_in_key: {
    symptom: md`Rows are rejected as required`,
    cause: md`A key column is empty in the extract.`,
    remedy: md`Complete the key in the source, or leave the rows out on purpose.`,
  },
  nulls_in_required: {
    symptom: md`Rows are rejected as required`,
    cause: md`A column that is declared as required is empty in the extract.`,
    remedy: md`Complete it in the source, or give the mapping a default.`,
  },
  duplicate_key: {
    symptom: md`Rows are rejected as there already`,
    cause: md`A key value occurs more than once.`,
    remedy: md`Decide which row counts and filter the others in the source.`,
  },
  orphan: {
    symptom: md`Rows are rejected for want of a parent`,
    cause: md`A reference points to a row that is not in the extract.`,
    remedy: md`Export the parent table completely, or repair the reference.`,
  },
  bad_date: {
    symptom: md`Dates become NULL`,
    cause: md`The text is no date in the expected form.`,
    remedy: md`Convert with the form of the source by ${code('try_strptime')}, or correct the values.`,
  },
  bad_number: {
    symptom: md`Numbers become NULL`,
    cause: md`The text is no number: signs, units or separators are in it.`,
    remedy: md`Take them out in the expression, or correct the values.`,
  },
  too_long: {
    symptom: md`Rows are rejected as too long`,
    cause: md`Values are longer than declared.`,
    remedy: md`Widen the column, or shorten by an expression.`,
  },
  blank: {
    symptom: md`Empty text where NULL is expected`,
    cause: md`The source writes blanks for no value.`,
    remedy: md`Use ${code("nullif(trim(x), '')")} in the expression.`,
  },
  whitespace: {
    symptom: md`Joins and lookups find nothing`,
    cause: md`Values have spaces around them.`,
    remedy: md`Use ${code('trim(x)')} in the expression and in the join.`,
  },
  duplicate_row: {
    symptom: md`More rows than expected`,
    cause: md`Whole rows occur more than once.`,
    remedy: md`Find out whether the export was made twice; remove duplicates in the source.`,
  },
  encoding: {
    symptom: md`Letters look wrong`,
    cause: md`The extract was written in another character set.`,
    remedy: md`Export it again in UTF-8.`,
  },
  unreadable_row: {
    symptom: md`Fewer rows than in the source`,
    cause: md`Lines of the extract do not have the columns of the header.`,
    remedy: md`Export again with quotes around text; compare row counts.`,
  },
};

/** What the generated loads write beside a rejected row. */
export const rejectRemedies: readonly Remedy[] = [
  {
    symptom: md`… is required`,
    cause: md`A column that must have a value is NULL after conversion.`,
    remedy: md`Look at the source value in ${code('stage')}: missing, or lost in the conversion.`,
  },
  {
    symptom: md`… is longer than …`,
    cause: md`Text is longer than the target column.`,
    remedy: mappingRemedies.length.remedy,
  },
  {
    symptom: md`… is there already`,
    cause: md`A key or unique value occurs twice; the first row is kept.`,
    remedy: qualityRemedies.duplicate_key.remedy,
  },
  {
    symptom: md`no … for …`,
    cause: md`The parent row is not in the target, perhaps because it was rejected itself.`,
    remedy: md`Repair the parent first, then load again.`,
  },
  {
    symptom: md`… is part of the key and nothing feeds it`,
    cause: md`A key column has no accepted mapping.`,
    remedy: md`Map the key column; no row of the table can be loaded without it.`,
  },
];
