/** What a confidence means in words and colour. Thresholds belong to the project. */
import type { ProjectSettings } from '../../shared/model/project.ts';
import type { Diagnostic } from '../../shared/model/schema.ts';

export const confidenceWords = ['likely', 'check', 'unlikely'] as const;
export type ConfidenceWord = (typeof confidenceWords)[number];
export type Tone = 'ok' | 'warn' | 'bad' | 'neutral';
export type Thresholds = Pick<ProjectSettings, 'autoApprove' | 'flagBelow'>;

/** likely from `autoApprove` on, unlikely below `flagBelow`, check between. */
export function confidenceWord(confidence: number, thresholds: Thresholds): ConfidenceWord {
  if (confidence >= thresholds.autoApprove) return 'likely';
  return confidence < thresholds.flagBelow ? 'unlikely' : 'check';
}

const tones: Readonly<Record<ConfidenceWord, Tone>> = { likely: 'ok', check: 'warn', unlikely: 'bad' };

export function confidenceTone(confidence: number, thresholds: Thresholds): Tone {
  return tones[confidenceWord(confidence, thresholds)];
}

/** The colours of messages about files; each stands beside its word. */
export const severityTones: Readonly<Record<Diagnostic['severity'], Tone>> = {
  error: 'bad',
  warning: 'warn',
  info: 'neutral',
};
