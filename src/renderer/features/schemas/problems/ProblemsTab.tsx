import { IconCircleCheck, IconFilterOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { InputView } from '../../../../shared/ipc/contract.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane, PaneEnd, Panes } from '../../../ui/Panes.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { VirtualList } from '../../../ui/VirtualList.tsx';
import { severityTones } from '../../../ui/confidence.ts';
import { formatCount } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { listId, searchId } from '../focus.ts';
import { SearchField } from '../../../ui/SearchField.tsx';
import styles from '../schemas.module.css';
import { ProblemText } from './ProblemText.tsx';
import { filterProblems, problemsOf, severities } from './problems.ts';
import type { Problem, Severity } from './problems.ts';

const words = text.schemas;

/** Everything that was not understood of the files, the worst first, and the text that is meant. */
export function ProblemsTab({ inputs }: { readonly inputs: readonly InputView[] }): ReactNode {
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState<ReadonlySet<Severity>>(new Set(severities));
  const [key, setKey] = useState<string | null>(null);
  const all = useMemo(() => problemsOf(inputs), [inputs]);
  const fitting = useMemo(() => filterProblems(all, typed, shown), [all, typed, shown]);
  const current = fitting.find((problem) => problem.key === key) ?? fitting[0] ?? null;
  if (all.length === 0)
    return (
      <EmptyState icon={<IconCircleCheck size={40} stroke={1.3} />} title={words.noProblems}>
        {words.noProblemsMore}
      </EmptyState>
    );
  return (
    <Panes name="problems" widths={[460]} labels={[words.problemsTitle]}>
      <Pane
        label={words.problemsTitle}
        head={
          <>
            <h2>{words.problemsTitle}</h2>
            <PaneEnd>{formatCount(fitting.length)}</PaneEnd>
          </>
        }
      >
        <div className={styles.filter}>
          <SearchField id={searchId} listId={listId} label={words.filterProblems} value={typed} onText={setTyped} />
          {severities.map((one) => (
            <Chip key={one} pressed={shown.has(one)} onClick={() => setShown(without(shown, one))}>
              {`${words.problemCounts[one]} ${formatCount(all.filter(({ severity }) => severity === one).length)}`}
            </Chip>
          ))}
        </div>
        {fitting.length === 0 ? (
          <EmptyState icon={<IconFilterOff size={28} stroke={1.4} />} title={words.noProblemsFit} />
        ) : (
          <VirtualList
            id={listId}
            label={words.problemsTitle}
            items={fitting}
            keyOf={(problem) => problem.key}
            current={current?.key ?? null}
            rowHeight={52}
            onChoose={(problem) => setKey(problem.key)}
            row={(problem) => <ProblemLine problem={problem} />}
          />
        )}
      </Pane>
      <ProblemText problem={current} />
    </Panes>
  );
}

function ProblemLine({ problem }: { readonly problem: Problem }): ReactNode {
  const { severity, file, line, message } = problem;
  return (
    <span className={styles.problem}>
      <Tone tone={severityTones[severity]}>{words.severities[severity]}</Tone>
      <span title={message}>{message}</span>
      <code title={file}>{line === null ? file : `${file}:${line}`}</code>
    </span>
  );
}

function without(set: ReadonlySet<Severity>, one: Severity): ReadonlySet<Severity> {
  return set.has(one) ? new Set([...set].filter((other) => other !== one)) : new Set([...set, one]);
}
