/**
 * Matching: each source column's counterparts in the target, ranked, with a calibrated confidence. This module proposes; it never
 * decides for a person, and it knows nothing of files, stores or models beyond the embedder it is given.
 */
import type { Mapping } from '../../shared/model/mapping.ts';
import { columnKey, tableKey, type ColumnRef, type Table } from '../../shared/model/schema.ts';
import { compareText } from '../core/text.ts';
import { findDomainPack, withOwnPacks } from '../domains/packs.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { MatchInput } from '../ports/matcher.ts';
import { describeCertainty } from './certainty.ts';
import { demoteDuplicates } from './demote-duplicates.ts';
import { deriveColumns } from './derive/derive-columns.ts';
import { withDerived } from './derive/with-derived.ts';
import { recallHistory, type JobHistory } from './history.ts';
import type { JobContext } from './job-context.ts';
import { prepareJob, type MatchProgress } from './prepare-job.ts';
import { rankColumns, type RankedColumn } from './rank-column.ts';
import { createRanker } from './ranker.ts';
import { toMapping } from './to-mapping.ts';
import { yieldToRivals } from './yield-to-rivals.ts';

/** Candidates kept of each column: what comes later has no belief to speak of, and a hundred thousand columns must fit in memory. */
export const KEPT = 12;

/**
 * One mapping a source column, in source order, then one a derived target column; the same input gives the same mappings, and the order of tables and columns
 * does not change them. Without an embedder names, types, values and structure still match, and the reasons say so.
 * `onProgress` gets steps done, steps in all and the stage they belong to. Throws CANCELLED when the signal is aborted.
 */
export async function matchSchemas(
  input: MatchInput,
  embedder: Embedder | null,
  onProgress: MatchProgress = () => undefined,
  signal?: AbortSignal,
): Promise<readonly Mapping[]> {
  const { context, history, ranked } = await rankAll(input, embedder, onProgress, signal);
  onProgress(0, ranked.length, 'describing mappings');
  const about = { job: context, history, profiles: input.profiles, settings: input.settings };
  const certainty = describeCertainty(ranked, context.target.columns.length);
  const mappings = new Map(
    ranked.map((column, index) => [columnKey(column.source.ref), toMapping(column, certainty[index] ?? [], about)]),
  );
  const own = demoteDuplicates(refsOf(input.source).flatMap((ref) => mappings.get(columnKey(ref)) ?? []));
  const { profiles, targetProfiles, patterns, settings } = input;
  const sides = { source: context.source, target: context.target };
  return withDerived(own, deriveColumns({ ...sides, mappings: own, profiles, targetProfiles, patterns, settings }));
}

/** Every column's candidates. The quick scores of all pairs, by far the largest of all data, end with it. */
async function rankAll(
  input: MatchInput,
  embedder: Embedder | null,
  onProgress: MatchProgress,
  signal: AbortSignal | undefined,
): Promise<{
  readonly context: JobContext;
  readonly history: JobHistory;
  readonly ranked: readonly RankedColumn[];
}> {
  const packs = withOwnPacks(input.ownPacks ?? []);
  const domain = findDomainPack(input.settings.domain, packs);
  const job = await prepareJob(
    {
      source: inFixedOrder(input.source),
      target: inFixedOrder(input.target),
      profiles: input.profiles,
      targetProfiles: input.targetProfiles,
      domain,
      packs,
    },
    embedder,
    { onProgress, signal },
  );
  const history = await recallHistory(input.patterns, job.context, embedder, signal);
  const rejected = new Map([...input.rejected].map(([id, refs]) => [id, new Set(refs.map(columnKey))]));
  const alone = rankColumns(job, {
    ranker: createRanker(embedder === null ? 'rules' : 'minilm', input.withoutSignal),
    keep: Math.max(KEPT, input.settings.topCandidates),
    onProgress: (done, total) => onProgress(done, total, 'ranking candidates'),
    historyOf: (source, target) => history.valueOf(source, target),
    routeOf: (source, target) => history.routeOf(source, target),
    isRejected: (source, target) =>
      rejected.size > 0 && (rejected.get(columnKey(source.ref))?.has(columnKey(target.ref)) ?? false),
    remembered: (source) => history.remembered(source),
    signal,
  });
  return { context: job.context, history, ranked: yieldToRivals(alone) };
}

const refsOf = (tables: readonly Table[]): readonly ColumnRef[] =>
  tables.flatMap((table) =>
    table.columns.map((column) => ({ schema: table.schema, table: table.name, column: column.name })),
  );

/** Tables and columns by name, so that no tie is decided by the order of files. */
function inFixedOrder(tables: readonly Table[]): readonly Table[] {
  const keyOf = (table: Table): string => tableKey({ schema: table.schema, table: table.name });
  return tables
    .map((table) => ({ ...table, columns: [...table.columns].sort((a, b) => compareText(a.name, b.name)) }))
    .sort((a, b) => compareText(keyOf(a), keyOf(b)));
}
