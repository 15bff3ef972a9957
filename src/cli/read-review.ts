import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PortolanError } from '../shared/errors.ts';
import type { KnownMapping } from '../shared/model/known-mapping.ts';
import { DecisionInput } from '../shared/model/mapping.ts';
import type { Engine, ReviewPolicy } from '../engine/index.ts';

export interface Review {
  readonly policy: ReviewPolicy;
  readonly decisions: readonly DecisionInput[];
  /** Lines of a mapping table, which become decisions when the columns are known. */
  readonly known: readonly KnownMapping[];
}

/** What `--review` says. Throws PortolanError where it names a file that is no list of decisions. */
export async function readReview(text: string | undefined, engine: Engine): Promise<Review> {
  if (text === undefined || text === 'auto') return { policy: 'auto', decisions: [], known: [] };
  if (text === 'pause') return { policy: 'pause', decisions: [], known: [] };
  if (!text.endsWith('.json')) return { policy: 'auto', decisions: [], known: await knownMappings(text, engine) };
  const content = await readFile(text, 'utf8').catch((thrown: unknown) => {
    throw new PortolanError('INPUT_UNREADABLE', `${text} cannot be read`, {
      hint: 'Check the path and its spelling.',
      cause: thrown,
    });
  });
  try {
    return { policy: 'auto', decisions: z.array(DecisionInput).parse(JSON.parse(content)), known: [] };
  } catch (thrown) {
    throw new PortolanError('INPUT_INVALID', `${text} is not a list of decisions${placeOf(thrown)}`, {
      hint: 'Each entry has mappingId and verdict (approve, reject, modify).',
      cause: thrown,
    });
  }
}

async function knownMappings(path: string, engine: Engine): Promise<readonly KnownMapping[]> {
  const read = await engine.read(await engine.describe(path, 'etl'));
  const known = read.kind === 'schema' ? (read.schema.mappings ?? []) : [];
  if (known.length > 0) return known;
  throw new PortolanError('INPUT_INVALID', `${path} sets no source and target columns side by side`, {
    hint: 'Use auto, pause, a JSON file with a list of decisions, or a mapping table as .xlsx or .csv.',
  });
}

/** `: entry 3, verdict`, where the file is JSON of another shape. */
function placeOf(thrown: unknown): string {
  const path = thrown instanceof z.ZodError ? (thrown.issues[0]?.path ?? []) : [];
  const [index, ...keys] = path;
  return typeof index === 'number' ? `: entry ${[index + 1, ...keys].join(', ')}` : '';
}
