import { useEffect } from 'react';
import { notify, reportFailure } from '../data/notices.ts';
import type { Command } from './command.ts';
import { actsWhileTyping, chordOf, findCommand } from './keymap.ts';
import { useNavigation } from './navigation.ts';

const typing = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true], .monaco-editor';
/** Widgets that use arrows, digits and letters themselves. */
const ownKeys =
  '[role=menu], [role=listbox]:not([data-letters=free]), [role=tree]:not([data-letters=free]), [role=tablist], [role=radiogroup], [role=separator]';
/** What Enter and Space press themselves. */
const pressed = 'button, a, summary, [role=button]';

/** True where the element in focus does something with the key itself. */
function keepsItself(target: Element, chord: string): boolean {
  if ((chord === 'Enter' || chord === 'Space') && target.closest(pressed) !== null) return true;
  return !actsWhileTyping(chord) && target.closest(`${typing}, ${ownKeys}`) !== null;
}

/** Runs the command that a key press means. Nothing runs behind an open dialog. */
export function useShortcuts(commands: readonly Command[]): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (
        event.defaultPrevented ||
        event.isComposing ||
        document.querySelector('[role=dialog][aria-modal=true]') !== null
      )
        return;
      const chord = chordOf(event);
      const target = event.target instanceof Element ? event.target : null;
      if (target !== null && keepsItself(target, chord)) return;
      const command = findCommand(commands, useNavigation.getState().view, chord);
      if (command === undefined) return;
      event.preventDefault();
      // A key held down moves on, but never decides more than once.
      if (event.repeat && command.keyOnly !== true) return;
      runCommand(command);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commands]);
}

/** Runs a command where it can run; otherwise, and when it fails, the reason is shown. */
export function runCommand(command: Command): void {
  const possible = command.when?.() ?? true;
  if (possible !== true) {
    notify('info', `${command.title}: ${possible}`);
    return;
  }
  void Promise.resolve()
    .then(() => command.run())
    .catch(reportFailure);
}
