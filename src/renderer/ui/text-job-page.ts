/** Texts of a job's page: running its pipelines, and settings of its source system. */
import { formatCount, formatPlural } from './format.ts';

export const trialText = {
  run: 'Run',
  cancel: 'Cancel',
  running: 'Running…',
  rowsLabel: 'Rows to run on',
  countLabel: 'Rows to generate for each table',
  rows: { files: 'Files of the project', generated: 'Generated rows' },
  more: 'Tables without a file get generated rows. Nothing outside this window is changed.',
  status: { passed: 'passed', failed: 'failed', cancelled: 'cancelled' },
  nodes: (ran: number, all: number) => `${formatCount(ran)} of ${formatPlural(all, 'node')} ran`,
  given: (tables: string) => `From files: ${tables}`,
  files: 'Notes on files',
  differs: 'differs',
  notUsed: 'not used',
  failures: 'Failures',
  failed: 'failed',
  sample: (name: string, shown: number, all: number) =>
    all === 0 ? `${name}: no rows` : `${name}: ${formatCount(shown)} of ${formatPlural(all, 'row')}`,
  rejected: (rows: number) => `${formatPlural(rows, 'row')} not taken by the target`,
  laws: 'Rows in and out',
  lawsHold: 'No node lost or made rows that it should not.',
  broken: 'broken',
  quality: 'Quality checks',
  qualityStatus: { passed: 'passed', failed: 'failed', skipped: 'not checked' },
  check: (check: string, node: string) => `${check.replaceAll('_', ' ')} of ${node}`,
} as const;

export const settingsText = {
  none: 'Nothing is assumed of the source system.',
  more: 'The export does not carry these. What is said here is kept in the project and used for its other jobs as well.',
  said: 'confirmed',
  assumed: 'assumed',
  uses: (uses: number) => `${formatPlural(uses, 'object')} ${uses === 1 ? 'depends' : 'depend'} on it`,
  where: (where: string) => `In the source system: ${where}`,
  confirm: 'Confirm',
  set: 'Set',
  takeBack: 'Take back',
  changing: 'The jobs are being converted anew',
  saved: 'Jobs converted anew. Documents and validation follow with the next run.',
} as const;
