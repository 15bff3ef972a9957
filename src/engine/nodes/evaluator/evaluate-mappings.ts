/** Node 3 as a pure function: what would go wrong with each mapping, and the figures over all of them. */
import { type Evaluation, type Mapping, isAccepted, isDerived } from '../../../shared/model/mapping.ts';
import type { TableProfile } from '../../../shared/model/profile.ts';
import type { ProjectSettings } from '../../../shared/model/project.ts';
import { columnKey, type ColumnRef, type Table } from '../../../shared/model/schema.ts';
import { duplicateTargetIssues } from './duplicate-targets.ts';
import { mappingIssues } from './mapping-issues.ts';
import { indexColumns } from './column-index.ts';
import { measureMappings } from './measure-mappings.ts';

export interface EvaluationInput {
  readonly mappings: readonly Mapping[];
  readonly source: readonly Table[];
  readonly target: readonly Table[];
  /** Profiles of source tables by `tableKey`. */
  readonly profiles: ReadonlyMap<string, TableProfile>;
  readonly settings: Pick<ProjectSettings, 'minAverageConfidence' | 'minCompleteness'>;
}

/** The mappings in their own order with their issues found anew, and the evaluation of the whole. */
export function evaluateMappings(input: EvaluationInput): {
  readonly evaluation: Evaluation;
  readonly mappings: readonly Mapping[];
} {
  const source = indexColumns(input.source);
  const target = indexColumns(input.target);
  const duplicates = duplicateTargetIssues(input.mappings);
  const mappings = input.mappings.map((mapping) => ({
    ...mapping,
    issues: [
      ...mappingIssues(mapping, { source, target, profiles: input.profiles }),
      ...(duplicates.get(mapping.id) ?? []),
    ],
  }));
  return {
    evaluation: measureMappings(mappings, unfedTargets(mappings, input.target), input.target, input.settings),
    mappings,
  };
}

/** NOT NULL columns without a default in tables that are fed at all. */
function unfedTargets(mappings: readonly Mapping[], target: readonly Table[]): readonly ColumnRef[] {
  const fed = new Set<string>();
  const tables = new Set<string>();
  for (const mapping of mappings) {
    if (mapping.target === null || mapping.status === 'rejected') continue;
    // A value for every row feeds nothing before somebody has said that it is the right one.
    if (isDerived(mapping) && !isAccepted(mapping)) continue;
    for (const ref of [mapping.target, ...mapping.additional.map((part) => part.target)]) {
      fed.add(columnKey(ref));
      tables.add(`${ref.schema ?? ''}\u0000${ref.table}`);
    }
  }
  return target.flatMap((table) => {
    if (!tables.has(`${table.schema ?? ''}\u0000${table.name}`)) return [];
    return table.columns
      .filter((column) => !column.nullable && column.default === null && !column.identity && column.generated === null)
      .map((column) => ({ schema: table.schema, table: table.name, column: column.name }))
      .filter((ref) => !fed.has(columnKey(ref)));
  });
}
