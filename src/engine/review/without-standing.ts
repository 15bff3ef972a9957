import type { Decision } from '../../shared/model/mapping.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import type { NewDecision } from '../ports/project-store.ts';
import { lastDecisions } from './apply-decisions.ts';

/** The entries that say something new: a file of decisions that was read before, or half of it, adds nothing twice. */
export function withoutStanding(entries: readonly NewDecision[], log: readonly Decision[]): readonly NewDecision[] {
  const last = lastDecisions(log);
  return entries.filter((entry) => {
    const standing = last.get(entry.mappingId);
    return standing === undefined || meaningOf(standing) !== meaningOf(entry);
  });
}

/** What was rejected is looked up by the mapping: its target may be another one by now. */
function meaningOf({ verdict, target, transformation, note }: NewDecision | Decision): string {
  return canonicalJson(verdict === 'reject' ? { verdict, note } : { verdict, target, transformation, note });
}
