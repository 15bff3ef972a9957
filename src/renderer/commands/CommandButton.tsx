import type { ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import type { Command } from './command.ts';
import { printChord } from './keymap.ts';
import { runCommand } from './use-shortcuts.ts';

interface CommandButtonProps {
  readonly command: Command;
  readonly kind?: 'default' | 'primary' | 'quiet';
  /** Replaces the command's title where the place says the rest. */
  readonly label?: string;
}

/** A button for a command: its title, its key and, when it cannot run, its reason. Render it where its state is read. */
export function CommandButton({ command, kind = 'default', label }: CommandButtonProps): ReactNode {
  const possible = command.when?.() ?? true;
  const chord = command.keys?.[0];
  return (
    <Button
      kind={kind}
      shortcut={chord === undefined ? undefined : printChord(chord)}
      blocked={possible === true ? undefined : possible}
      onClick={() => runCommand(command)}
      data-command={command.id}
    >
      {label ?? command.title}
    </Button>
  );
}
