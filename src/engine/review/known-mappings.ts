/** Mappings that a customer wrote down before, found again among the columns of a run. */
import type { KnownMapping } from '../../shared/model/known-mapping.ts';
import { type DecisionInput, type Mapping, type Transformation, derivedId } from '../../shared/model/mapping.ts';
import type { TableProfile } from '../../shared/model/profile.ts';
import { type ColumnRef, type Diagnostic, type Table, columnKey, tableKey } from '../../shared/model/schema.ts';
import { proposeTransformation } from '../matching/propose-transformation.ts';
import { placeOfKnown } from './place-of-known.ts';
import { type FoundColumn, type Sides, findColumn, indexOf } from './known-columns.ts';
import { isDerivedLine, knownDerived, knownTransformation } from './known-derived.ts';
import { ruleExpression, saysDirect } from './rule-expression.ts';

interface Resolved {
  readonly known: KnownMapping;
  readonly from: FoundColumn;
  readonly to: FoundColumn | null;
}

const openStatus =
  /^(?:open|draft|tbd|tbc|to ?do|in progress|pending|proposed|review|unclear|offen|entwurf|borrador|pendiente)/i;
const deadStatus = /^(?:reject|obsolete|deleted|withdrawn|invalid|wrong|verworfen|abgelehnt|rechazad)/i;

/** Lines whose columns are not, or not uniquely, among the schemas of the run. */
export function unresolvedKnown(known: readonly KnownMapping[], sides: Sides): readonly Diagnostic[] {
  const index = indexOf(sides);
  return known.flatMap((line): readonly Diagnostic[] => {
    if (isDerivedLine(line, index)) return [];
    const [side, end] =
      line.source.column !== '' && findColumn(index.source, line.source) === null
        ? (['source', line.source] as const)
        : (['target', line.target] as const);
    if (end === null || (side === 'target' && findColumn(index.target, end) !== null)) return [];
    const name = end.table === null ? end.column : `${end.table}.${end.column}`;
    const message = `${placeOfKnown(line)} names ${name}, which is not a column of the ${side} schema or not the only one; the line is left out`;
    return [{ severity: 'warning', message, file: line.file, line: line.row, statement: null }];
  });
}

export interface KnownContext extends Sides {
  readonly profiles: ReadonlyMap<string, TableProfile>;
  readonly autoApprove: number;
  /** Targets that a person has rejected, by mapping. */
  readonly rejected: ReadonlyMap<string, readonly ColumnRef[]>;
}

/**
 * The proposals with known mappings in place of what was found, settled as given. A rule in prose keeps its mapping open:
 * somebody has to write the expression. A target that a person rejects stays rejected.
 */
export function withKnownMappings(
  proposals: readonly Mapping[],
  known: readonly KnownMapping[],
  context: KnownContext,
): readonly Mapping[] {
  if (known.length === 0) return proposals;
  const bySource = resolve(known, context);
  const given = proposals.map((proposal) => {
    const refused = new Set((context.rejected.get(proposal.id) ?? []).map(columnKey));
    const lines = (bySource.get(proposal.id) ?? []).filter(({ to }) => to === null || !refused.has(columnKey(to.ref)));
    return lines.length === 0 ? proposal : settled(proposal, lines, context);
  });
  // What the customer wrote down of a target column leaves nothing to derive.
  const fed = new Set(
    given.flatMap(({ id, target }) => (bySource.has(id) && target !== null ? [derivedId(target)] : [])),
  );
  const derived = knownDerived(known, given, context);
  const replaced = new Set([...fed, ...derived.map(({ id }) => id)]);
  return [...given.filter(({ id }) => !replaced.has(id)), ...derived];
}

