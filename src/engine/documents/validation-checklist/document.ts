import type { DocumentWriter } from '../document-writer.ts';
import { gateTable } from '../facts/gate-table.ts';
import { kindWords, outcomeWords } from '../facts/run-tables.ts';
import { openPoints } from '../facts/outcome.ts';
import { type Block, heading, list, paragraph, table } from '../markdown/blocks.ts';
import { cut, cutNote } from '../markdown/cut.ts';
import { type Inline, code, count, md, plural, score, text } from '../markdown/inline.ts';
import { type CheckLine, type ChecklistFacts, checklistFacts } from './facts.ts';

const checksFile = code('sql/duckdb/03_checks.sql');
/** A box in a table: checkbox syntax works only in lists, so it is a sign. */
const box = md`☐`;
const roles = [md`Data owner`, md`Migration lead`, md`Operations`, md`Test`] as const;

/** Each check with the result that it had in the sandbox and a box for the result on the target system. */
export const validationChecklist: DocumentWriter = {
  title: 'Validation checklist',
  write(view) {
    const facts = checklistFacts(view);
    const { pending, requiredUnfed } = openPoints(view);
    return [
      paragraph(
        md`Results are those of the sandbox on the imported data. The box is for the person who repeats the check on the target system.`,
      ),
      heading(2, md`Before loading`),
      list([
        md`[ ] Inputs read completely: ${facts.inputErrors === 0 ? md`no error` : plural(facts.inputErrors, 'error')}`,
        md`[ ] Mappings decided: ${pending === 0 ? md`none is open` : md`${plural(pending, 'mapping')} open`}`,
        md`[ ] Required target columns fed: ${requiredUnfed === 0 ? md`none is missing` : md`${plural(requiredUnfed, 'column')} without a feed`}`,
        md`[ ] Backup of the target exists and its restore was tried`,
        md`[ ] The bundle was verified against its manifest`,
      ]),
      heading(2, md`Gate`),
      ...gateTable(view.state),
      ...statementSection(facts),
      ...checkSection(facts),
      ...jobSection(facts),
      heading(2, md`Sign-off`),
      table(
        ['Role', 'Name', 'Date', 'Signature'],
        roles.map((role) => [role, md` `, md` `, md` `]),
      ),
    ];
  },
};

const outcomeText = ({ outcome }: CheckLine): Inline => (outcome === 'not run' ? md`not run` : outcomeWords[outcome]);

function statementSection({ statements, hasSql }: ChecklistFacts): readonly Block[] {
  const title = heading(2, md`Statements`);
  if (statements.length === 0)
    return [title, paragraph(hasSql ? md`No statement was generated.` : md`The SQL generator has not run.`)];
  const shown = cut(statements);
  const rows = shown.shown.map((line) => [
    code(line.name),
    kindWords[line.kind] ?? md`other`,
    outcomeText(line),
    text(line.detail),
    box,
  ]);
  return [
    title,
    table(['Statement', 'Kind', 'Sandbox', 'Detail', 'Done'], rows),
    ...cutNote(shown, md`statements, failed ones first`, code('reports/validation.json')),
  ];
}

function checkSection({ checks }: ChecklistFacts): readonly Block[] {
  const title = heading(2, md`Checks of the loaded data`);
  if (checks.length === 0) return [title, paragraph(md`There is no check: no table is loaded.`)];
  const shown = cut(checks, 1000);
  const rows = shown.shown.map((line) => [
    text(line.name),
    outcomeText(line),
    count(line.rows),
    text(line.detail),
    box,
  ]);
  return [
    title,
    paragraph(md`Every query of ${checksFile} returns the number of failures, 0 where all is well.`),
    table(['Check', 'Sandbox', 'Failures #', 'Detail', 'Done'], rows),
    ...cutNote(shown, md`checks, those with findings first`, checksFile),
  ];
}

function jobSection({ jobs }: ChecklistFacts): readonly Block[] {
  if (jobs.length === 0) return [];
  const shown = cut(jobs);
  const rows = shown.shown.map((job) => [
    code(job.file),
    score(job.confidence),
    job.gate.length === 0 ? md`passed` : md`held back: ${text(job.gate.slice(0, 3).join('; '))}`,
    text(job.execution.status),
    text(job.execution.detail),
    box,
  ]);
  return [
    heading(2, md`Converted legacy ETL`),
    table(['File', 'Confidence #', 'Release gate', 'Trial run', 'Detail', 'Done'], rows),
    ...cutNote(shown, md`files`, code('pipelines/jobs.json')),
  ];
}
