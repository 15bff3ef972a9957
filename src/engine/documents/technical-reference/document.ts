import type { InputFile, ProjectSettings } from '../../../shared/model/project.ts';
import { compareText } from '../../core/text.ts';
import { partWeights } from '../../matching/confidence-parts.ts';
import type { DocumentWriter } from '../document-writer.ts';
import { type BundleFileKind, bundleFiles } from '../facts/bundle-files.ts';
import { type Block, heading, list, paragraph, table } from '../markdown/blocks.ts';
import { cut, cutNote } from '../markdown/cut.ts';
import { type Inline, code, count, md, score, text } from '../markdown/inline.ts';
import { glossary } from './glossary.ts';

const fileMeanings: Readonly<Record<BundleFileKind, Inline>> = {
  mappings: md`every mapping`,
  sql: md`generated SQL`,
  pipelines: md`converted legacy ETL`,
  documents: md`document`,
  review: md`log of decisions and corrections`,
  reports: md`figures of discovery and validation`,
  lineage: md`lineage of columns`,
  manifest: md`hashes of all files and inputs`,
};

/** What the figures of the other documents rest on: inputs, settings, methods, words, files. */
export const technicalReference: DocumentWriter = {
  title: 'Technical reference',
  write({ state }) {
    const files = cut(bundleFiles(state), 1000);
    return [
      ...inputSection(state.inputs),
      heading(2, md`Settings`),
      table(['Setting', 'Value'], settingRows(state.settings)),
      ...methodSection(state.settings),
      heading(2, md`Glossary`),
      table(
        ['Word', 'Meaning'],
        glossary.map(({ word, meaning }) => [word, meaning]),
      ),
      heading(2, md`Files of the bundle`),
      paragraph(md`Hashes of all of them are in ${code('manifest.json')}.`),
      table(
        ['File', 'Content'],
        files.shown.map(({ path, kind }) => [code(path), fileMeanings[kind]]),
      ),
      ...cutNote(files, md`files`, code('manifest.json')),
    ];
  },
};

function inputSection(inputs: readonly InputFile[]): readonly Block[] {
  const title = heading(2, md`Inputs`);
  if (inputs.length === 0) return [title, paragraph(md`No input file was given.`)];
  const shown = cut(
    inputs.toSorted(
      (a, b) => compareText(a.role, b.role) || compareText(a.name, b.name) || compareText(a.sha256, b.sha256),
    ),
  );
  const rows = shown.shown.map(({ name, role, format, dialect, bytes, sha256 }) => [
    code(name),
    text(role),
    text(format),
    text(dialect),
    count(bytes),
    code(sha256),
  ]);
  return [
    title,
    table(['File', 'Role', 'Format', 'Dialect', 'Bytes #', 'SHA-256'], rows),
    ...cutNote(shown, md`inputs`, code('manifest.json')),
  ];
}

function settingRows(settings: ProjectSettings): readonly (readonly Inline[])[] {
  return [
    [md`Title`, text(settings.title)],
    [md`Approved by score from`, score(settings.autoApprove)],
    [md`Likely wrong below`, score(settings.flagBelow)],
    [md`Least average confidence without review`, score(settings.minAverageConfidence)],
    [md`Least completeness without review`, score(settings.minCompleteness)],
    [md`Candidates kept for a column`, count(settings.topCandidates)],
    [md`Repairs of SQL before a person is asked`, count(settings.maxSqlRepairs)],
    [md`Domain pack`, settings.domain === null ? md`none chosen` : code(settings.domain)],
    [md`Rows profiled per table`, settings.profileRows === null ? md`all` : count(settings.profileRows)],
  ];
}

function methodSection({ autoApprove, flagBelow }: ProjectSettings): readonly Block[] {
  const { semantic, type, domain, history } = partWeights;
  return [
    heading(2, md`Methods`),
    list([
      md`Confidence: ${score(semantic)} semantic similarity + ${score(type)} type compatibility + ${score(domain)} domain context + ${score(history)} history of decisions, then calibrated. From ${score(autoApprove)} on a mapping is approved by score, below ${score(flagBelow)} it is flagged.`,
      md`Relationships: declared foreign keys; others are inferred from names and from the share of values that occur in the parent.`,
      md`Load order: parents before children along foreign keys, by name among equals. Tables that refer to each other in a circle are loaded one after the other and checked afterwards.`,
      md`Loads: the table with most mappings gives the rows, others are joined along a relationship that cannot multiply them. Rows are staged, checked against the rules of the target and inserted or rejected with the reason.`,
      md`Checks: queries that count failures, run in an in-memory DuckDB that can reach neither files nor network.`,
      md`Reproducibility: the same inputs, settings and decisions give the same files, byte for byte. No file holds the time of the run or a path of the machine.`,
    ]),
  ];
}
