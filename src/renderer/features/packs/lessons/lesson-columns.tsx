/** The columns of the list of lessons. */
import type { ReactNode } from 'react';
import type { Lesson } from '../../../../shared/ipc/contract.ts';
import type { LearnedPattern } from '../../../../shared/model/mapping.ts';
import { Bar } from '../../../ui/Bar.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import type { GridColumn } from '../../../ui/VirtualGrid.tsx';
import { formatCount, formatScore } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import styles from '../packs.module.css';

const words = text.packs;
const ids = ['source', 'target', 'verdict', 'uses', 'certainty', 'origin'] as const;
type ColumnId = (typeof ids)[number];

export const sourceOf = ({ sourceTable, sourceColumn }: LearnedPattern): string => `${sourceTable}.${sourceColumn}`;

/** Where it says that the column goes, or does not. */
export function targetOf({ verdict, targetTable, targetColumn }: LearnedPattern): string {
  if (targetColumn === null) return words.nothing;
  return `${verdict === 'reject' ? `${words.never} ` : ''}${targetTable ?? ''}.${targetColumn}`;
}

const cells: Readonly<Record<ColumnId, (lesson: Lesson) => ReactNode>> = {
  source: ({ pattern, doubt }) => (
    <>
      {doubt === null ? null : (
        <Tone tone="warn">
          <span aria-hidden="true">? </span>
          <span className="visually-hidden">{words.doubt} </span>
        </Tone>
      )}
      <code title={sourceOf(pattern)}>{sourceOf(pattern)}</code>
    </>
  ),
  target: ({ pattern }) => <code title={targetOf(pattern)}>{targetOf(pattern)}</code>,
  verdict: ({ pattern }) => words.verdicts[pattern.verdict],
  uses: ({ pattern }) => formatCount(pattern.uses),
  certainty: ({ pattern }) => (
    <span className={styles.certainty}>
      <Bar share={pattern.confidence} />
      {formatScore(pattern.confidence)}
    </span>
  ),
  origin: ({ pattern }) => <span title={pattern.origin}>{pattern.origin}</span>,
};

export const lessonTemplate = 'minmax(150px, 3fr) minmax(150px, 3fr) 72px 44px 96px minmax(90px, 2fr)';

export const lessonColumns: readonly GridColumn<Lesson, ColumnId>[] = ids.map((id) => ({
  id,
  title: words.lessonColumns[id],
  why: words.lessonWhy[id],
  number: id === 'uses',
  cell: cells[id],
}));
