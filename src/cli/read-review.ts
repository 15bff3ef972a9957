import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PortolanError } from '../shared/errors.ts';
import { DecisionInput } from '../shared/model/mapping.ts';
import type { ReviewPolicy } from '../engine/index.ts';

export interface Review {
  readonly policy: ReviewPolicy;
  readonly decisions: readonly DecisionInput[];
}

/** What `--review` says. Throws PortolanError where it names a file that is no list of decisions. */
export async function readReview(text: string | undefined): Promise<Review> {
  if (text === undefined || text === 'auto') return { policy: 'auto', decisions: [] };
  if (text === 'pause') return { policy: 'pause', decisions: [] };
  if (!text.endsWith('.json')) {
    throw new PortolanError('UNSUPPORTED', `Decisions cannot be read from ${text} yet`, {
      hint: 'Use auto, pause, or a JSON file with a list of decisions.',
    });
  }
  const content = await readFile(text, 'utf8').catch((thrown: unknown) => {
    throw new PortolanError('INPUT_UNREADABLE', `${text} cannot be read`, {
      hint: 'Check the path and its spelling.',
      cause: thrown,
    });
  });
  try {
    return { policy: 'auto', decisions: z.array(DecisionInput).parse(JSON.parse(content)) };
  } catch (thrown) {
    throw new PortolanError('INPUT_INVALID', `${text} is not a list of decisions${placeOf(thrown)}`, {
      hint: 'Each entry has mappingId and verdict (approve, reject, modify).',
      cause: thrown,
    });
  }
}

/** `: entry 3, verdict`, where the file is JSON of another shape. */
function placeOf(thrown: unknown): string {
  const path = thrown instanceof z.ZodError ? (thrown.issues[0]?.path ?? []) : [];
  const [index, ...keys] = path;
  return typeof index === 'number' ? `: entry ${[index + 1, ...keys].join(', ')}` : '';
}
