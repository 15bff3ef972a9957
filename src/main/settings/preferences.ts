import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const Preferences = z.object({
  /** Path of the project that was open last; null where it was closed by hand. Absent on the very first start. */
  lastProject: z.string().nullable().optional(),
});
export type Preferences = z.infer<typeof Preferences>;

/** What the app remembers of its user; nothing that matters is lost with it. A damaged file counts as none. */
export function readPreferences(file: string): Preferences {
  try {
    return Preferences.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Absent on the first start; a damaged one is as good as absent.
    return {};
  }
}

export function writePreferences(file: string, preferences: Preferences): void {
  writeFileSync(file, `${JSON.stringify(preferences, null, 2)}\n`);
}
