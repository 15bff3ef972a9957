import type { DocumentWriter } from '../document-writer.ts';
import { kindWords } from '../facts/run-tables.ts';
import { type Block, fence, heading, paragraph, table } from '../markdown/blocks.ts';
import { cut, cutNote } from '../markdown/cut.ts';
import { type Inline, code, count, joinInline, md, text } from '../markdown/inline.ts';
import { type KindCount, type TroubleFacts, troubleFacts } from './facts.ts';
import { type Remedy, mappingRemedies, qualityRemedies, rejectRemedies } from './remedies.ts';

/** Symptom, cause and remedy for what this run met, and for the reasons that loads give. */
export const troubleshootingGuide: DocumentWriter = {
  title: 'Troubleshooting guide',
  write(view) {
    const facts = troubleFacts(view);
    return [
      ...inputSection(facts),
      ...runSections(facts),
      ...rejectSection(facts),
      ...kindSections(facts),
      ...jobSection(facts),
      ...askingSection(),
    ];
  },
};

function inputSection({ diagnostics }: TroubleFacts): readonly Block[] {
  const title = heading(2, md`Inputs`);
  if (diagnostics.length === 0) return [title, paragraph(md`No remark was made about the input files.`)];
  const shown = cut(diagnostics);
  const rows = shown.shown.map(({ severity, file, line, message, statement }) => [
    text(severity),
    code(file),
    count(line),
    text(message),
    code(statement, 80),
  ]);
  return [
    title,
    paragraph(md`The cause is in the file, at the line; the message says what helps. The rest of each file was used.`),
    table(['Severity', 'File', 'Line #', 'Message', 'Statement'], rows),
    ...cutNote(shown, md`remarks, errors first`, code('reports/diagnostics.json')),
  ];
}

function runSections({ failedRuns, findings }: TroubleFacts): readonly Block[] {
  const failed = cut(failedRuns, 200);
  const found = cut(findings, 200);
  const failedRows = failed.shown.map(({ name, kind, detail }) => [
    code(name),
    kindWords[kind] ?? md`other`,
    text(detail),
  ]);
  return [
    heading(2, md`Statements that failed`),
    failed.total === 0
      ? paragraph(md`No statement failed in the sandbox.`)
      : table(['Statement', 'Kind', 'Message of DuckDB'], failedRows),
    ...(failed.total === 0
      ? []
      : [
          paragraph(
            md`Cause: the message names the column or function. Remedy: correct the expression of the mapping in the review, then run on; a failed load leaves its target empty.`,
          ),
        ]),
    ...cutNote(failed, md`statements`, code('reports/validation.json')),
    heading(2, md`Checks with findings`),
    found.total === 0
      ? paragraph(md`No check counted a failure.`)
      : table(
          ['Check', 'Failures #'],
          found.shown.map(({ name, rows }) => [text(name), count(rows)]),
        ),
    ...cutNote(found, md`checks, most failures first`, code('reports/validation.json')),
  ];
}

function rejectSection({ rejects }: TroubleFacts): readonly Block[] {
  const title = heading(2, md`Rejected rows`);
  if (rejects === null) return [title, paragraph(md`No table is loaded, so no row can be rejected.`)];
  return [
    title,
    paragraph(
      md`Each load keeps the rows that it refuses in schema ${code('rejects')}, with the reason in ${code('__reason')} and, in ${code('__lost')}, the columns whose value was lost in conversion. To see the reasons, here for the table that is loaded first:`,
    ),
    fence('sql', `SELECT __reason, count(*) AS row_count\nFROM ${rejects}\nGROUP BY ALL ORDER BY row_count DESC;`),
    table(
      ['Reason', 'Cause', 'Remedy'],
      rejectRemedies.map(({ symptom, cause, remedy }) => [symptom, cause, remedy]),
    ),
  ];
}

function kindSections({ mappingIssues, qualityIssues }: TroubleFacts): readonly Block[] {
  return [
    heading(2, md`Conversions`),
    kindTable(mappingIssues, mappingRemedies) ?? paragraph(md`No mapping is known to lose or break a value.`),
    heading(2, md`Data`),
    kindTable(qualityIssues, qualityRemedies) ?? paragraph(md`No defect of the data is known.`),
  ];
}

function kindTable<K extends string>(
  kinds: readonly KindCount<K>[],
  remedies: Readonly<Record<K, Remedy>>,
): Block | null {
  if (kinds.length === 0) return null;
  const rows = kinds.map(({ kind, places, rows: affected, examples }): readonly Inline[] => {
    const { symptom, cause, remedy } = remedies[kind];
    return [
      symptom,
      cause,
      remedy,
      count(places),
      count(affected),
      joinInline(examples.map((example) => code(example))),
    ];
  });
  return table(['Symptom', 'Cause', 'Remedy', 'Places #', 'Rows #', 'For instance'], rows);
}

function jobSection({ jobTroubles, failedTrials }: TroubleFacts): readonly Block[] {
  const title = heading(2, md`Legacy ETL`);
  if (jobTroubles.length + failedTrials.length === 0) return [title, paragraph(md`No error was met in legacy ETL.`)];
  const troubles = cut(jobTroubles, 200);
  const trials = cut(failedTrials, 100);
  return [
    title,
    ...(troubles.total === 0
      ? []
      : [
          paragraph(
            md`Objects that were not converted as they are; the remedy is to write them by hand in the pipeline:`,
          ),
          table(
            ['File', 'Object', 'Line #', 'Message'],
            troubles.shown.map(({ file, where, line, message }) => [
              code(file),
              code(where),
              count(line),
              text(message),
            ]),
          ),
        ]),
    ...cutNote(troubles, md`errors`, code('pipelines/jobs.json')),
    ...(trials.total === 0
      ? []
      : [
          paragraph(md`Pipelines that failed when they were tried:`),
          table(
            ['File', 'Message'],
            trials.shown.map(({ file, detail }) => [code(file), text(detail)]),
          ),
        ]),
    ...cutNote(trials, md`files`, code('pipelines/jobs.json')),
  ];
}

function askingSection(): readonly Block[] {
  return [
    heading(2, md`When nothing here fits`),
    paragraph(
      md`Verify the bundle with ${code('portolan bundle BUNDLE --verify')}, then compare the figures with ${code('reports/validation.json')}. The project file keeps every step of the run: ${code('portolan history PROJECT')}.`,
    ),
  ];
}
