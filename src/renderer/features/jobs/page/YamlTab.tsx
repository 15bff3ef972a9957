import { IconFileText } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { call } from '../../../data/client.ts';
import { useProject } from '../../../data/project-store.ts';
import { useLoaded } from '../../../data/use-loaded.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { YamlEditor } from '../../../ui/YamlEditor.tsx';
import { text } from '../../../ui/text.ts';
import { discardCommand, restoreCommand, saveCommand } from '../commands.ts';
import { setDraft } from '../edit-actions.ts';
import { currentText, useJobs } from '../store.ts';
import { gateTones } from '../tones.ts';
import styles from './page.module.css';

const noMarkers = [] as const;

/** The pipeline's text to edit: completion from the schema, defects from the engine, and what the gate would say. */
export function YamlTab(): ReactNode {
  const state = useJobs();
  const schema = useLoaded('dataflow', () => call('jobs.schema', {}));
  const { fileName, check, jump, pipeline } = state;
  if (schema.error !== null) return <ErrorNote error={schema.error} />;
  if (schema.value === null || fileName === null || pipeline === null) return <Skeleton />;
  if (pipeline.yaml === null)
    return (
      <EmptyState icon={<IconFileText size={32} stroke={1.4} />} title={text.jobs.tooLong}>
        {text.jobs.tooLongMore}
      </EmptyState>
    );
  return (
    <>
      <YamlEditor
        kind="pipelines"
        label={text.jobs.editorLabel(fileName)}
        fileName={fileName}
        text={currentText(state)}
        schema={schema.value.schema}
        markers={check?.fileName === fileName ? check.defects : noMarkers}
        jump={jump}
        onText={(yaml) => setDraft(fileName, yaml)}
      />
      <Foot />
    </>
  );
}

function Foot(): ReactNode {
  const { check, fileName } = useJobs();
  // The buttons read the store and the run in their `when`: rendered anew when either changes.
  useProject((state) => state.project?.run.status);
  const gate = check?.fileName === fileName ? check?.gate : null;
  return (
    <div className={styles.foot}>
      <CommandButton command={saveCommand} kind="primary" />
      <CommandButton command={discardCommand} />
      <CommandButton command={restoreCommand} />
      {gate == null ? null : (
        <span className={styles.gate} title={gate.reasons.join('\n')}>
          {`${text.jobs.wouldBe}: `}
          <Tone tone={gateTones[gate.status]}>{text.jobs.status[gate.status]}</Tone>
        </span>
      )}
    </div>
  );
}
