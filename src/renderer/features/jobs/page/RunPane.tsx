import type { ReactNode } from 'react';
import type { Output, QualityView } from '../../../../shared/ipc/contract.ts';
import { runCommand } from '../../../commands/use-shortcuts.ts';
import { Button } from '../../../ui/Button.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { formatCount } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { cancelTrialCommand, runTrialCommand } from '../commands.ts';
import { chooseNode } from '../page-actions.ts';
import { type TrialRows, useJobs } from '../store.ts';
import { isRunning } from '../trial-actions.ts';
import { RowsTable } from './RowsTable.tsx';
import styles from './page.module.css';

type Result = Output<'jobs.run'>;

const words = text.jobs.trial;
const counts = [10, 100, 1000, 10_000, 100_000].map((count) => ({ value: String(count), label: formatCount(count) }));
const rowChoices = (['files', 'generated'] as const).map((value) => ({ value, label: words.rows[value] }));
const statusTones = { passed: 'ok', failed: 'bad', cancelled: 'warn' } as const;
const qualityTones = { passed: 'ok', failed: 'bad', skipped: 'warn' } as const;

/** Running the pipeline here: on which rows, and what came of it. */
export function RunPane(): ReactNode {
  const { trial, trialRows, trialCount, fileName } = useJobs();
  const own = trial?.fileName === fileName ? trial : null;
  const runs = isRunning(own);
  return (
    <div className={styles.side}>
      <div className={styles.form}>
        <Select<TrialRows>
          label={words.rowsLabel}
          value={trialRows}
          options={rowChoices}
          onChange={(chosen) => useJobs.setState({ trialRows: chosen })}
        />
        <Select
          label={words.countLabel}
          value={String(trialCount)}
          options={counts}
          onChange={(chosen) => useJobs.setState({ trialCount: Number(chosen) })}
        />
        {runs ? (
          <Button onClick={() => runCommand(cancelTrialCommand)}>{words.cancel}</Button>
        ) : (
          <Button kind="primary" shortcut="r" onClick={() => runCommand(runTrialCommand)}>
            {words.run}
          </Button>
        )}
      </div>
      <p className={styles.faint}>{words.more}</p>
      {runs ? <p role="status">{words.running}</p> : null}
      {own?.result == null ? null : <Outcome result={own.result} />}
    </div>
  );
}

function Outcome({ result }: { readonly result: Result }): ReactNode {
  const nodeId = useJobs((state) => state.nodeId);
  const node = result.nodes.find((one) => one.id === nodeId);
  const ran = result.nodes.filter((one) => one.error === null).length;
  return (
    <>
      <p className={styles.facts}>
        <Tone tone={statusTones[result.status]}>{words.status[result.status]}</Tone>
        {result.status === 'cancelled' ? null : <span>{words.nodes(ran, result.nodes.length)}</span>}
      </p>
      {result.error === null ? null : <ErrorNote error={{ message: result.error }} />}
      <Given files={result.given} />
      <Failures result={result} />
      {node === undefined ? null : <NodeRows node={node} />}
      {result.status === 'cancelled' || result.error !== null ? null : <Laws laws={result.brokenLaws} />}
      {result.quality.length === 0 ? null : <Quality checks={result.quality} />}
    </>
  );
}

function Given({ files }: { readonly files: Result['given'] }): ReactNode {
  const used = files.filter((one) => one.used).map((one) => one.table);
  const told = files.filter((one) => one.notes.length > 0);
  return (
    <>
      {used.length === 0 ? null : <p className={styles.faint}>{words.given(used.join(', '))}</p>}
      {told.length === 0 ? null : (
        <ul className={styles.issues} aria-label={words.files}>
          {told.map(({ table, used: isUsed, notes }) => (
            <li key={table} className={styles.note}>
              <Tone tone="warn">{isUsed ? words.differs : words.notUsed}</Tone>
              <code>{table}</code>
              {notes.map((note) => (
                <p key={note}>{note}</p>
              ))}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Nodes that failed by themselves; what depends on them says so in the drawing. */
function Failures({ result }: { readonly result: Result }): ReactNode {
  const failed = result.nodes.filter(({ error }) => error !== null && !error.startsWith('not run'));
  if (failed.length === 0) return null;
  return (
    <>
      <h3>{words.failures}</h3>
      <ul className={styles.issues}>
        {failed.map(({ id, error }) => (
          <li key={id}>
            <button type="button" onClick={() => chooseNode(id)}>
              <Tone tone="bad">{words.failed}</Tone>
              <code>{id}</code>
              <span>{error}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function NodeRows({ node }: { readonly node: Result['nodes'][number] }): ReactNode {
  return (
    <>
      {node.samples.map((sample) => (
        <section key={sample.name}>
          <h3>{words.sample(sample.name, Math.min(sample.rows.length, sample.count), sample.count)}</h3>
          <RowsTable label={sample.name} rows={sample} />
        </section>
      ))}
      {node.rejected === null || node.rejected === 0 ? null : <p>{words.rejected(node.rejected)}</p>}
    </>
  );
}

function Laws({ laws }: { readonly laws: Result['brokenLaws'] }): ReactNode {
  return (
    <>
      <h3>{words.laws}</h3>
      {laws.length === 0 ? <p className={styles.faint}>{words.lawsHold}</p> : null}
      <ul className={styles.issues}>
        {laws.map((law) => (
          <li key={law.node}>
            <button type="button" onClick={() => chooseNode(law.node)}>
              <Tone tone="bad">{words.broken}</Tone>
              <code>{law.node}</code>
              <span>{law.message}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

const order = { failed: 0, skipped: 1, passed: 2 } as const;

function Quality({ checks }: { readonly checks: readonly QualityView[] }): ReactNode {
  return (
    <>
      <h3>{words.quality}</h3>
      <ul className={styles.issues}>
        {checks
          .toSorted((a, b) => order[a.status] - order[b.status])
          .map((one, index) => (
            <li key={`${index}:${one.node}`}>
              <button type="button" onClick={() => chooseNode(one.node)}>
                <Tone tone={one.status === 'failed' && one.onFailure === 'warn' ? 'warn' : qualityTones[one.status]}>
                  {words.qualityStatus[one.status]}
                </Tone>
                <code>{words.check(one.check, one.node)}</code>
                <span>{one.detail}</span>
              </button>
              {one.sample === null || one.sample.rows.length === 0 ? null : (
                <RowsTable label={words.check(one.check, one.node)} rows={one.sample} />
              )}
            </li>
          ))}
      </ul>
    </>
  );
}
