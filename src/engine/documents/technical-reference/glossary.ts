import { type Inline, code, md } from '../markdown/inline.ts';

/** The words of all ten documents, in alphabetical order. */
export const glossary: readonly { readonly word: Inline; readonly meaning: Inline }[] = [
  { word: md`Bundle`, meaning: md`The folder with all results and a manifest of their hashes.` },
  { word: md`Completeness`, meaning: md`Share of source columns whose fate is settled, as the evaluator counts it.` },
  { word: md`Confidence`, meaning: md`How likely a mapping is right, from 0 to 1.` },
  { word: md`Extract`, meaning: md`A data file with the rows of a legacy table.` },
  { word: md`Feed`, meaning: md`The accepted mapping that gives a target column its value.` },
  { word: md`Flagged`, meaning: md`A mapping that is likely wrong.` },
  { word: md`Gate`, meaning: md`The rules that a converted job must meet to count as completed.` },
  { word: md`Lineage`, meaning: md`From which columns a column is made.` },
  { word: md`Mapping`, meaning: md`Where a source column goes and by which expression.` },
  { word: md`Pipeline`, meaning: md`A converted legacy job as DataFlow YAML.` },
  { word: md`Rectifier`, meaning: md`The step that takes a person's correction to similar mappings.` },
  {
    word: md`Rejected row`,
    meaning: md`A row that breaks a rule of the target; it is kept in ${code('rejects')} with the reason.`,
  },
  { word: md`Sandbox`, meaning: md`The in-memory database in which generated SQL is tried.` },
  { word: md`Target coverage`, meaning: md`Share of target columns that are fed.` },
];
