import type { Decision } from '../../shared/model/mapping.ts';
import type { RunState } from '../../shared/model/project.ts';
import { profilesByTable, tablesOf } from '../core/sides.ts';
import { withNamedSources } from '../matching/derive/named-sources.ts';
import { settleParts } from '../matching/derive/with-derived.ts';
import { decidedFrom } from '../review/apply-decisions.ts';
import { createEvaluator, type Evaluated } from './evaluator/create-evaluator.ts';

export type Settler = (log: readonly Decision[]) => Evaluated;

type Proposed = Pick<RunState, 'proposals' | 'discovery' | 'settings'>;

/**
 * What decisions make of the proposals of `state`: the mappings with every standing one taken in, what would go wrong with each,
 * and the figures over all. To be kept while the state is the same and its log grows: only what new decisions change is looked at
 * again.
 */
export function createSettler({ proposals = [], discovery, settings }: Proposed): Settler {
  const source = tablesOf(discovery, 'source');
  const target = tablesOf(discovery, 'target');
  const evaluate = createEvaluator({ source, target, profiles: profilesByTable(discovery), settings });
  const decided = decidedFrom(proposals);
  let latest: { readonly entries: number; readonly settled: Evaluated } | null = null;
  return (log) => {
    if (latest?.entries !== log.length)
      latest = { entries: log.length, settled: evaluate(settleParts(withNamedSources(decided(log), source))) };
    return latest.settled;
  };
}

export const settleMappings = (state: Proposed, decisions: readonly Decision[]): Evaluated =>
  createSettler(state)(decisions);
