import type { Decision, Evaluation, Mapping } from '../../shared/model/mapping.ts';
import type { RunState } from '../../shared/model/project.ts';
import { profilesByTable, tablesOf } from '../core/sides.ts';
import { withNamedSources } from '../matching/derive/named-sources.ts';
import { settleParts } from '../matching/derive/with-derived.ts';
import { applyDecisions } from '../review/apply-decisions.ts';
import { evaluateMappings } from './evaluator/evaluate-mappings.ts';

/** The proposals with every standing decision taken in, what would go wrong with each, and the figures over all. */
export function settleMappings(
  state: Pick<RunState, 'proposals' | 'discovery' | 'settings'>,
  decisions: readonly Decision[],
): { readonly mappings: readonly Mapping[]; readonly evaluation: Evaluation } {
  const source = tablesOf(state.discovery, 'source');
  return evaluateMappings({
    mappings: settleParts(withNamedSources(applyDecisions(state.proposals ?? [], decisions), source)),
    source,
    target: tablesOf(state.discovery, 'target'),
    profiles: profilesByTable(state.discovery),
    settings: state.settings,
  });
}
