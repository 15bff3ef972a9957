import { PortolanError } from '../../shared/errors.ts';
import { type Mapping, type MappingIssue, type Transformation, isDerived } from '../../shared/model/mapping.ts';
import type { RunState } from '../../shared/model/project.ts';
import { type Column, type ColumnRef, type Table, columnKey, tableKey } from '../../shared/model/schema.ts';
import { profilesByTable, tablesOf } from '../core/sides.ts';
import { proposeTransformation } from '../matching/propose-transformation.ts';
import { indexProfiles } from '../nodes/evaluator/column-index.ts';
import { mappingIssues } from '../nodes/evaluator/mapping-issues.ts';

/** What a mapping would be with another target: the expression that it would need, and what would go wrong. Changes nothing. */
export function retarget(
  mapping: Mapping,
  target: ColumnRef,
  state: RunState,
): { readonly transformation: Transformation; readonly issues: readonly MappingIssue[] } {
  if (isDerived(mapping)) return { transformation: mapping.transformation, issues: [] };
  const from = findColumn(tablesOf(state.discovery, 'source'), mapping.source);
  const to = findColumn(tablesOf(state.discovery, 'target'), target);
  const figures = indexProfiles(profilesByTable(state.discovery))(mapping.source);
  const { transformation } = proposeTransformation(from, to, figures.profile);
  const moved: Mapping = { ...mapping, target, transformation, additional: [], issues: [] };
  const issues = mappingIssues(moved, { source: () => from, target: () => to, profile: () => figures });
  return { transformation, issues };
}

function findColumn(tables: readonly Table[], ref: ColumnRef): Column {
  const key = tableKey(ref);
  const table = tables.find((candidate) => tableKey({ schema: candidate.schema, table: candidate.name }) === key);
  const column = table?.columns.find((candidate) => candidate.name === ref.column);
  if (column === undefined)
    throw new PortolanError('INPUT_INVALID', `There is no column ${columnKey(ref)}`, {
      hint: 'Choose a column of the list.',
    });
  return column;
}
