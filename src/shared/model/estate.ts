/** The legacy jobs of a project as one estate: shared tables, dependencies, waves. */
import { z } from 'zod';

export const EstateDependency = z
  .object({
    job: z.string(),
    /** The job that comes first. */
    on: z.string(),
    /** It writes a table that `job` reads, or `job` calls it. */
    kind: z.enum(['table', 'call']),
    /** The table's name, or the name that is called. */
    because: z.string(),
  })
  .readonly();
export type EstateDependency = z.infer<typeof EstateDependency>;

export const EstateTable = z
  .object({ table: z.string(), readers: z.array(z.string()).readonly(), writers: z.array(z.string()).readonly() })
  .readonly();
export type EstateTable = z.infer<typeof EstateTable>;

export const EstateWave = z
  .object({ jobs: z.array(z.string()).readonly(), effortHours: z.number(), complexity: z.number().int() })
  .readonly();
export type EstateWave = z.infer<typeof EstateWave>;

export const Estate = z
  .object({
    /** In order: what a wave needs is in the waves before it. */
    waves: z.array(EstateWave).readonly(),
    /** Jobs that need each other in a circle. */
    circles: z.array(z.array(z.string()).readonly()).readonly(),
    tables: z.array(EstateTable).readonly(),
    dependencies: z.array(EstateDependency).readonly(),
  })
  .readonly();
export type Estate = z.infer<typeof Estate>;
