import { describe, expect, it } from 'vitest';
import { findConflicts } from '../commands/keymap.ts';
import { viewIds } from '../commands/navigation.ts';
import { allCommands } from './commands.ts';

describe('the commands of the window', () => {
  it('claim no key twice in any view', () => {
    expect(findConflicts(allCommands, viewIds)).toEqual([]);
  });

  it('have ids of their own', () => {
    const ids = allCommands.map((command) => command.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('give the review every key that its design names', () => {
    const keys = new Set(
      allCommands.filter((command) => command.view === 'review').flatMap((command) => command.keys ?? []),
    );
    const wanted = 'j k ArrowDown ArrowUp a e r 0 Shift+a n u Mod+z x / 1 2 3 4 5'.split(' ');
    expect(wanted.filter((key) => !keys.has(key))).toEqual([]);
  });
});
