/** Proposals from what was learned before, for mappings that no rule reaches. */
import type { LearnedPattern, Mapping, Rectification } from '../../../shared/model/mapping.ts';
import { tableKey } from '../../../shared/model/schema.ts';
import { indexPatterns, ofSingleColumns } from '../../learning/retrieve-patterns.ts';

/** Only where the pattern names a candidate that the ranking knows: patterns never invent a target. */
export function byLearnedPatterns(mapping: Mapping, patterns: readonly LearnedPattern[]): readonly Rectification[] {
  const index = indexPatterns(ofSingleColumns(patterns));
  const matches = index.retrieve(tableKey(mapping.source), mapping.source.column, null);
  return matches.flatMap(({ pattern, similarity }): readonly Rectification[] => {
    if (pattern.verdict === 'reject' || pattern.targetColumn === null) return [];
    const candidate = mapping.candidates.find(
      (other) =>
        other.column.toLowerCase() === pattern.targetColumn?.toLowerCase() &&
        tableKey(other).toLowerCase() === pattern.targetTable?.toLowerCase(),
    );
    if (candidate === undefined || (mapping.target !== null && sameRef(mapping.target, candidate))) return [];
    const target = { schema: candidate.schema, table: candidate.table, column: candidate.column };
    return [
      {
        mappingId: mapping.id,
        because: `${pattern.sourceTable}.${pattern.sourceColumn} was mapped to ${pattern.targetTable ?? ''}.${pattern.targetColumn} in ${pattern.origin}`,
        rule: 'learned_pattern',
        score: similarity * pattern.confidence,
        before: { target: mapping.target, transformation: mapping.transformation, status: mapping.status },
        after: {
          target,
          transformation: mapping.transformation.type === 'none' ? pattern.transformation : mapping.transformation,
          status: 'needs_review',
        },
      },
    ];
  });
}

const sameRef = (
  a: { readonly schema: string | null; readonly table: string; readonly column: string },
  b: typeof a,
): boolean => tableKey(a) === tableKey(b) && a.column === b.column;
