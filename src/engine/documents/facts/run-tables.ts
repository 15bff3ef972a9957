import { type Block, paragraph, table } from '../markdown/blocks.ts';
import { type Inline, count, md } from '../markdown/inline.ts';
import type { RunCounts, RunOutcome } from './outcome.ts';

export const kindWords: Readonly<Record<string, Inline>> = {
  create: md`create tables`,
  load: md`load`,
  check: md`check`,
  rollback: md`roll back`,
};

export const outcomeWords: Readonly<Record<RunOutcome, Inline>> = {
  passed: md`passed`,
  findings: md`findings`,
  failed: md`failed`,
  skipped: md`skipped`,
};

/** How many statements of each kind passed in the sandbox. */
export function runCountsTable(runs: readonly RunCounts[]): readonly Block[] {
  if (runs.length === 0) return [paragraph(md`No SQL was run in the sandbox.`)];
  const rows = runs.map(({ kind, counts }) => [
    kindWords[kind] ?? md`other`,
    count(counts.passed),
    count(counts.findings),
    count(counts.failed),
    count(counts.skipped),
  ]);
  return [table(['Statements', 'Passed #', 'With findings #', 'Failed #', 'Skipped #'], rows)];
}
