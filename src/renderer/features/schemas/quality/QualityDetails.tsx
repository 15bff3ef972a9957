import { IconTable } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { QualityLine, Side } from '../../../../shared/ipc/contract.ts';
import { sampledRows } from '../../../../shared/model/profile.ts';
import { call } from '../../../data/client.ts';
import { useLoaded } from '../../../data/use-loaded.ts';
import { BarList } from '../../../ui/BarList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane } from '../../../ui/Panes.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { text } from '../../../ui/text.ts';
import { ColumnBody } from '../parts/ColumnDetails.tsx';
import { Defects } from '../parts/Defects.tsx';
import { SampleNote } from '../parts/SampleNote.tsx';
import styles from '../schemas.module.css';

interface QualityDetailsProps {
  readonly side: Side;
  readonly version: string;
  readonly line: QualityLine | undefined;
}

/** Why a table or column stands where it does: its defects, and its values as small charts. */
export function QualityDetails({ side, version, line }: QualityDetailsProps): ReactNode {
  if (line === undefined)
    return (
      <Pane label={text.schemas.choose}>
        <EmptyState icon={<IconTable size={32} stroke={1.4} />} title={text.schemas.choose} />
      </Pane>
    );
  return (
    <Pane label={line.key} head={<h2>{line.key}</h2>}>
      {line.column === null ? (
        <TableQuality side={side} version={version} table={line.table} />
      ) : (
        <ColumnQuality side={side} version={version} table={line.table} column={line.column} />
      )}
    </Pane>
  );
}

type OfTable = Pick<QualityDetailsProps, 'side' | 'version'> & { readonly table: string };

function ColumnQuality({ side, version, table, column }: OfTable & { readonly column: string }): ReactNode {
  const { value, error } = useLoaded(JSON.stringify([side, version, table, column]), () =>
    call('schema.column', { side, table, column }),
  );
  if (error !== null) return <ErrorNote error={error} />;
  if (value === null) return <Skeleton />;
  return (
    <ScrollRegion className={styles.details} label={column}>
      <ColumnBody detail={value} defectsFirst />
    </ScrollRegion>
  );
}

function TableQuality({ side, version, table }: OfTable): ReactNode {
  const { value, error } = useLoaded(JSON.stringify([side, version, table]), () =>
    call('schema.table', { side, key: table }),
  );
  if (error !== null) return <ErrorNote error={error} />;
  if (value === null) return <Skeleton />;
  const { profile } = value;
  if (profile === null) return <p className={styles.note}>{text.schemas.notProfiled}</p>;
  const bars = profile.columns
    .filter((column) => column.nulls > 0)
    .toSorted((a, b) => b.nulls - a.nulls)
    .map((column) => ({ key: column.name, name: column.name, count: column.nulls, other: false }));
  return (
    <ScrollRegion className={`${styles.details} ${styles.detailsTop}`} label={table}>
      <SampleNote rows={sampledRows(profile)} />
      {profile.issues.length === 0 ? (
        <p className={styles.note}>{text.schemas.noDefects}</p>
      ) : (
        <Defects issues={profile.issues} named />
      )}
      {bars.length === 0 ? null : (
        <section>
          <h3 className={styles.heading}>{text.schemas.nullsByColumn}</h3>
          <BarList label={text.schemas.nullsByColumn} whole={profile.rows} bars={bars} />
        </section>
      )}
      {profile.candidateKeys.length === 0 ? null : (
        <section>
          <h3 className={styles.heading}>{text.schemas.candidateKeys}</h3>
          <ul className={styles.lines}>
            {profile.candidateKeys.map((key) => (
              <li key={key.join()}>
                <code>({key.join(', ')})</code>
              </li>
            ))}
          </ul>
        </section>
      )}
    </ScrollRegion>
  );
}
