/** Key chords: one notation for events, commands and what the user sees. Pure, so that conflicts can be tested. */
import type { Command } from './command.ts';
import type { ViewId } from './navigation.ts';

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The chord of a key press: `Mod` is Ctrl or Cmd; Shift counts only where it does not already change the character. */
export function chordOf(press: KeyPress): string {
  const key = press.key === ' ' ? 'Space' : press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const isLetter = /^\p{L}$/u.test(key);
  const shift = press.shiftKey && (isLetter || key.length > 1);
  return `${press.ctrlKey || press.metaKey ? 'Mod+' : ''}${press.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${key}`;
}

/** True where a chord may act while the user is typing: single keys never do, and undo belongs to the text. */
export function actsWhileTyping(chord: string): boolean {
  return (chord.startsWith('Mod+') || chord.startsWith('Alt+')) && !/^Mod\+(Shift\+)?[acvxyz]$/.test(chord);
}

/** The command that a chord means in a view: the view's own before the ones of everywhere. */
export function findCommand(commands: readonly Command[], view: ViewId, chord: string): Command | undefined {
  const fits = commands.filter((command) => command.keys?.includes(chord) === true);
  return fits.find((command) => command.view === view) ?? fits.find((command) => command.view === undefined);
}

const shownNames: ReadonlyMap<string, string> = new Map([
  ['Mod', 'Ctrl'],
  ['Shift', '⇧'],
  ['ArrowDown', '↓'],
  ['ArrowUp', '↑'],
  ['Escape', 'Esc'],
]);

/** A chord as printed on a key cap: `Mod+k` is "Ctrl K", `Shift+a` is "⇧A". */
export function printChord(chord: string): string {
  const parts = chord.split('+').map((part) => shownNames.get(part) ?? (part.length === 1 ? part.toUpperCase() : part));
  return parts.reduce((text, part) => (text === '' || text.endsWith('⇧') ? `${text}${part}` : `${text} ${part}`), '');
}

/** Chords that two commands claim in one view, as "view chord: id, id". Empty is right. */
export function findConflicts(commands: readonly Command[], views: readonly ViewId[]): readonly string[] {
  return views.flatMap((view) => {
    const owners = new Map<string, string[]>();
    for (const command of commands) {
      if (command.view !== undefined && command.view !== view) continue;
      for (const chord of command.keys ?? []) owners.set(chord, [...(owners.get(chord) ?? []), command.id]);
    }
    return [...owners].filter(([, ids]) => ids.length > 1).map(([chord, ids]) => `${view} ${chord}: ${ids.join(', ')}`);
  });
}
