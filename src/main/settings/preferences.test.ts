import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { readPreferences, writePreferences } from './preferences.ts';

it('gives back what was written, and nothing from a damaged or absent file', () => {
  const file = join(temporaryFolder(), 'preferences.json');
  const absent = readPreferences(file);
  writePreferences(file, { lastProject: '/a.portolan' });
  const kept = readPreferences(file);
  writeFileSync(file, '{"lastProject": 5');
  expect([absent, kept, readPreferences(file)]).toEqual([{}, { lastProject: '/a.portolan' }, {}]);
});
