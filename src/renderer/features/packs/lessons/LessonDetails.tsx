import { IconSchool } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Lesson } from '../../../../shared/ipc/contract.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Panes.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { formatCount, formatScore, formatTime } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import styles from '../packs.module.css';
import { sourceOf, targetOf } from './lesson-columns.tsx';

const words = text.packs;

/** One lesson: where it comes from, how far it is trusted and what speaks against it. */
export function LessonDetails({ lesson }: { readonly lesson: Lesson | null }): ReactNode {
  if (lesson === null)
    return (
      <Pane label={words.chooseLesson}>
        <EmptyState icon={<IconSchool size={32} stroke={1.4} />} title={words.chooseLesson}>
          {words.lessonsMore}
        </EmptyState>
      </Pane>
    );
  const { pattern, doubt } = lesson;
  const { expression } = pattern.transformation;
  return (
    <Pane label={sourceOf(pattern)} head={<h2>{sourceOf(pattern)}</h2>}>
      <ScrollRegion className={styles.details} label={sourceOf(pattern)}>
        <section>
          <h3 className={styles.heading}>{words.doubt}</h3>
          <p>{doubt === null ? words.noDoubt : <Tone tone="warn">{doubt}</Tone>}</p>
        </section>
        <dl className={styles.pairs}>
          <dt>{words.lessonColumns.target}</dt>
          <dd>
            <code>{targetOf(pattern)}</code>
          </dd>
          <dt>{words.lessonColumns.verdict}</dt>
          <dd>{words.verdicts[pattern.verdict]}</dd>
          <dt>{words.lessonColumns.uses}</dt>
          <dd>{formatCount(pattern.uses)}</dd>
          <dt>{words.lessonColumns.certainty}</dt>
          <dd>{formatScore(pattern.confidence)}</dd>
          <dt>{words.type}</dt>
          <dd>
            <code>{pattern.sourceType}</code>
          </dd>
          <dt>{words.expression}</dt>
          <dd>
            <code>{expression}</code>
          </dd>
          <dt>{words.lessonColumns.origin}</dt>
          <dd>{pattern.origin}</dd>
          <dt>{words.learnedAt}</dt>
          <dd>{formatTime(pattern.learnedAt)}</dd>
        </dl>
        <p className={styles.faint}>{words.lessonsMore}</p>
      </ScrollRegion>
    </Pane>
  );
}
