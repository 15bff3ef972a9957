/** What every request of the contract is made of. */
import { z } from 'zod';

export const route = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): { input: I; output: O } => ({
  input,
  output,
});
export const nothing = z.strictObject({});
export const id = z.string().min(1).max(1000);
export const page = {
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(200),
};
