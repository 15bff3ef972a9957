import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ColumnReference, Output, Side } from '../../../../shared/ipc/contract.ts';
import type { ColumnProfile } from '../../../../shared/model/profile.ts';
import type { Column } from '../../../../shared/model/schema.ts';
import { tableKey } from '../../../../shared/model/schema.ts';
import { call } from '../../../data/client.ts';
import { useLoaded } from '../../../data/use-loaded.ts';
import { BarList } from '../../../ui/BarList.tsx';
import { Fact } from '../../../ui/Chip.tsx';
import { IconButton } from '../../../ui/Button.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd } from '../../../ui/Panes.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { formatCount, formatPercent, formatScore } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { patchSide } from '../store.ts';
import styles from '../schemas.module.css';
import { Defects } from './Defects.tsx';
import { SampleNote } from './SampleNote.tsx';

type Detail = Output<'schema.column'>;
const words = text.schemas;

interface ColumnDetailsProps {
  readonly side: Side;
  readonly version: string;
  readonly table: string;
  readonly column: string;
}

/** One column: what the schema says of it, what it refers to, and what its values are like. */
export function ColumnDetails({ side, version, table, column }: ColumnDetailsProps): ReactNode {
  const loaded = useLoaded(JSON.stringify([side, version, table, column]), () =>
    call('schema.column', { side, table, column }),
  );
  const detail = loaded.value;
  return (
    <Pane
      label={`${table}.${column}`}
      head={
        <>
          <IconButton
            label={words.toTable(table)}
            icon={<IconArrowLeft size={16} />}
            onClick={() => patchSide({ chosen: { table, column: null } })}
          />
          <h2>
            {table}.{column}
          </h2>
          <PaneEnd>{detail?.rows == null ? '' : words.rows(detail.rows)}</PaneEnd>
        </>
      }
    >
      {loaded.error === null ? null : <ErrorNote error={loaded.error} />}
      {detail === null ? (
        loaded.error === null ? (
          <Skeleton />
        ) : null
      ) : (
        <ScrollRegion className={styles.details} label={words.column}>
          <ColumnBody detail={detail} />
        </ScrollRegion>
      )}
    </Pane>
  );
}

interface ColumnBodyProps {
  readonly detail: Detail;
  readonly defectsFirst?: boolean;
}

/** What is known of a column; also shown beside the data-quality figures. */
export function ColumnBody({ detail, defectsFirst = false }: ColumnBodyProps): ReactNode {
  const { column, profile, rows } = detail;
  const defects = <Defects issues={detail.issues} named={false} />;
  return (
    <>
      <div className={styles.facts}>
        {detail.primaryKey ? <Fact>{words.primary}</Fact> : null}
        {column.identity ? <Fact>{words.identity}</Fact> : null}
        {profile?.semanticType == null ? null : <Fact>{profile.semanticType.replaceAll('_', ' ')}</Fact>}
        {detail.masked ? <Fact>{words.masked}</Fact> : detail.personal ? <Fact>{words.personal}</Fact> : null}
      </div>
      {defectsFirst ? defects : null}
      {column.comment === null ? null : <p className={styles.comment}>{column.comment}</p>}
      <dl className={styles.pairs}>
        <Definition detail={detail} />
      </dl>
      {profile === null || rows === null ? (
        <p className={styles.note}>{words.notProfiled}</p>
      ) : (
        <>
          <SampleNote rows={detail.sampledRows} />
          <Values profile={profile} rows={rows} samples={detail.samples} />
        </>
      )}
      {defectsFirst ? null : defects}
    </>
  );
}

function Definition({ detail }: { readonly detail: Detail }): ReactNode {
  const { column } = detail;
  return (
    <>
      <Entry name={words.writtenType}>
        <code>{column.rawType === '' ? '—' : column.rawType}</code>
      </Entry>
      <Entry name={words.readAs}>{normalised(column)}</Entry>
      <Entry name={words.nullable}>{column.nullable ? words.yes : words.no}</Entry>
      <Entry name={words.default}>{column.default === null ? words.none : <code>{column.default}</code>}</Entry>
      {column.generated === null ? null : (
        <Entry name={words.computed}>
          <code>{column.generated}</code>
        </Entry>
      )}
      {detail.uniques.map((unique) => (
        <Entry key={unique.join()} name={words.unique}>
          <code>({unique.join(', ')})</code>
        </Entry>
      ))}
      {detail.references.map((reference) => (
        <Reference key={keyOf(reference)} name={words.refersTo} reference={reference} end="to" />
      ))}
      {detail.referencedBy.map((reference) => (
        <Reference key={keyOf(reference)} name={words.referredBy} reference={reference} end="from" />
      ))}
    </>
  );
}

