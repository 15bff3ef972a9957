import type { ReactNode } from 'react';
import type { Side } from '../../../../shared/ipc/contract.ts';
import { type ColumnProfile, type TableProfile, sampledRows } from '../../../../shared/model/profile.ts';
import type { Column, Table } from '../../../../shared/model/schema.ts';
import { tableKey } from '../../../../shared/model/schema.ts';
import { call } from '../../../data/client.ts';
import { useLoaded } from '../../../data/use-loaded.ts';
import { Bar } from '../../../ui/Bar.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd } from '../../../ui/Panes.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { formatCount, formatPercent } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import ui from '../../../ui/ui.module.css';
import { patchSide } from '../store.ts';
import styles from '../schemas.module.css';
import { Defects } from './Defects.tsx';
import { SampleNote } from './SampleNote.tsx';

interface TableDetailsProps {
  readonly side: Side;
  readonly version: string;
  readonly tableName: string;
}

/** One table: its columns with types and figures, keys, defects of its data and its first rows. */
export function TableDetails({ side, version, tableName }: TableDetailsProps): ReactNode {
  const loaded = useLoaded(JSON.stringify([side, version, tableName]), () =>
    call('schema.table', { side, key: tableName }),
  );
  const rows = loaded.value?.profile?.rows;
  return (
    <Pane
      label={tableName}
      head={
        <>
          <h2>{tableName}</h2>
          <span className={styles.headComment}>{loaded.value?.table.comment ?? ''}</span>
          <PaneEnd>{rows === undefined ? '' : text.schemas.rows(rows)}</PaneEnd>
        </>
      }
    >
      <div className={styles.details}>
        {loaded.error === null ? null : <ErrorNote error={loaded.error} />}
        {loaded.value === null ? (
          loaded.error === null ? (
            <Skeleton />
          ) : null
        ) : (
          <Details table={loaded.value.table} profile={loaded.value.profile} masked={loaded.value.masked} />
        )}
      </div>
    </Pane>
  );
}

interface DetailsProps {
  readonly table: Table;
  readonly profile: TableProfile | null;
  readonly masked: readonly string[];
}

function Details({ table, profile, masked }: DetailsProps): ReactNode {
  return (
    <>
      {profile === null ? <p className={styles.note}>{text.schemas.notProfiled}</p> : null}
      <SampleNote rows={profile === null ? null : sampledRows(profile)} />
      {masked.length === 0 ? null : (
        <p className={styles.note}>
          <code>{masked.join(', ')}</code> {text.schemas.masked}
        </p>
      )}
      <div className={styles.wide}>
        <table className={ui.table} aria-label={text.schemas.column}>
          <thead>
            <tr>
              <th>{text.schemas.column}</th>
              <th>{text.schemas.type}</th>
              <th className={ui.number}>{text.schemas.nulls}</th>
              <th className={ui.number}>{text.schemas.distinct}</th>
              <th>{text.schemas.range}</th>
              <th>{text.schemas.pattern}</th>
              <th>{text.schemas.comment}</th>
            </tr>
          </thead>
          <tbody>
            {table.columns.map((column) => (
              <ColumnRow key={column.name} column={column} table={table} profile={profile} />
            ))}
          </tbody>
        </table>
      </div>
      <Keys table={table} />
      {profile === null ? null : <Defects issues={profile.issues} named />}
      {profile === null || profile.sample.length === 0 ? null : <Sample profile={profile} />}
    </>
  );
}

interface ColumnRowProps {
  readonly column: Column;
  readonly table: Table;
  readonly profile: TableProfile | null;
}

function ColumnRow({ column, table, profile }: ColumnRowProps): ReactNode {
  const figures = profile?.columns.find((one) => one.name === column.name);
  return (
    <tr>
      <td>
        <button
          type="button"
          className={styles.link}
          aria-label={column.name}
          onClick={() => showColumnOf(table, column.name)}
        >
          <code>
            {column.name}
            {table.primaryKey.includes(column.name) ? ' ◆' : ''}
          </code>
        </button>
      </td>
      <td>
        <code>{column.rawType}</code>
        {column.nullable ? '' : ' not null'}
      </td>
      <td className={ui.number}>
        {figures === undefined || profile === null ? '—' : <Share part={figures.nulls} whole={profile.rows} />}
      </td>
      <td className={ui.number}>{figures === undefined ? '—' : formatCount(figures.distinct)}</td>
      <td className={styles.clip}>{figures === undefined ? '—' : <Range figures={figures} />}</td>
      <td className={styles.clip}>
        <code>{figures?.patterns[0]?.pattern ?? '—'}</code>
      </td>
      <td>{column.comment ?? ''}</td>
    </tr>
  );
}

function showColumnOf({ schema, name }: Table, column: string): void {
  patchSide({ chosen: { table: tableKey({ schema, table: name }), column } });
}

function Share({ part, whole }: { readonly part: number; readonly whole: number }): ReactNode {
  return (
    <span className={styles.share}>
      {formatPercent(part, whole)}
      <Bar share={whole === 0 ? 0 : part / whole} tone={part > 0 ? 'warn' : 'neutral'} />
    </span>
  );
}

function Range({ figures }: { readonly figures: ColumnProfile }): ReactNode {
  if (figures.min === null || figures.max === null) return '—';
  return (
    <code title={`${figures.min} – ${figures.max}`}>
      {figures.min} – {figures.max}
    </code>
  );
}

function Keys({ table }: { readonly table: Table }): ReactNode {
  if (table.primaryKey.length === 0 && table.foreignKeys.length === 0 && table.uniques.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{text.schemas.keys}</h3>
      <ul className={styles.lines}>
        {table.primaryKey.length === 0 ? null : (
          <li>
            primary key <code>({table.primaryKey.join(', ')})</code>
          </li>
        )}
        {table.uniques.map((unique) => (
          <li key={unique.join('\u0000')}>
            unique <code>({unique.join(', ')})</code>
          </li>
        ))}
        {table.foreignKeys.map((key) => (
          <li key={`${key.columns.join('\u0000')}>${key.references.table}`}>
            <code>
              ({key.columns.join(', ')}) → {tableKey(key.references)} ({key.references.columns.join(', ')})
            </code>
          </li>
        ))}
      </ul>
    </section>
  );
}

const shownRows = 20;

function Sample({ profile }: { readonly profile: TableProfile }): ReactNode {
  return (
    <section>
      <h3 className={styles.heading}>{text.schemas.sample}</h3>
      <ScrollRegion className={styles.wide} label={text.schemas.sample}>
        <table className={ui.table}>
          <thead>
            <tr>
              {profile.columns.map((column) => (
                <th key={column.name}>{column.name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {profile.sample.slice(0, shownRows).map((row, at) => (
              <tr key={`row ${at}`}>
                {row.map((value, column) => (
                  <td key={profile.columns[column]?.name ?? column}>
                    <code>{value ?? <Tone tone="neutral">NULL</Tone>}</code>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
