import { IconFileImport } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { newProject, openProject, openSample, startRun } from '../../commands/project-commands.ts';
import { useProject } from '../../data/project-store.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pane, PaneEnd } from '../../ui/Panes.tsx';
import { formatPlural } from '../../ui/format.ts';
import { text } from '../../ui/text.ts';
import { InputTable } from './parts/InputTable.tsx';
import { addAny, addEtl, addSources, addTargets } from './commands.ts';
import styles from './import.module.css';

/** The first view: what came in, what was understood of it, and the way on. */
export function ImportView(): ReactNode {
  const project = useProject((state) => state.project);
  if (project === null) return <Welcome />;
  const { inputs } = project;
  return (
    <div className={styles.view}>
      <Pane
        label={text.import.inputs}
        head={
          <>
            <h2>{text.import.inputs}</h2>
            <PaneEnd>{formatPlural(inputs.length, 'file')}</PaneEnd>
          </>
        }
        foot={
          <>
            <CommandButton command={startRun} kind="primary" />
            <CommandButton command={addSources} />
            <CommandButton command={addTargets} />
            <CommandButton command={addEtl} />
          </>
        }
      >
        <div className={styles.list}>
          {inputs.length === 0 ? (
            <div className={styles.welcome} style={{ minHeight: '70%' }}>
              <EmptyState
                icon={<IconFileImport size={36} stroke={1.3} />}
                title={text.import.empty}
                actions={<CommandButton command={addAny} kind="primary" />}
              >
                {text.import.emptyMore}
              </EmptyState>
            </div>
          ) : (
            <>
              <InputTable inputs={inputs} />
              <p className={styles.hint}>{text.import.emptyMore}</p>
            </>
          )}
        </div>
      </Pane>
    </div>
  );
}

function Welcome(): ReactNode {
  return (
    <div className={styles.welcome}>
      <EmptyState
        icon={<IconFileImport size={44} stroke={1.2} />}
        title={text.import.welcome}
        actions={
          <>
            <CommandButton command={openSample} kind="primary" />
            <CommandButton command={newProject} />
            <CommandButton command={openProject} />
          </>
        }
      >
        {text.import.welcomeMore}
      </EmptyState>
    </div>
  );
}