const keyOf = ({ from, to, declared }: ColumnReference): string => JSON.stringify([from, to, declared]);

function Entry({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

interface ReferenceProps {
  readonly name: string;
  readonly reference: ColumnReference;
  readonly end: 'from' | 'to';
}

function Reference({ name, reference, end }: ReferenceProps): ReactNode {
  const other = reference[end];
  return (
    <Entry name={name}>
      <button
        type="button"
        className={styles.link}
        title={reference.evidence}
        onClick={() => patchSide({ chosen: { table: tableKey(other), column: other.column } })}
      >
        <code>
          {tableKey(other)}.{other.column}
        </code>
      </button>{' '}
      <span className={styles.faint}>
        {reference.declared ? words.declared : words.inferred(formatScore(reference.score ?? 0))}
      </span>
    </Entry>
  );
}

/** "string, up to 20", "decimal, 9 digits, 2 after the point", "timestamp with time zone". */
function normalised({ type, length, precision, scale, timeZone }: Column): string {
  const parts: string[] = [timeZone ? `${type} ${words.families.zone}` : type];
  if (length !== null) parts.push(words.families.characters(length));
  if (precision !== null) parts.push(words.families.digits(precision, scale));
  return parts.join(', ');
}

interface ValuesProps {
  readonly profile: ColumnProfile;
  readonly rows: number;
  readonly samples: readonly string[];
}

function Values({ profile, rows, samples }: ValuesProps): ReactNode {
  const filled = rows - profile.nulls;
  return (
    <>
      <section>
        <h3 className={styles.heading}>{words.figures}</h3>
        <dl className={styles.pairs}>
          <Entry name={words.nulls}>
            {formatPercent(profile.nulls, rows)} <span className={styles.faint}>{formatCount(profile.nulls)}</span>
          </Entry>
          <Entry name={words.distinct}>{formatCount(profile.distinct)}</Entry>
          {profile.min === null || profile.max === null ? null : (
            <Entry name={words.range}>
              <code>
                {profile.min} – {profile.max}
              </code>
            </Entry>
          )}
          {profile.minLength === null || profile.maxLength === null ? null : (
            <Entry name={words.lengths}>
              {formatCount(profile.minLength)} – {formatCount(profile.maxLength)}
            </Entry>
          )}
        </dl>
      </section>
      <div className={styles.charts}>
        <Bars title={words.topValues} whole={filled} items={profile.top} label={(one) => one.value} />
        <Bars title={words.shapes} whole={filled} items={profile.patterns} label={(one) => one.pattern} />
      </div>
      {samples.length === 0 ? null : (
        <section>
          <h3 className={styles.heading}>{words.samples}</h3>
          <p className={styles.samples}>
            {samples.map((value) => (
              <code key={value}>{value.trim() === '' ? words.blank : value}</code>
            ))}
          </p>
        </section>
      )}
    </>
  );
}

const shownBars = 8;

interface BarsProps<T> {
  readonly title: string;
  readonly whole: number;
  readonly items: readonly T[];
  readonly label: (item: T) => string;
}

function Bars<T extends { readonly count: number }>({ title, whole, items, label }: BarsProps<T>): ReactNode {
  const shown = items.slice(0, shownBars);
  if (shown.length === 0) return null;
  const rest = whole - shown.reduce((sum, item) => sum + item.count, 0);
  const bars = shown.map((item) => {
    const name = label(item);
    return { key: name, name: name.trim() === '' ? words.blank : name, count: item.count, other: false };
  });
  return (
    <section>
      <h3 className={styles.heading}>{title}</h3>
      <BarList
        label={title}
        whole={whole}
        bars={rest > 0 ? [...bars, { key: '\u0000', name: words.others, count: rest, other: true }] : bars}
      />
    </section>
  );
}
