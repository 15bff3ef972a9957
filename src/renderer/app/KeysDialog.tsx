import type { ReactNode } from 'react';
import type { Command } from '../commands/command.ts';
import { printChord } from '../commands/keymap.ts';
import { showKeys, useNavigation } from '../commands/navigation.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { text } from '../ui/text.ts';
import styles from './app.module.css';

/** The keys of the view that is shown, then those that work everywhere. */
export function KeysDialog({ commands }: { readonly commands: readonly Command[] }): ReactNode {
  const { view, keysShown } = useNavigation();
  const keyed = commands.filter((command) => (command.keys?.length ?? 0) > 0);
  const here = keyed.filter((command) => command.view === view);
  return (
    <Dialog opened={keysShown} onClose={() => showKeys(false)} title={text.app.keys} size={460}>
      {here.length === 0 ? null : <KeyList commands={here} />}
      <h3 className={styles.keysTitle}>{text.app.everywhere}</h3>
      <KeyList commands={keyed.filter((command) => command.view === undefined)} />
    </Dialog>
  );
}

function KeyList({ commands }: { readonly commands: readonly Command[] }): ReactNode {
  return (
    <dl className={styles.keys}>
      {commands.map((command) => (
        <KeyLine key={command.id} command={command} />
      ))}
    </dl>
  );
}

function KeyLine({ command }: { readonly command: Command }): ReactNode {
  return (
    <>
      <dt>{command.title}</dt>
      <dd>
        {command.keys?.map((chord) => (
          <Kbd key={chord}>{printChord(chord)}</Kbd>
        ))}
      </dd>
    </>
  );
}
