/** A line of a customer's mapping table: what somebody wrote down before, and where. */
import { z } from 'zod';

const Side = z.object({ schema: z.string().nullable(), table: z.string().nullable(), column: z.string() }).readonly();

export const KnownMapping = z
  .object({
    /** Several columns as they are written (`A + B`); an empty column where the rule gives one value for all rows. */
    source: Side,
    /** Null: the line says that the column goes nowhere. */
    target: Side.nullable(),
    /** The transformation as the line words it: prose or SQL. */
    rule: z.string().nullable(),
    status: z.string().nullable(),
    file: z.string(),
    /** Null where the file has no sheets. */
    sheet: z.string().nullable(),
    row: z.number().int().positive(),
  })
  .readonly();
export type KnownMapping = z.infer<typeof KnownMapping>;
