import { IconArrowLeft } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/ipc/contract.ts';
import { runCommand } from '../../../commands/use-shortcuts.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd, Panes } from '../../../ui/Panes.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { VirtualList } from '../../../ui/VirtualList.tsx';
import { formatCount } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { backCommand } from '../commands.ts';
import { useJobs } from '../store.ts';
import { gateTones } from '../tones.ts';
import { EstateDetails } from './EstateDetails.tsx';
import { type Entry, estateEntries } from './entries.ts';
import styles from './estate.module.css';

type Data = Output<'jobs.estate'>;
type Shown = 'waves' | 'shared';

/** All jobs as one estate: the waves in which they can move, what they share, what depends on what. */
export function EstateScreen(): ReactNode {
  const { estate, estateError } = useJobs();
  if (estateError !== null) return <ErrorNote error={estateError} />;
  return estate === null ? <Skeleton /> : <Estate data={estate} />;
}

function Estate({ data }: { readonly data: Data }): ReactNode {
  const [shown, setShown] = useState<Shown>('waves');
  const [chosen, setChosen] = useState<Readonly<Record<Shown, string | null>>>({ waves: null, shared: null });
  const entries = useMemo(() => estateEntries(data), [data]);
  const { estate } = data;
  const hours = estate.waves.reduce((sum, wave) => sum + wave.effortHours, 0);
  const first = shown === 'waves' ? entries[0]?.key : estate.tables[0]?.table;
  const current = chosen[shown] ?? first ?? null;
  const choose = (key: string): void => setChosen({ ...chosen, [shown]: key });
  return (
    <Panes name="estate" widths={[430]} fixed="last" labels={[text.jobs.estate]}>
      <Pane
        label={text.jobs.estate}
        head={
          <>
            <IconButton
              label={text.jobs.commands.back}
              icon={<IconArrowLeft size={16} />}
              onClick={() => runCommand(backCommand)}
            />
            <h2>{text.jobs.estate}</h2>
            <Chip pressed={shown === 'waves'} onClick={() => setShown('waves')}>
              {`${text.jobs.waves} ${formatCount(estate.waves.length)}`}
            </Chip>
            <Chip pressed={shown === 'shared'} onClick={() => setShown('shared')}>
              {`${text.jobs.shared} ${formatCount(estate.tables.length)}`}
            </Chip>
            <PaneEnd>{text.jobs.estateTotals(data.jobs.length, estate.waves.length, text.jobs.hours(hours))}</PaneEnd>
          </>
        }
      >
        {shown === 'waves' ? (
          <VirtualList
            id="estate-waves"
            label={text.jobs.waves}
            items={entries}
            keyOf={(entry) => entry.key}
            current={current}
            rowHeight={34}
            onChoose={(entry) => choose(entry.key)}
            row={(entry) => <EntryRow entry={entry} />}
          />
        ) : (
          <Tables data={data} current={current} onChoose={choose} />
        )}
      </Pane>
      <EstateDetails
        data={data}
        shown={shown}
        current={current}
        onJob={(id) => {
          setShown('waves');
          setChosen({ ...chosen, waves: `job:${id}` });
        }}
      />
    </Panes>
  );
}

function EntryRow({ entry }: { readonly entry: Entry }): ReactNode {
  if (entry.kind === 'wave')
    return (
      <span className={styles.wave}>
        <b>{text.jobs.wave(entry.number)}</b>
        <span>
          {text.jobs.waveFacts(entry.wave.jobs.length, text.jobs.hours(entry.wave.effortHours), entry.wave.complexity)}
        </span>
      </span>
    );
  const { line, needs, needed } = entry;
  return (
    <span className={styles.job}>
      <code title={line.id}>{line.id}</code>
      <span>{line.tool}</span>
      <Tone tone={gateTones[line.status]}>{text.jobs.status[line.status]}</Tone>
      <span className={styles.faint}>{text.jobs.links(needs, needed)}</span>
      <span className={styles.number}>{text.jobs.hours(line.effortHours)}</span>
    </span>
  );
}

interface TablesProps {
  readonly data: Data;
  readonly current: string | null;
  readonly onChoose: (table: string) => void;
}

function Tables({ data, current, onChoose }: TablesProps): ReactNode {
  if (data.estate.tables.length === 0) return <p className={styles.none}>{text.jobs.noShared}</p>;
  return (
    <VirtualList
      id="estate-tables"
      label={text.jobs.shared}
      items={data.estate.tables}
      keyOf={(table) => table.table}
      current={current}
      rowHeight={34}
      onChoose={(table) => onChoose(table.table)}
      row={(table) => (
        <span className={styles.table}>
          <code title={table.table}>{table.table}</code>
          <span>{`${text.jobs.writers} ${formatCount(table.writers.length)}`}</span>
          <span>{`${text.jobs.readers} ${formatCount(table.readers.length)}`}</span>
        </span>
      )}
    />
  );
}
