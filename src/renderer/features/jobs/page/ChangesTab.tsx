import { IconGitCompare } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { TextDiff } from '../../../ui/YamlEditor.tsx';
import { text } from '../../../ui/text.ts';
import { currentText, useJobs } from '../store.ts';

/** What the conversion gave beside what a person made of it, saved or not. */
export function ChangesTab(): ReactNode {
  const state = useJobs();
  const { pipeline, fileName } = state;
  if (pipeline === null || fileName === null) return null;
  const before = pipeline.generated ?? pipeline.yaml ?? '';
  const after = currentText(state);
  if (before === after)
    return (
      <EmptyState icon={<IconGitCompare size={32} stroke={1.4} />} title={text.jobs.noChanges}>
        {text.jobs.noChangesMore}
      </EmptyState>
    );
  return <TextDiff label={text.jobs.diffLabel(fileName)} before={before} after={after} />;
}
