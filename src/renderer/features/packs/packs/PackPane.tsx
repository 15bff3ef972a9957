import type { ReactNode } from 'react';
import type { PackLine } from '../../../../shared/ipc/contract.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { useProject } from '../../../data/project-store.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { Pane, PaneEnd } from '../../../ui/Panes.tsx';
import { text } from '../../../ui/text.ts';
import {
  copyCommand,
  discardCommand,
  exportCommand,
  exportDdlCommand,
  removeCommand,
  saveCommand,
  useCommand,
} from '../commands.ts';
import { usePacks } from '../store.ts';
import { PackContents } from './PackContents.tsx';
import { PackYaml } from './PackYaml.tsx';

const words = text.packs;
const modes = ['contents', 'yaml'] as const;

/** One pack: what it knows as a list, or its text. */
export function PackPane({ pack }: { readonly pack: PackLine }): ReactNode {
  const mode = usePacks((state) => state.mode);
  // The buttons read these in their `when`: rendered anew when they change.
  usePacks((state) => state.check);
  usePacks((state) => state.drafts);
  useProject((state) => state.project?.fileName);
  return (
    <Pane
      label={pack.title}
      head={
        <>
          <h2>{pack.title}</h2>
          <span role="group" aria-label={words.mode}>
            {modes.map((one) => (
              <Chip key={one} pressed={mode === one} onClick={() => usePacks.setState({ mode: one })}>
                {words.modes[one]}
              </Chip>
            ))}
          </span>
          <PaneEnd>{words.size(pack.tables, pack.words)}</PaneEnd>
        </>
      }
      foot={
        <>
          {pack.origin === 'own' && mode === 'yaml' ? (
            <>
              <CommandButton command={saveCommand} kind="primary" />
              <CommandButton command={discardCommand} />
            </>
          ) : (
            <CommandButton
              command={useCommand}
              kind="primary"
              label={pack.used ? words.commands.unuse : words.commands.use}
            />
          )}
          <CommandButton command={copyCommand} />
          <CommandButton command={exportCommand} />
          {mode === 'contents' ? <CommandButton command={exportDdlCommand} /> : null}
          {pack.origin === 'own' ? <CommandButton command={removeCommand} /> : null}
        </>
      }
    >
      {mode === 'yaml' ? <PackYaml pack={pack} /> : <PackContents pack={pack} />}
    </Pane>
  );
}
