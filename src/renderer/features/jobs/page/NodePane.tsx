import { IconTransform } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/ipc/contract.ts';
import { call } from '../../../data/client.ts';
import { useLoaded } from '../../../data/use-loaded.ts';
import { Fact } from '../../../ui/Chip.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { SqlText } from '../../../ui/SqlText.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { formatScore } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { operatorWords } from '../operator-words.ts';
import { type PipelineData, useJobs } from '../store.ts';
import { standingTones } from '../tones.ts';
import { Expressions } from './Expressions.tsx';
import { IssueList } from './IssuesPane.tsx';
import styles from './page.module.css';

type Detail = Output<'jobs.node'>;

/** The node in hand: its original beside what it became, its properties, assumptions and issues. */
export function NodePane(): ReactNode {
  const { fileName, nodeId, pipeline } = useJobs();
  const node = pipeline?.nodes.find((one) => one.id === nodeId) ?? null;
  const key =
    fileName === null || node === null ? null : `${fileName} ${node.id} ${pipeline?.yaml?.length} ${node.rows}`;
  const loaded = useLoaded(key, () => call('jobs.node', { fileName: fileName ?? '', node: node?.id ?? '' }));
  if (node === null)
    return (
      <EmptyState icon={<IconTransform size={32} stroke={1.4} />} title={text.jobs.chooseNode}>
        {text.jobs.chooseNodeMore}
      </EmptyState>
    );
  if (loaded.error !== null) return <ErrorNote error={loaded.error} />;
  if (loaded.value === null) return <Skeleton />;
  return (
    <ScrollRegion key={node.id} className={styles.side} label={node.id}>
      <NodeFacts node={node} detail={loaded.value} />
      {loaded.value.issues.length === 0 ? null : (
        <>
          <h3>{text.jobs.issues}</h3>
          <IssueList issues={loaded.value.issues} />
        </>
      )}
      <Expressions columns={loaded.value.columns} />
      <KeptText detail={loaded.value} />
      <Sql detail={loaded.value} />
      <Notes notes={loaded.value.notes} />
      <Values title={text.jobs.config} values={loaded.value.config} />
      {loaded.value.original === null ? null : (
        <Values title={text.jobs.properties(loaded.value.original.type)} values={loaded.value.original.properties} />
      )}
    </ScrollRegion>
  );
}

function NodeFacts({
  node,
  detail,
}: {
  readonly node: PipelineData['nodes'][number];
  readonly detail: Detail;
}): ReactNode {
  const { original } = detail;
  return (
    <>
      <code className={styles.nodeName}>{node.id}</code>
      <p className={styles.facts}>
        <Tone tone={standingTones[node.standing]}>
          {`${text.jobs.standing[node.standing]}${node.confidence === null ? '' : ` ${formatScore(node.confidence)}`}`}
        </Tone>
        {original === null ? null : <Fact>{original.type}</Fact>}
        <Fact>{operatorWords(node.operator)}</Fact>
        {node.rows === null ? null : <Fact>{text.jobs.rows(node.rows)}</Fact>}
        {original?.line == null ? null : <Fact>{text.jobs.sourceLine(original.line)}</Fact>}
      </p>
      {original?.description ? <p className={styles.faint}>{original.description}</p> : null}
      {node.error === null ? null : <ErrorNote error={{ message: node.error }} />}
    </>
  );
}

function KeptText({ detail }: { readonly detail: Detail }): ReactNode {
  const kept = detail.original?.text ?? null;
  if (kept === null) return null;
  return (
    <>
      <h3>{text.jobs.keptText}</h3>
      <pre className={styles.code}>{kept}</pre>
    </>
  );
}

function Sql({ detail }: { readonly detail: Detail }): ReactNode {
  return detail.sql.map(({ name, sql }) => (
    <section key={name}>
      <h3>{detail.sql.length === 1 ? text.jobs.sql : `${text.jobs.sql}: ${name}`}</h3>
      <pre className={styles.code}>
        <SqlText sql={sql.trimEnd()} />
      </pre>
    </section>
  ));
}

function Notes({ notes }: { readonly notes: readonly string[] }): ReactNode {
  if (notes.length === 0) return null;
  return (
    <>
      <h3>{text.jobs.notes}</h3>
      <ul className={styles.notes}>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <p className={styles.faint}>{text.jobs.notesMore}</p>
    </>
  );
}

function Values({ title, values }: { readonly title: string; readonly values: Detail['config'] }): ReactNode {
  if (values.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl className={styles.values}>
        {values.map(({ name, value }, index) => (
          <div key={`${index}:${name}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