/** The same as decisions that can be imported into a run. */
export function decisionsFromKnown(
  known: readonly KnownMapping[],
  proposals: readonly Mapping[],
  sides: Sides,
): readonly DecisionInput[] {
  const bySource = resolve(known, sides);
  const derived = new Map(knownTransformation(known, sides));
  return proposals.flatMap(({ id, target }): readonly DecisionInput[] => {
    const line = bySource.get(id)?.[0];
    const made = derived.get(id);
    if (made !== undefined && target !== null)
      return [
        {
          mappingId: id,
          verdict: 'modify',
          target,
          transformation: made.transformation,
          note: noteOf(made.known).slice(0, 2000),
        },
      ];
    if (line === undefined) return [];
    const expression = line.known.rule === null ? null : ruleExpression(line.known.rule, line.from.table);
    return [
      {
        mappingId: id,
        verdict: 'modify',
        target: line.to?.ref ?? null,
        note: noteOf(line.known).slice(0, 2000),
        ...(expression === null || line.to === null ? {} : { transformation: { type: 'calculated', expression } }),
      },
    ];
  });
}

function resolve(known: readonly KnownMapping[], sides: Sides): ReadonlyMap<string, readonly Resolved[]> {
  const index = indexOf(sides);
  const bySource = new Map<string, Resolved[]>();
  for (const line of known) {
    const from = findColumn(index.source, line.source);
    const to = line.target === null ? null : findColumn(index.target, line.target);
    if (from === null || (line.target !== null && to === null) || deadStatus.test(line.status ?? '')) continue;
    const id = columnKey(from.ref);
    const lines = bySource.get(id) ?? [];
    if (!lines.some((other) => keyOrNone(other.to) === keyOrNone(to))) lines.push({ known: line, from, to });
    bySource.set(id, lines);
  }
  return bySource;
}

const keyOrNone = (found: FoundColumn | null): string => (found === null ? '' : columnKey(found.ref));

function settled(proposal: Mapping, lines: readonly Resolved[], context: KnownContext): Mapping {
  const mapped = lines.filter((line): line is Resolved & { to: FoundColumn } => line.to !== null);
  const [first, ...others] = mapped;
  const where = placeOfKnown((first ?? (lines[0] as Resolved)).known);
  const rationale = `Given by the user in ${where}.`;
  if (first === undefined)
    return {
      ...proposal,
      target: null,
      transformation: { type: 'none', expression: 'NULL' },
      additional: [],
      confidence: 1,
      status: 'modified',
      rationale,
      reasons: [`${where} says that the column is not migrated`],
      issues: [],
    };
  const { rule, status } = first.known;
  const isOpen = openStatus.test(status ?? '') || (rule !== null && !isUsable(rule, first.from.table));
  return {
    ...proposal,
    target: first.to.ref,
    transformation: transformationOf(first, context),
    additional: others.map((line) => ({ target: line.to.ref, transformation: transformationOf(line, context) })),
    confidence: isOpen ? Math.max(0, Math.min(0.79, context.autoApprove - 0.01)) : 1,
    status: isOpen ? 'needs_review' : 'auto_approved',
    rationale,
    reasons: reasonsOf(first.known, where, isOpen),
    issues: [],
  };
}

const isUsable = (rule: string, table: Table): boolean => saysDirect(rule) || ruleExpression(rule, table) !== null;

function transformationOf(
  { known, from, to }: Resolved & { to: FoundColumn },
  { profiles }: KnownContext,
): Transformation {
  const expression = known.rule === null ? null : ruleExpression(known.rule, from.table);
  if (expression !== null) return { type: 'calculated', expression };
  const figures = profiles.get(tableKey(from.ref))?.columns.find(({ name }) => name === from.ref.column);
  return proposeTransformation(from.column, to.column, figures ?? null).transformation;
}

function reasonsOf({ rule, status }: KnownMapping, where: string, isOpen: boolean): readonly string[] {
  const said =
    rule === null
      ? `${where} maps the column without a rule`
      : `The rule there: ${rule.replace(/\s+/g, ' ').slice(0, 300)}`;
  const reasons = status === null ? [said] : [said, `Its status there: ${status.slice(0, 100)}`];
  return isOpen && rule !== null
    ? [...reasons, 'The rule is prose: write it as an expression, or approve the plain move']
    : reasons;
}

const noteOf = (known: KnownMapping): string =>
  known.rule === null ? placeOfKnown(known) : `${placeOfKnown(known)}: ${known.rule}`;
