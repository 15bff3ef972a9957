import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { openSqliteProjectStore } from '../adapters/sqlite/sqlite-project-store.ts';
import { ProjectSession } from './project-session.ts';
import type { SessionDependencies } from './session-dependencies.ts';

const dependencies = {
  clock: { now: () => '2026-01-01T00:00:00Z', elapsed: () => 0 },
  sha256: (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex'),
} as unknown as SessionDependencies;
const { signal } = new AbortController();

describe('what a person says of a source system', () => {
  it('is in the project file at once, and there after a restart', async () => {
    const path = join(temporaryFolder(), 'p.portolan');
    const session = new ProjectSession(openSqliteProjectStore(path, 'create'), dependencies);
    await session.changeSourceSetting('powercenter.null_comparison', 'HIGH', signal);
    await session.changeSourceSetting('datastage.date_format', '%dd.%mm.%yyyy', signal);
    session.close();
    const again = new ProjectSession(openSqliteProjectStore(path, 'open'), dependencies);
    expect(again.settings().etlSettings).toEqual({
      powercenter: { 'powercenter.null_comparison': 'HIGH' },
      datastage: { 'datastage.date_format': '%dd.%mm.%yyyy' },
    });
    await again.changeSourceSetting('datastage.date_format', null, signal);
    expect(again.settings().etlSettings?.datastage).toEqual({});
    again.close();
  });

  it('that does not exist changes nothing', async () => {
    const session = new ProjectSession(
      openSqliteProjectStore(join(temporaryFolder(), 'p.portolan'), 'create'),
      dependencies,
    );
    await expect(session.changeSourceSetting('powercenter.null_comparison', 'MAYBE', signal)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    expect(session.settings().etlSettings).toBeUndefined();
    session.close();
  });
});
