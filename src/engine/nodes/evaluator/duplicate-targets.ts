/** Two columns of one source table that would write the same target column. */
import { isAccepted, isDerived, type Mapping, type MappingIssue } from '../../../shared/model/mapping.ts';
import { columnKey, tableKey } from '../../../shared/model/schema.ts';

/** Issues by mapping id. Columns of different source tables may feed one target: that is a union, not a clash. */
export function duplicateTargetIssues(mappings: readonly Mapping[]): ReadonlyMap<string, readonly MappingIssue[]> {
  const writers = new Map<string, Mapping[]>();
  for (const mapping of mappings) {
    if (mapping.target === null || mapping.status === 'rejected' || mapping.transformation.type === 'merge') continue;
    if (isDerived(mapping)) continue;
    const slot = `${tableKey(mapping.source)}\u0000${columnKey(mapping.target)}`;
    writers.set(slot, [...(writers.get(slot) ?? []), mapping]);
  }
  const issues = new Map<string, readonly MappingIssue[]>();
  for (const group of writers.values()) {
    if (group.length < 2) continue;
    const severity = group.filter(isAccepted).length > 1 ? 'error' : 'warning';
    for (const mapping of group) {
      const others = group.filter((other) => other.id !== mapping.id).map((other) => other.source.column);
      const message = `${others.join(', ')} ${others.length === 1 ? 'goes' : 'go'} to ${mapping.target?.column ?? ''} as well: keep one, or merge them`;
      issues.set(mapping.id, [{ severity, kind: 'duplicate_target', message, rows: null }]);
    }
  }
  return issues;
}
