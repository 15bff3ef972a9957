/** How right the mapping was so far: what people decided, held against the confidence of what was proposed. */
import { type ConfidenceBin, type Output, noCounts, proposedStatuses } from '../../shared/ipc/contract.ts';
import { type Decision, type Mapping, isDerived, isPending } from '../../shared/model/mapping.ts';
import { columnKey } from '../../shared/model/schema.ts';
import { shippedCalibration, standingDecisions } from '../../engine/index.ts';
import type { Workbench } from './workbench.ts';

const BINS = 10;
/** Fewer decisions near a confidence say nothing about it. */
const LEAST_NEARBY = 5;

interface Judged {
  readonly proposal: Mapping;
  readonly verdict: 'kept' | 'changed' | 'rejected';
}

export async function accuracyReport(workbench: Workbench): Promise<Output<'accuracy.report'>> {
  const { embedder } = await workbench.engine.hosts.embedder();
  const proposals = workbench.session.state()?.proposals ?? [];
  const judged = judge(proposals, workbench.session.decisions());
  const bins = binsOf(judged);
  const decided = bins.reduce((sum, bin) => sum + bin.decided, 0);
  const counts = noCounts();
  for (const { status } of workbench.session.mappings()) counts[status] += 1;
  return {
    counts,
    bins: [...bins],
    decided,
    right: bins.reduce((sum, bin) => sum + bin.right, 0),
    error: decided === 0 ? null : calibrationError(bins, decided),
    outcomes: proposedStatuses.map((status) => {
      const own = judged.filter(({ proposal }) => proposal.status === status);
      const count = (verdict: Judged['verdict']): number => own.filter((one) => one.verdict === verdict).length;
      return {
        status,
        proposed: proposals.filter((proposal) => proposal.status === status).length,
        kept: count('kept'),
        changed: count('changed'),
        rejected: count('rejected'),
      };
    }),
    shipped: { embeddings: embedder !== null, points: [...shippedCalibration(embedder !== null)] },
  };
}

/** "in this project 7 of 9 decided with .5… were right"; null where too few were decided to say. */
export function nearbyDecisions(workbench: Workbench, mapping: Mapping): string | null {
  if (mapping.target === null || !isPending(mapping)) return null;
  const judged = judge(workbench.session.state()?.proposals ?? [], workbench.session.decisions());
  const bin = binsOf(judged)[binAt(mapping.confidence)];
  if (bin === undefined || bin.decided < LEAST_NEARBY) return null;
  return `in this project ${bin.right} of ${bin.decided} decided with .${Math.round(bin.from * 10)}… were right`;
}

/** The last standing decision of a person about each proposal for a source column. What the rectifier did is no judgement. */
export function judge(proposals: readonly Mapping[], log: readonly Decision[]): readonly Judged[] {
  const last = new Map(
    standingDecisions(log)
      .filter(({ by }) => by === 'person' || by === 'import')
      .map((decision) => [decision.mappingId, decision]),
  );
  return proposals.flatMap((proposal): readonly Judged[] => {
    const decision = last.get(proposal.id);
    if (decision === undefined || isDerived(proposal)) return [];
    if (decision.verdict === 'reject') return [{ proposal, verdict: 'rejected' }];
    return [{ proposal, verdict: keyOf(decision.target) === keyOf(proposal.target) ? 'kept' : 'changed' }];
  });
}

const keyOf = (target: Mapping['target']): string | null => (target === null ? null : columnKey(target));
const binAt = (confidence: number): number => Math.min(BINS - 1, Math.floor(confidence * BINS + 1e-9));

/** Proposals without a target have no confidence to hold against anything. */
export function binsOf(judged: readonly Judged[]): readonly ConfidenceBin[] {
  return Array.from({ length: BINS }, (_, at) => {
    const own = judged.filter(({ proposal }) => proposal.target !== null && binAt(proposal.confidence) === at);
    const sum = own.reduce((total, { proposal }) => total + proposal.confidence, 0);
    return {
      from: at / BINS,
      to: (at + 1) / BINS,
      decided: own.length,
      right: own.filter(({ verdict }) => verdict === 'kept').length,
      mean: own.length === 0 ? null : sum / own.length,
    };
  });
}

function calibrationError(bins: readonly ConfidenceBin[], decided: number): number {
  return bins.reduce(
    (sum, bin) =>
      bin.mean === null ? sum : sum + Math.abs(bin.right / bin.decided - bin.mean) * (bin.decided / decided),
    0,
  );
}
