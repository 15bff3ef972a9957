import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { Tone } from '../../../ui/Tone.tsx';
import { VirtualList } from '../../../ui/VirtualList.tsx';
import { formatCount, formatScore } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { operatorWords } from '../operator-words.ts';
import { chooseNode } from '../page-actions.ts';
import { type PipelineData, useJobs } from '../store.ts';
import { standingTones } from '../tones.ts';
import styles from './page.module.css';

type NodeLine = PipelineData['nodes'][number];

/** The same as the drawing, a line a node: what it is, what feeds it, how it was converted, its rows. */
export function ListTab(): ReactNode {
  const { pipeline, nodeId } = useJobs();
  const inputs = useMemo(() => inputsOf(pipeline), [pipeline]);
  return (
    <>
      <div className={`${styles.node} ${styles.nodeHead}`} aria-hidden="true">
        <span>{text.jobs.node}</span>
        <span>{text.jobs.operator}</span>
        <span>{text.jobs.inputs}</span>
        <span>{text.jobs.standingColumn}</span>
        <span className={styles.number}>{text.jobs.rowsColumn}</span>
      </div>
      <VirtualList
        id="job-nodes"
        label={text.jobs.tabs.list}
        items={pipeline?.nodes ?? []}
        keyOf={(node) => node.id}
        current={nodeId}
        rowHeight={34}
        onChoose={(node) => chooseNode(node.id)}
        row={(node) => <NodeRow node={node} inputs={inputs.get(node.id) ?? []} />}
      />
    </>
  );
}

function inputsOf(pipeline: PipelineData | null): ReadonlyMap<string, readonly string[]> {
  const inputs = new Map<string, string[]>();
  for (const { from, to, label } of pipeline?.edges ?? [])
    inputs.set(to, [...(inputs.get(to) ?? []), label === null ? from : `${from} (${label})`]);
  return inputs;
}

function NodeRow({ node, inputs }: { readonly node: NodeLine; readonly inputs: readonly string[] }): ReactNode {
  return (
    <span className={styles.node}>
      <code title={node.id}>{node.id}</code>
      <span>{operatorWords(node.operator)}</span>
      <code className={styles.inputs} title={inputs.join(', ')}>
        {inputs.length === 0 ? '' : `← ${inputs.join(', ')}`}
      </code>
      <span>
        <Tone tone={standingTones[node.standing]}>{text.jobs.standing[node.standing]}</Tone>
        {node.confidence === null ? '' : ` ${formatScore(node.confidence)}`}
        {node.issues === 0 ? '' : ` · ${text.jobs.issueCount(node.issues)}`}
      </span>
      <span className={styles.number} title={node.error ?? undefined}>
        {node.rows === null ? (node.error === null ? '' : text.jobs.notRun) : formatCount(node.rows)}
      </span>
    </span>
  );
}
