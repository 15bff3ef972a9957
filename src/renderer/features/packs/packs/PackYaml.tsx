import type { ReactNode } from 'react';
import type { PackLine, PackMistake } from '../../../../shared/ipc/contract.ts';
import { call } from '../../../data/client.ts';
import { useLoaded } from '../../../data/use-loaded.ts';
import { CodeViewer } from '../../../ui/CodeViewer.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { YamlEditor } from '../../../ui/YamlEditor.tsx';
import { text } from '../../../ui/text.ts';
import { textInHand, usePacks } from '../store.ts';
import styles from '../packs.module.css';
import { jumpTo, setDraft } from './pack-actions.ts';

const words = text.packs;
const noMistakes: readonly PackMistake[] = [];

/** The pack's text: an own one to edit, with its mistakes at their lines; a shipped one to read. */
export function PackYaml({ pack }: { readonly pack: PackLine }): ReactNode {
  const state = usePacks();
  const schema = useLoaded('packs', () => call('packs.schema', {}));
  const yaml = textInHand(state);
  if (schema.error !== null) return <ErrorNote error={schema.error} />;
  if (yaml === null || schema.value === null) return <Skeleton />;
  const label = words.editorLabel(pack.file ?? pack.id);
  if (pack.origin === 'shipped')
    return (
      <>
        <p className={styles.note}>{words.readOnly}</p>
        <CodeViewer label={label} text={yaml} language="yaml" />
      </>
    );
  const mistakes = state.check?.key === pack.key ? state.check.mistakes : noMistakes;
  return (
    <>
      <YamlEditor
        kind="packs"
        label={label}
        fileName={pack.file ?? pack.key}
        text={yaml}
        schema={schema.value.schema}
        markers={mistakes.map((mistake) => ({ ...mistake, severity: 'error' }))}
        jump={state.jump}
        onText={(next) => setDraft(pack.key, next)}
      />
      <Mistakes mistakes={mistakes} />
    </>
  );
}

function Mistakes({ mistakes }: { readonly mistakes: readonly PackMistake[] }): ReactNode {
  if (mistakes.length === 0)
    return (
      <p className={styles.note}>
        <Tone tone="ok">{words.fine}</Tone>
      </p>
    );
  return (
    <ScrollRegion className={styles.mistakes} label={words.mistakes(mistakes.length)}>
      <ul aria-live="polite">
        {mistakes.map(({ line, message }) => (
          <li key={`${line ?? 0} ${message}`}>
            <button type="button" className={styles.link} onClick={() => jumpTo(line ?? 1)}>
              {words.line(line ?? 1)}
            </button>{' '}
            {message}
          </li>
        ))}
      </ul>
    </ScrollRegion>
  );
}
