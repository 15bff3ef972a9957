import { IconFileText } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { InputFormat } from '../../../../shared/model/schema.ts';
import { call } from '../../../data/client.ts';
import { useLoaded } from '../../../data/use-loaded.ts';
import { CodeViewer } from '../../../ui/CodeViewer.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd } from '../../../ui/Panes.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { text } from '../../../ui/text.ts';
import styles from '../schemas.module.css';
import type { Problem } from './problems.ts';

const words = text.schemas;
const languages: Partial<Readonly<Record<InputFormat, 'sql' | 'json'>>> = { ddl: 'sql', json: 'json' };

/** The message in full, and the file's text around its line. */
export function ProblemText({ problem }: { readonly problem: Problem | null }): ReactNode {
  if (problem === null)
    return (
      <Pane label={words.chooseProblem}>
        <EmptyState icon={<IconFileText size={32} stroke={1.4} />} title={words.chooseProblem} />
      </Pane>
    );
  const { input, line, message, statement } = problem;
  return (
    <Pane
      label={input.name}
      head={
        <>
          <h2>{input.name}</h2>
          <PaneEnd>{line === null ? '' : words.line(line)}</PaneEnd>
        </>
      }
    >
      <div className={styles.problemHead}>
        <p>{message}</p>
        {statement === null ? null : <code>{statement}</code>}
      </div>
      {line === null ? <p className={styles.note}>{words.noLine}</p> : <TextAround problem={problem} line={line} />}
    </Pane>
  );
}

function TextAround({ problem, line }: { readonly problem: Problem; readonly line: number }): ReactNode {
  const { input } = problem;
  const { value, error, loading } = useLoaded(`${input.id} ${line}`, async () => ({
    line,
    ...(await call('inputs.text', { id: input.id, line })),
  }));
  if (error !== null)
    return (
      <div className={styles.note}>
        <ErrorNote error={error} />
      </div>
    );
  if (value === null || (loading && value.line !== line)) return <Skeleton />;
  return (
    <CodeViewer
      label={words.textOf(input.name, line)}
      text={value.text}
      language={languages[input.format] ?? 'plaintext'}
      firstLine={value.first}
      markedLine={line}
    />
  );
}
