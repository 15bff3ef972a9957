import { describe, expect, it } from 'vitest';
import type { Command } from './command.ts';
import type { KeyPress } from './keymap.ts';
import { actsWhileTyping, chordOf, findCommand, findConflicts, printChord } from './keymap.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const command = (id: string, keys: readonly string[], view?: Command['view']): Command => ({
  id,
  title: id,
  keys,
  run: () => undefined,
  ...(view === undefined ? {} : { view }),
});

describe('chordOf', () => {
  it('counts Shift for letters and named keys, but not where it already changed the character', () => {
    expect(chordOf(press('A', { shiftKey: true }))).toBe('Shift+a');
    expect(chordOf(press('Tab', { shiftKey: true }))).toBe('Shift+Tab');
    expect(chordOf(press('?', { shiftKey: true }))).toBe('?');
    expect(chordOf(press('/', { shiftKey: true }))).toBe('/');
  });

  it('reads Caps Lock as the same key', () => {
    expect(chordOf(press('A'))).toBe('a');
  });

  it('treats Ctrl and Cmd alike', () => {
    expect(chordOf(press('k', { ctrlKey: true }))).toBe('Mod+k');
    expect(chordOf(press('k', { metaKey: true }))).toBe('Mod+k');
  });
});

describe('actsWhileTyping', () => {
  it('leaves single keys, undo and the clipboard to the text', () => {
    for (const chord of [
      'a',
      '1',
      '?',
      'Shift+a',
      'Escape',
      'ArrowDown',
      'Mod+z',
      'Mod+Shift+z',
      'Mod+c',
      'Mod+v',
      'Mod+a',
    ]) {
      expect([chord, actsWhileTyping(chord)]).toEqual([chord, false]);
    }
  });

  it('lets chords with Ctrl through', () => {
    for (const chord of ['Mod+k', 'Mod+Enter', 'Mod+e', 'Mod+4'])
      expect([chord, actsWhileTyping(chord)]).toEqual([chord, true]);
  });
});

describe('findCommand', () => {
  it('prefers the command of the view and does not see those of other views', () => {
    const commands = [
      command('everywhere', ['x']),
      command('here', ['x'], 'review'),
      command('there', ['y'], 'output'),
    ];
    expect(findCommand(commands, 'review', 'x')?.id).toBe('here');
    expect(findCommand(commands, 'import', 'x')?.id).toBe('everywhere');
    expect(findCommand(commands, 'review', 'y')).toBeUndefined();
  });
});

describe('findConflicts', () => {
  it('names the commands that claim one key in one view', () => {
    const commands = [
      command('one', ['a'], 'review'),
      command('two', ['a'], 'review'),
      command('three', ['a'], 'output'),
    ];
    expect(findConflicts(commands, ['review', 'output'])).toEqual(['review a: one, two']);
  });
});

describe('printChord', () => {
  it('prints key caps as people write them', () => {
    expect(['Mod+k', 'Shift+a', 'Mod+Shift+o', 'ArrowDown', '0'].map(printChord)).toEqual([
      'Ctrl K',
      '⇧A',
      'Ctrl ⇧O',
      '↓',
      '0',
    ]);
  });
});
