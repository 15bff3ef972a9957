/** Lines of a mapping table that make a target column of several source columns, or of none. */
import type { KnownMapping } from '../../shared/model/known-mapping.ts';
import { type Mapping, type Transformation, derivedId, isDerived } from '../../shared/model/mapping.ts';
import { type ColumnRef, tableKey } from '../../shared/model/schema.ts';
import { constantExpression } from '../readers/dictionary/constant-expression.ts';
import { type ColumnIndex, type FoundColumn, type Sides, findColumn, indexOf } from './known-columns.ts';
import { placeOfKnown } from './place-of-known.ts';
import { ruleExpression } from './rule-expression.ts';

interface Line {
  readonly known: KnownMapping;
  readonly to: FoundColumn;
  /** None for a constant. */
  readonly from: readonly FoundColumn[];
  /** Null where the rule is prose. */
  readonly transformation: Transformation | null;
}

/** True for a line that names several columns of one table, or a value instead of a column. */
export const isDerivedLine = (line: KnownMapping, index: ReturnType<typeof indexOf>): boolean =>
  resolve(line, index) !== null;

/** What such lines say of a target column, by the id of its mapping; prose says nothing that could run. */
export function knownTransformation(
  known: readonly KnownMapping[],
  sides: Sides,
): readonly (readonly [string, { readonly known: KnownMapping; readonly transformation: Transformation }])[] {
  const index = indexOf(sides);
  return known.flatMap((line) => {
    const found = resolve(line, index);
    const transformation = found?.transformation ?? null;
    return found === null || transformation === null
      ? []
      : [[derivedId(found.to.ref), { known: line, transformation }] as const];
  });
}

/** Mappings of such lines, one a target column. What the rule leaves open is taken from the proposal for the same columns. */
export function knownDerived(
  known: readonly KnownMapping[],
  proposals: readonly Mapping[],
  sides: Sides & { readonly autoApprove: number },
): readonly Mapping[] {
  const index = indexOf(sides);
  const byId = new Map<string, Mapping>();
  const proposed = new Map(proposals.filter(isDerived).map((mapping) => [mapping.id, mapping]));
  for (const line of known) {
    const found = resolve(line, index);
    if (found === null || byId.has(derivedId(found.to.ref))) continue;
    const rows = found.from[0]?.ref ?? rowsFor(found.to.ref, proposals);
    if (rows === null) continue;
    const earlier = proposed.get(derivedId(found.to.ref));
    const transformation = found.transformation ?? earlier?.transformation ?? null;
    if (transformation !== null)
      byId.set(derivedId(found.to.ref), toMapping(found, rows, transformation, sides.autoApprove));
  }
  return [...byId.values()];
}

function resolve(line: KnownMapping, { source, target }: ReturnType<typeof indexOf>): Line | null {
  const to = line.target === null ? null : findColumn(target, line.target);
  if (to === null || findColumn(source, line.source) !== null) return null;
  const constant = line.source.column === '' ? constantExpression(line.rule ?? '') : null;
  if (constant !== null)
    return { known: line, to, from: [], transformation: { type: 'constant', expression: constant } };
  const from = columnsOf(line, source);
  const [first] = from;
  if (first === undefined) return null;
  const expression = line.rule === null ? null : ruleExpression(line.rule, first.table);
  return { known: line, to, from, transformation: expression === null ? null : { type: 'merge', expression } };
}

/** `FIRST_NM + LAST_NM`: at least two columns of one table, or none. */
function columnsOf({ source }: KnownMapping, index: ColumnIndex): readonly FoundColumn[] {
  const names = source.column.split(/\s*[+&]\s*/);
  const found = names.map((column) => findColumn(index, { ...source, column }));
  const columns = found.filter((one) => one !== null);
  const isOneTable = columns.every(({ ref }) => columns[0] !== undefined && tableKey(ref) === tableKey(columns[0].ref));
  return names.length >= 2 && columns.length === names.length && isOneTable ? columns : [];
}

/** The rows that take a constant: those of the source table that most of the target table comes from. */
function rowsFor(target: ColumnRef, proposals: readonly Mapping[]): ColumnRef | null {
  const counts = new Map<string, { readonly ref: ColumnRef; readonly count: number }>();
  for (const mapping of proposals) {
    if (mapping.target === null || isDerived(mapping) || tableKey(mapping.target) !== tableKey(target)) continue;
    const key = tableKey(mapping.source);
    counts.set(key, { ref: mapping.source, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most === undefined ? null : { ...most.ref, column: '' };
}

function toMapping(
  { known, to, from, transformation: given }: Line,
  rows: ColumnRef,
  transformation: Transformation,
  autoApprove: number,
): Mapping {
  const where = placeOfKnown(known);
  const isOpen = given === null;
  return {
    id: derivedId(to.ref),
    source: rows,
    sources: from.map(({ ref }) => ref),
    target: to.ref,
    transformation,
    additional: [],
    confidence: isOpen ? Math.max(0, Math.min(0.79, autoApprove - 0.01)) : 1,
    parts: { semantic: 1, type: 1, domain: 0.5, history: 0.5 },
    status: isOpen ? 'needs_review' : 'auto_approved',
    rationale: `Given by the user in ${where}.`,
    reasons: [
      known.rule === null
        ? `${where} names the columns without a rule`
        : `The rule there: ${known.rule.replace(/\s+/g, ' ').slice(0, 300)}`,
    ],
    candidates: [],
    issues: [],
    priority: 5,
    patterns: [],
  };
}
