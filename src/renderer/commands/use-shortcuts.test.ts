import { beforeEach, describe, expect, it } from 'vitest';
import { useNotices } from '../data/notices.ts';
import type { Command } from './command.ts';
import { runCommand } from './use-shortcuts.ts';

beforeEach(() => useNotices.setState({ notices: [] }));

describe('runCommand', () => {
  it('says why a command cannot run as a plain fact, neither as a success nor as a failure, and does not run it', () => {
    let runs = 0;
    const command: Command = { id: 'save', title: 'Save', when: () => 'No change', run: () => void (runs += 1) };
    runCommand(command);
    expect(useNotices.getState().notices).toMatchObject([{ tone: 'info', message: 'Save: No change' }]);
    expect(runs).toBe(0);
  });
});
