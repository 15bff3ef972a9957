import { IconChartDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ConfidenceBin, Output } from '../../../shared/ipc/contract.ts';
import { mappingStatuses } from '../../../shared/model/mapping.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { startRun } from '../../commands/project-commands.ts';
import { call } from '../../data/client.ts';
import { useProject } from '../../data/project-store.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { Bar } from '../../ui/Bar.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { formatCount, formatPercent, formatScore } from '../../ui/format.ts';
import { text } from '../../ui/text.ts';
import ui from '../../ui/ui.module.css';
import { ReliabilityChart } from './ReliabilityChart.tsx';
import styles from './accuracy.module.css';

type Report = Output<'accuracy.report'>;
const words = text.accuracy;

/** How right the mapping was so far in this project, and what its confidence rests on. */
export function AccuracyView(): ReactNode {
  const project = useProject((state) => state.project);
  const counts = project?.counts;
  const key =
    counts === undefined || counts.mappings === 0
      ? null
      : JSON.stringify([project?.fileName, project?.run.status, counts.mappings, counts.pending, counts.decided]);
  const { value, error } = useLoaded(key, () => call('accuracy.report', {}));
  if (key === null)
    return (
      <EmptyState
        icon={<IconChartDots size={40} stroke={1.3} />}
        title={words.empty}
        actions={<CommandButton command={startRun} kind="primary" />}
      >
        {words.emptyMore}
      </EmptyState>
    );
  if (error !== null) return <ErrorNote error={error} />;
  if (value === null) return <Skeleton />;
  return (
    <ScrollRegion className={styles.view} label={words.title}>
      <Reliability report={value} />
      <div className={styles.columns}>
        <Standing report={value} />
        <Outcomes report={value} />
        <Shipped report={value} />
      </div>
    </ScrollRegion>
  );
}

function Reliability({ report }: { readonly report: Report }): ReactNode {
  const { bins, decided, right, error } = report;
  return (
    <section className={ui.card}>
      <header className={styles.head}>
        <h2>{words.reliability}</h2>
        {decided === 0 ? null : (
          <span>
            {words.decided(right, decided)}
            {error === null ? '' : ` · ${words.error(formatScore(error))}`}
          </span>
        )}
        <p>{decided === 0 ? words.noDecisions : words.reliabilityMore}</p>
      </header>
      <div className={styles.reliability}>
        <ReliabilityChart label={words.chart(decided)} bins={bins} />
        <table className={ui.table} aria-label={words.reliability}>
          <thead>
            <tr>
              <th>{words.confidence}</th>
              <th className={ui.number}>{words.count}</th>
              <th className={ui.number}>{words.mean}</th>
              <th className={ui.number}>{words.right}</th>
              <th className={ui.number}>{words.shareRight}</th>
            </tr>
          </thead>
          <tbody>
            {bins.map((bin) => (
              <BinRow key={bin.from} bin={bin} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function BinRow({ bin }: { readonly bin: ConfidenceBin }): ReactNode {
  return (
    <tr>
      <td>
        {formatScore(bin.from)} – {formatScore(bin.to)}
      </td>
      <td className={ui.number}>{formatCount(bin.decided)}</td>
      <td className={ui.number}>{bin.mean === null ? '—' : formatScore(bin.mean)}</td>
      <td className={ui.number}>{bin.decided === 0 ? '—' : formatCount(bin.right)}</td>
      <td className={ui.number}>{formatPercent(bin.right, bin.decided)}</td>
    </tr>
  );
}

function Standing({ report }: { readonly report: Report }): ReactNode {
  const total = mappingStatuses.reduce((sum, status) => sum + report.counts[status], 0);
  return (
    <section className={ui.card}>
      <header className={styles.head}>
        <h2>{words.standing}</h2>
      </header>
      <table className={ui.table} aria-label={words.standing}>
        <thead>
          <tr>
            <th>{words.status}</th>
            <th className={ui.number}>{words.mappings}</th>
            <th>{words.share}</th>
          </tr>
        </thead>
        <tbody>
          {mappingStatuses.map((status) => (
            <tr key={status}>
              <td>{text.review.statuses[status]}</td>
              <td className={ui.number}>{formatCount(report.counts[status])}</td>
              <td>
                <span className={styles.share}>
                  <Bar share={total === 0 ? 0 : report.counts[status] / total} />
                  {formatPercent(report.counts[status], total)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Outcomes({ report }: { readonly report: Report }): ReactNode {
  return (
    <section className={ui.card}>
      <header className={styles.head}>
        <h2>{words.outcomes}</h2>
      </header>
      <table className={ui.table} aria-label={words.outcomes}>
        <thead>
          <tr>
            <th>{words.status}</th>
            <th className={ui.number}>{words.proposed}</th>
            <th className={ui.number}>{words.kept}</th>
            <th className={ui.number}>{words.changed}</th>
            <th className={ui.number}>{words.rejected}</th>
          </tr>
        </thead>
        <tbody>
          {report.outcomes.map((one) => (
            <tr key={one.status}>
              <td>{text.review.statuses[one.status]}</td>
              <td className={ui.number}>{formatCount(one.proposed)}</td>
              <td className={ui.number}>{formatCount(one.kept)}</td>
              <td className={ui.number}>{formatCount(one.changed)}</td>
              <td className={ui.number}>{formatCount(one.rejected)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Shipped({ report }: { readonly report: Report }): ReactNode {
  const { embeddings, points } = report.shipped;
  return (
    <section className={ui.card}>
      <header className={styles.head}>
        <h2>{words.shipped}</h2>
        <p>{words.shippedMore(embeddings)}</p>
      </header>
      <ScrollRegion className={styles.points} label={words.shipped}>
        <table className={ui.table}>
          <thead>
            <tr>
              <th className={ui.number}>{words.score}</th>
              <th className={ui.number}>{words.is}</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ at, is }) => (
              <tr key={at}>
                <td className={ui.number}>{at.toFixed(3)}</td>
                <td className={ui.number}>{is.toFixed(3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
