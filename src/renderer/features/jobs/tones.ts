/** The colours of meaning of the jobs part; each stands beside its word. */
import type { Defect, JobStatus, PipelineNodeView } from '../../../shared/ipc/contract.ts';
import type { Complexity, Execution, JobIssue } from '../../../shared/model/conversion.ts';
import type { Tone } from '../../ui/confidence.ts';

export const gateTones: Readonly<Record<JobStatus, Tone>> = {
  completed: 'ok',
  completed_with_warnings: 'warn',
  failed: 'bad',
};
export const runTones: Readonly<Record<Execution['status'], Tone>> = {
  passed: 'ok',
  failed: 'bad',
  skipped: 'neutral',
};
export const issueTones: Readonly<Record<JobIssue['severity'] | Defect['severity'], Tone>> = {
  error: 'bad',
  warning: 'warn',
  info: 'neutral',
};
export const standingTones: Readonly<Record<PipelineNodeView['standing'], Tone>> = {
  rule: 'ok',
  person: 'ok',
  review: 'warn',
  manual: 'bad',
  unsupported: 'bad',
};
export const levelTones: Readonly<Record<Complexity['level'], Tone>> = {
  simple: 'neutral',
  medium: 'neutral',
  complex: 'warn',
};
