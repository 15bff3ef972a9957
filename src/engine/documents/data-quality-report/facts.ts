import type { Mapping, MappingIssue } from '../../../shared/model/mapping.ts';
import type { QualityIssue, TableProfile } from '../../../shared/model/profile.ts';
import { compareText } from '../../core/text.ts';
import type { StateView } from '../facts/state-view.ts';

export interface QualityFacts {
  readonly tables: readonly TableProfile[];
  readonly issues: readonly QualityIssue[];
  readonly byKind: readonly { readonly kind: QualityIssue['kind']; readonly issues: number; readonly rows: number }[];
  readonly mappingIssues: readonly { readonly mapping: Mapping; readonly issue: MappingIssue }[];
  /** Source tables without profiled data. */
  readonly unprofiled: readonly string[];
}

const severityOrder = ['error', 'warning', 'info'] as const;

export function qualityFacts(view: StateView): QualityFacts {
  const tables = [...view.profiles.values()].sort((a, b) => compareText(a.table, b.table));
  const issues = tables
    .flatMap((table) => table.issues)
    .sort(
      (a, b) =>
        b.rows - a.rows ||
        compareText(a.table, b.table) ||
        compareText(a.column ?? '', b.column ?? '') ||
        compareText(a.kind, b.kind),
    );
  const kinds = [...new Set(issues.map(({ kind }) => kind))].sort(compareText);
  const mappingIssues = view.mappings.flatMap((mapping) => mapping.issues.map((issue) => ({ mapping, issue })));
  return {
    tables,
    issues,
    byKind: kinds.map((kind) => {
      const own = issues.filter((issue) => issue.kind === kind);
      return { kind, issues: own.length, rows: own.reduce((sum, { rows }) => sum + rows, 0) };
    }),
    mappingIssues: mappingIssues.sort(
      (a, b) =>
        severityOrder.indexOf(a.issue.severity) - severityOrder.indexOf(b.issue.severity) ||
        (b.issue.rows ?? 0) - (a.issue.rows ?? 0) ||
        compareText(a.mapping.id, b.mapping.id),
    ),
    unprofiled: view.source
      .filter(({ key, table }) => table.kind !== 'view' && !view.profiles.has(key))
      .map(({ key }) => key),
  };
}
