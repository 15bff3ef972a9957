import type { ReactNode } from 'react';
import type { ColumnDetail } from '../../../../shared/ipc/contract.ts';
import type { MappingIssue } from '../../../../shared/model/mapping.ts';
import { columnKey } from '../../../../shared/model/schema.ts';
import { useProject } from '../../../data/project-store.ts';
import { Fact } from '../../../ui/Chip.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { confidenceTone } from '../../../ui/confidence.ts';
import type { Tone as ToneName } from '../../../ui/confidence.ts';
import { formatCount, formatPercent } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import ui from '../../../ui/ui.module.css';
import { scoreOf } from '../score.ts';
import type { Draft, ItemDetail } from '../store.ts';
import styles from '../review.module.css';

const shownValues = 6;
/** Of each part where several cards stand above each other. */
const fewValues = 4;

interface PairProps {
  readonly detail: ItemDetail;
  readonly draft: Draft;
}

/** Source and target beside each other, joined by a line in the colour of the confidence. */
export function Pair({ detail, draft }: PairProps): ReactNode {
  const settings = useProject((state) => state.project?.settings);
  const score = scoreOf(detail, draft);
  const tone: ToneName = score === null || settings === undefined ? 'neutral' : confidenceTone(score, settings);
  return (
    <div className={styles.pair}>
      <Sources detail={detail} />
      <svg className={`${styles.link} ${ui[tone]}`} viewBox="0 0 64 100" preserveAspectRatio="none" aria-hidden="true">
        <path
          d="M0 20 C32 20 32 20 64 20"
          strokeDasharray={draft.target === null ? '2 6' : draft.retargeted ? '7 4' : undefined}
        />
      </svg>
      {draft.column === null ? <NoTargetCard /> : <TargetCard column={draft.column} issues={draft.issues} />}
      {detail.mapping.additional.length === 0 ? null : (
        <p className={styles.splits}>
          {text.review.splits}{' '}
          {detail.mapping.additional.map((one) => (
            <code key={columnKey(one.target)} title={one.transformation.expression}>
              {columnKey(one.target)}
            </code>
          ))}
        </p>
      )}
    </div>
  );
}

/** The source column; of a derived column all that it is made of, or its value where it is made of none. */
function Sources({ detail }: { readonly detail: ItemDetail }): ReactNode {
  const { sources, mapping } = detail;
  return (
    <div className={styles.sources}>
      {sources.map((column) =>
        sources.length === 1 ? (
          <SourceCard key={columnKey(column.ref)} column={column} />
        ) : (
          <PartCard key={columnKey(column.ref)} column={column} />
        ),
      )}
      {sources.length === 0 ? (
        <article className={`${ui.card} ${styles.noTarget}`} aria-label={text.review.constant}>
          <h3>{mapping.transformation.expression}</h3>
          <p>{text.review.constantMore(mapping.source.table)}</p>
        </article>
      ) : null}
    </div>
  );
}

/** One of several columns: what tells it apart, so that all of them and the expression fit the view. */
function PartCard({ column }: { readonly column: ColumnDetail }): ReactNode {
  const values = column.top.slice(0, fewValues).map(({ value }) => (value === '' ? '(blank)' : value));
  return (
    <article className={ui.card} aria-label={`${text.schemas.source}: ${columnKey(column.ref)}`}>
      <CardHead column={column} />
      <p className={styles.partValues}>{values.length === 0 ? text.review.valuesNone : values.join(' · ')}</p>
    </article>
  );
}

function SourceCard({ column }: { readonly column: ColumnDetail }): ReactNode {
  return (
    <article className={ui.card} aria-label={`${text.schemas.source}: ${columnKey(column.ref)}`}>
      <CardHead column={column} />
      <div className={styles.facts}>
        {column.primaryKey ? <Fact>{text.review.primaryKey}</Fact> : null}
        {column.foreignKey === null ? null : <Fact>{text.review.references(column.foreignKey)}</Fact>}
        {column.rows === null || column.nulls === null ? null : (
          <Fact>{text.review.notNull(formatPercent(column.rows - column.nulls, column.rows))}</Fact>
        )}
        {column.distinct === null ? null : <Fact>{text.review.distinct(column.distinct)}</Fact>}
        {column.longest === null ? null : <Fact>{text.review.longest(column.longest)}</Fact>}
        {column.semanticType === null ? null : <Fact>{column.semanticType.replaceAll('_', ' ')}</Fact>}
      </div>
      <ul className={styles.values}>
        {column.top.slice(0, shownValues).map((one) => (
          <li key={one.value}>
            <span className={styles.value}>{one.value === '' ? '(blank)' : one.value}</span>
            <span>{formatCount(one.count)}</span>
          </li>
        ))}
        {column.top.length === 0 ? <li>{text.review.valuesNone}</li> : null}
      </ul>
    </article>
  );
}

function TargetCard({
  column,
  issues,
}: {
  readonly column: ColumnDetail;
  readonly issues: readonly MappingIssue[];
}): ReactNode {
  return (
    <article className={ui.card} aria-label={`${text.schemas.target}: ${columnKey(column.ref)}`}>
      <CardHead column={column} />
      <div className={styles.facts}>
        <Fact>{column.nullable ? text.review.nullable : text.review.required}</Fact>
        {column.primaryKey ? <Fact>{text.review.primaryKey}</Fact> : null}
        <Fact>{column.foreignKey === null ? text.review.noForeignKey : text.review.references(column.foreignKey)}</Fact>
        {column.default === null ? null : <Fact>{text.review.defaultIs(column.default)}</Fact>}
      </div>
      <ul className={styles.values}>
        {issues.map((issue) => (
          <IssueLine key={`${issue.kind}:${issue.message}`} issue={issue} />
        ))}
        {issues.length === 0 ? (
          <li className={styles.calm}>
            <Tone tone="ok">{text.review.issuesNone}</Tone>
          </li>
        ) : null}
      </ul>
    </article>
  );
}

const issueTones: Readonly<Record<MappingIssue['severity'], ToneName>> = {
  error: 'bad',
  warning: 'warn',
  info: 'neutral',
};

function IssueLine({ issue }: { readonly issue: MappingIssue }): ReactNode {
  return (
    <li className={styles.issue}>
      <span>{text.review.issueKinds[issue.kind]}</span>
      <Tone tone={issueTones[issue.severity]}>{issue.message}</Tone>
    </li>
  );
}

function CardHead({ column }: { readonly column: ColumnDetail }): ReactNode {
  return (
    <header className={styles.cardHead}>
      <h3>{columnKey(column.ref)}</h3>
      <p>
        {column.comment === null || column.comment === '' ? '' : `“${column.comment}” · `}
        {column.rawType}
        {column.nullable ? '' : ' not null'}
      </p>
    </header>
  );
}

function NoTargetCard(): ReactNode {
  return (
    <article className={`${ui.card} ${styles.noTarget}`} aria-label={text.review.noCounterpart}>
      <h3>{text.review.noProposal}</h3>
      <p>{text.why.noTarget}</p>
    </article>
  );
}
