/** The rules by which a correction carries over. A rule is one entry; each returns null where it has nothing to say. */
import type { Mapping, Rectification, Transformation } from '../../../shared/model/mapping.ts';
import { tableKey, type ColumnRef } from '../../../shared/model/schema.ts';
import { columnExpression } from '../../matching/column-expression.ts';
import { similarTo } from '../../review/similar-to.ts';
import type { Correction } from './corrections.ts';

export interface RectificationRule {
  readonly id: string;
  propose(mapping: Mapping, correction: Correction, all: readonly Mapping[]): Rectification | null;
}

const sameColumnName: RectificationRule = {
  id: 'same_name',
  propose(mapping, correction, all) {
    if (likenessOf(mapping, correction) !== 'same_name') return null;
    const target = counterpart(mapping, correction, all);
    return target === undefined ? null : rectification(mapping, correction, { target, rule: 'same_name', score: 0.95 });
  },
};

const sameSuffix: RectificationRule = {
  id: 'same_suffix',
  propose(mapping, correction, all) {
    if (likenessOf(mapping, correction) !== 'same_suffix' || !wasMappedAlike(mapping, correction)) return null;
    const target = counterpart(mapping, correction, all);
    return target === undefined
      ? null
      : rectification(mapping, correction, { target, rule: 'same_suffix', score: 0.8 });
  },
};

/** The person moved a column to another table: its neighbours that were to go where it was to go may move along. */
const sameRoute: RectificationRule = {
  id: 'same_route',
  propose(mapping, correction) {
    const { before, after } = correction;
    if (after.target === null || before.target === null || mapping.target === null) return null;
    if (tableKey(mapping.source) !== tableKey(after.source) || tableKey(before.target) === tableKey(after.target))
      return null;
    if (tableKey(mapping.target) !== tableKey(before.target)) return null;
    const route = tableKey(after.target);
    const candidate = mapping.candidates.find(
      (other) => tableKey(other) === route && other.column.toLowerCase() === mapping.target?.column.toLowerCase(),
    );
    if (candidate === undefined) return null;
    const target = { schema: candidate.schema, table: candidate.table, column: candidate.column };
    return rectification(mapping, correction, { target, rule: 'same_route', score: 0.7 });
  },
};

export const rectificationRules: readonly RectificationRule[] = [sameColumnName, sameSuffix, sameRoute];

function likenessOf(mapping: Mapping, correction: Correction): string | null {
  return similarTo(correction.after, [mapping])[0]?.rule ?? null;
}

function wasMappedAlike(mapping: Mapping, { before }: Correction): boolean {
  return (mapping.target?.column.toLowerCase() ?? null) === (before.target?.column.toLowerCase() ?? null);
}

/**
 * The target that the correction means for this mapping: nothing where the person chose nothing, the same column name in the table
 * that this mapping's table goes to, else the very column that the person chose. Undefined where the column is fed already.
 */
function counterpart(mapping: Mapping, { after }: Correction, all: readonly Mapping[]): ColumnRef | null | undefined {
  if (after.target === null) return null;
  const wanted = after.target.column.toLowerCase();
  const route = mapping.target === null ? null : tableKey(mapping.target);
  const inRoute = mapping.candidates.find(
    (candidate) => candidate.column.toLowerCase() === wanted && (route === null || tableKey(candidate) === route),
  );
  const found =
    inRoute ?? mapping.candidates.find((candidate) => candidate.column.toLowerCase() === wanted) ?? after.target;
  const isFed = all.some(
    (other) =>
      other.id !== mapping.id &&
      other.status !== 'rejected' &&
      other.target !== null &&
      tableKey(other.source) === tableKey(mapping.source) &&
      tableKey(other.target) === tableKey(found) &&
      other.target.column === found.column,
  );
  return isFed ? undefined : { schema: found.schema, table: found.table, column: found.column };
}

interface Change {
  readonly target: ColumnRef | null;
  readonly rule: string;
  readonly score: number;
}

function rectification(mapping: Mapping, { after }: Correction, { target, rule, score }: Change): Rectification {
  return {
    mappingId: mapping.id,
    because: `${columnExpression(after.source.column)} of ${after.source.table} was changed to ${after.target === null ? 'no target' : `${after.target.table}.${after.target.column}`}`,
    rule,
    score,
    before: { target: mapping.target, transformation: mapping.transformation, status: mapping.status },
    after: {
      target,
      transformation: carriedOver(mapping, after, target),
      status: target === null ? 'unmapped' : 'needs_review',
    },
  };
}

/** The correction's expression with this mapping's column in place of the corrected one's; a mapping keeps its own where the target stays. */
function carriedOver(mapping: Mapping, after: Mapping, target: ColumnRef | null): Transformation {
  if (target === null) return { type: 'none', expression: 'NULL' };
  const theirs = columnExpression(after.source.column);
  const own = columnExpression(mapping.source.column);
  const { type, expression } = after.transformation;
  if (type === 'direct' || expression === theirs) return { type: 'direct', expression: own };
  return { type, expression: replaceWord(expression, theirs, own) };
}

/** Whole identifiers only, outside of text literals. */
function replaceWord(expression: string, from: string, to: string): string {
  const pieces = expression.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_][A-Za-z0-9_]*|[\s\S]/g) ?? [];
  return pieces.map((piece) => (piece === from ? to : piece)).join('');
}
