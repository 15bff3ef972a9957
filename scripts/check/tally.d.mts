export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
export const NOTHING: Tally;
export function add(one: Tally, other: Tally): Tally;
export function tallyOfVitest(reportFile: string, status: number): Tally;
