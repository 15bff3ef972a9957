import { useState } from 'react';
import type { ReactNode } from 'react';
import type { AssumptionView } from '../../../../shared/ipc/contract.ts';
import { reportFailure } from '../../../data/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { text } from '../../../ui/text.ts';
import { useJobs } from '../store.ts';
import { changeSetting } from '../trial-actions.ts';
import styles from './page.module.css';

const words = text.jobs.settings;
const change = (id: string, value: string | null): void => void changeSetting(id, value).catch(reportFailure);

/** What the export does not say about its source system: assumed, until somebody says what it is. */
export function SettingsPane(): ReactNode {
  const assumptions = useJobs((state) => state.job?.assumptions ?? []);
  return (
    <div className={styles.side}>
      {assumptions.length === 0 ? (
        <p className={styles.faint}>{words.none}</p>
      ) : (
        <p className={styles.faint}>{words.more}</p>
      )}
      {assumptions.map((one) => (
        <Assumption key={`${one.id} ${one.value}`} assumption={one} />
      ))}
    </div>
  );
}

function Assumption({ assumption }: { readonly assumption: AssumptionView }): ReactNode {
  const { id, title, value, said, uses, where, choices } = assumption;
  const changing = useJobs((state) => state.setting);
  const [draft, setDraft] = useState(value);
  const blocked = changing === null ? undefined : words.changing;
  return (
    <section className={styles.setting} aria-label={title}>
      <h3>{title}</h3>
      <p className={styles.facts}>
        <Tone tone={said ? 'ok' : 'warn'}>{said ? words.said : words.assumed}</Tone>
        <span className={styles.faint}>{words.uses(uses)}</span>
      </p>
      {choices === null ? (
        <TextInput label={title} value={draft} onText={setDraft} />
      ) : (
        <Select label={title} value={draft} options={choices} onChange={setDraft} />
      )}
      <p className={styles.faint}>{words.where(where)}</p>
      <span className={styles.buttons}>
        {said && draft === value ? null : (
          <Button kind="primary" blocked={blocked} onClick={() => change(id, draft)}>
            {draft === value ? words.confirm : words.set}
          </Button>
        )}
        {said ? (
          <Button blocked={blocked} onClick={() => change(id, null)}>
            {words.takeBack}
          </Button>
        ) : null}
      </span>
    </section>
  );
}
