/** Node 3: what would go wrong with each mapping, and the figures over all of them. */
import type { Evaluation, Mapping } from '../../../shared/model/mapping.ts';
import type { TableProfile } from '../../../shared/model/profile.ts';
import type { ProjectSettings } from '../../../shared/model/project.ts';
import type { Table } from '../../../shared/model/schema.ts';
import { duplicateTargetIssues } from './duplicate-targets.ts';
import { mappingIssues } from './mapping-issues.ts';
import { indexColumns, indexProfiles } from './column-index.ts';
import { measureMappings } from './measure-mappings.ts';
import { createCoverage } from './target-coverage.ts';

/** What mappings are held against. */
export interface EvaluationContext {
  readonly source: readonly Table[];
  readonly target: readonly Table[];
  /** Profiles of source tables by `tableKey`. */
  readonly profiles: ReadonlyMap<string, TableProfile>;
  readonly settings: Pick<ProjectSettings, 'minAverageConfidence' | 'minCompleteness'>;
}

export interface Evaluated {
  readonly evaluation: Evaluation;
  /** In their own order, with their issues found anew. */
  readonly mappings: readonly Mapping[];
}

/** Evaluates mappings in this context, as often as they change: of a mapping that it has seen it knows the issues. */
export function createEvaluator(context: EvaluationContext): (mappings: readonly Mapping[]) => Evaluated {
  const find = {
    source: indexColumns(context.source),
    target: indexColumns(context.target),
    profile: indexProfiles(context.profiles),
  };
  const coverage = createCoverage(context.target);
  const known = new WeakMap<Mapping, Mapping>();
  const withOwnIssues = (mapping: Mapping): Mapping => {
    const before = known.get(mapping);
    if (before !== undefined) return before;
    const found: Mapping = { ...mapping, issues: mappingIssues(mapping, find) };
    known.set(mapping, found);
    return found;
  };
  return (given) => {
    const duplicates = duplicateTargetIssues(given);
    const mappings = given.map((mapping) => {
      const own = withOwnIssues(mapping);
      const shared = duplicates.get(mapping.id);
      return shared === undefined ? own : { ...own, issues: [...own.issues, ...shared] };
    });
    return { evaluation: measureMappings(mappings, coverage(given), context.settings), mappings };
  };
}
