/** The part of the contract about how right the mapping is: decisions against confidence, and the shipped calibration. */
import { z } from 'zod';
import { MappingStatus, mappingStatuses } from '../model/mapping.ts';
import { nothing, route } from './route.ts';

/** Proposals of one range of confidence that a person has judged. */
export const ConfidenceBin = z.object({
  from: z.number(),
  to: z.number(),
  decided: z.number(),
  right: z.number(),
  /** Of the confidences in it; null where nothing was decided. */
  mean: z.number().nullable(),
});
export type ConfidenceBin = z.infer<typeof ConfidenceBin>;

export const proposedStatuses = ['auto_approved', 'needs_review', 'flagged', 'unmapped'] as const;

export const accuracyRequests = {
  'accuracy.report': route(
    nothing,
    z.object({
      /** How the mappings stand now. */
      counts: z.record(MappingStatus, z.number()),
      bins: z.array(ConfidenceBin),
      decided: z.number(),
      right: z.number(),
      /** Expected calibration error over the decided; null where there are none. */
      error: z.number().nullable(),
      /** What became of proposals, by the status that they were proposed with. */
      outcomes: z.array(
        z.object({
          status: z.enum(proposedStatuses),
          proposed: z.number(),
          kept: z.number(),
          changed: z.number(),
          rejected: z.number(),
        }),
      ),
      shipped: z.object({
        embeddings: z.boolean(),
        points: z.array(z.object({ at: z.number(), is: z.number() })),
      }),
    }),
  ),
} as const;

export const noCounts = (): Record<MappingStatus, number> =>
  Object.fromEntries(mappingStatuses.map((status) => [status, 0])) as Record<MappingStatus, number>;
