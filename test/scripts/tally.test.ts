import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tallyOfVitest } from '../../scripts/check/tally.mjs';

const folder = mkdtempSync(join(tmpdir(), 'portolan-tally-'));
const file = join(folder, 'report.json');
const report = (testResults: readonly object[], numFailedTests: number) =>
  writeFileSync(
    file,
    JSON.stringify({ numPassedTests: 3, numFailedTests, numPendingTests: 1, numTodoTests: 1, testResults }),
  );

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the count behind the closing line of npm test', () => {
  it('takes what the report counts', () => {
    report([{ status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }], 1);
    expect(tallyOfVitest(file, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  it('counts a file that could not be loaded, which has no tests of its own', () => {
    report([{ status: 'failed', assertionResults: [] }], 0);
    expect(tallyOfVitest(file, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  it('never calls a run that ended badly a pass', () => {
    report([{ status: 'passed', assertionResults: [{ status: 'passed' }] }], 0);
    expect(tallyOfVitest(file, 1).failed).toBe(1);
    expect(tallyOfVitest(join(folder, 'absent.json'), 0).failed).toBe(1);
  });
});
