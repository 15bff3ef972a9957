import { IconTable } from '@tabler/icons-react';
import { Suspense, lazy, useEffect } from 'react';
import type { ComponentType, ReactNode } from 'react';
import type { InputView, Side } from '../../../shared/ipc/contract.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { startRun } from '../../commands/project-commands.ts';
import { useProject } from '../../data/project-store.ts';
import { Chip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { formatCount } from '../../ui/format.ts';
import { text } from '../../ui/text.ts';
import { ChangesTab } from './changes/ChangesTab.tsx';
import { ProblemsTab } from './problems/ProblemsTab.tsx';
import { QualityTab } from './quality/QualityTab.tsx';
import { showSide, showTab, tabs, takeProject, useSchemas } from './store.ts';
import type { Tab, TabProps } from './store.ts';
import { TablesTab } from './parts/TablesTab.tsx';
import styles from './schemas.module.css';

const DiagramTab = lazy(async () => ({ default: (await import('./diagram/DiagramTab.tsx')).DiagramTab }));

/** The parts that show one side. */
const bodies: Readonly<Record<Exclude<Tab, 'problems' | 'changes'>, ComponentType<TabProps>>> = {
  tables: TablesTab,
  quality: QualityTab,
  diagram: DiagramTab,
};
const sides: readonly Side[] = ['source', 'target'];

/** The schemas of both sides: tables and columns, what their data is like, how they refer to each other, what was not understood. */
export function SchemasView(): ReactNode {
  const fileName = useProject((state) => state.project?.fileName ?? null);
  const inputs = useProject((state) => state.project?.inputs ?? none);
  const tab = useSchemas((state) => state.tab);
  useEffect(() => takeProject(fileName), [fileName]);
  return (
    <div className={styles.view}>
      <Bar />
      {tab === 'problems' ? (
        <ProblemsTab inputs={inputs} />
      ) : tab === 'changes' ? (
        <ChangesTab />
      ) : (
        <SideBody Body={bodies[tab]} />
      )}
    </div>
  );
}

const none: readonly InputView[] = [];

function SideBody({ Body }: { readonly Body: ComponentType<TabProps> }): ReactNode {
  const side = useSchemas((state) => state.side);
  const project = useProject((state) => state.project);
  const { sourceTables, targetTables } = project?.counts ?? { sourceTables: 0, targetTables: 0 };
  const known = sourceTables + targetTables;
  if (project === null || (side === 'source' ? sourceTables : targetTables) === 0)
    return <NoTables known={known} side={side} />;
  const version = [project.fileName, known, project.run.status, project.settings.maskPersonalData].join(' ');
  return (
    <Suspense fallback={<Skeleton />}>
      <Body key={side} side={side} version={version} />
    </Suspense>
  );
}

function Bar(): ReactNode {
  const { tab, side } = useSchemas();
  const problems = useProject((state) =>
    (state.project?.inputs ?? []).reduce((sum, input) => sum + input.diagnostics.length, 0),
  );
  return (
    <div className={styles.bar}>
      <span className={styles.chips} role="group" aria-label={text.schemas.part}>
        {tabs.map((one) => (
          <Chip key={one} pressed={tab === one} onClick={() => showTab(one)}>
            {text.schemas.tabs[one]}
            {one === 'problems' && problems > 0 ? ` ${formatCount(problems)}` : ''}
          </Chip>
        ))}
      </span>
      {tab === 'problems' || tab === 'changes' ? null : (
        <span className={styles.chips} role="group" aria-label={text.schemas.side}>
          {sides.map((one) => (
            <Chip key={one} pressed={side === one} onClick={() => showSide(one)}>
              {text.schemas[one]}
            </Chip>
          ))}
        </span>
      )}
    </div>
  );
}

function NoTables({ known, side }: { readonly known: number; readonly side: Side }): ReactNode {
  return (
    <EmptyState
      icon={<IconTable size={40} stroke={1.3} />}
      title={known === 0 ? text.schemas.empty : text.schemas.noSide[side]}
      actions={<CommandButton command={startRun} kind="primary" />}
    >
      {known === 0 ? text.schemas.emptyMore : text.schemas.noSideMore}
    </EmptyState>
  );
}
