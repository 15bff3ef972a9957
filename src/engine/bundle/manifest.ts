/** The bundle's table of contents: every file with its hash, and the inputs that it was made from. */
import { z } from 'zod';

export const MANIFEST_FILE = 'manifest.json';
export const BUNDLE_FORMAT = 'portolan-bundle/v1';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

export const Manifest = z
  .object({
    format: z.literal(BUNDLE_FORMAT),
    generator: z.string(),
    title: z.string(),
    result: z.enum(['PASS', 'WARNING', 'FAIL']).nullable(),
    inputs: z
      .array(z.object({ name: z.string(), role: z.string(), bytes: z.number().int(), sha256: Hash }).readonly())
      .readonly(),
    files: z.array(z.object({ path: z.string(), bytes: z.number().int(), sha256: Hash }).readonly()).readonly(),
  })
  .readonly();
export type Manifest = z.infer<typeof Manifest>;
