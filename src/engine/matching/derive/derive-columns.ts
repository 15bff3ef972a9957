/**
 * Target columns that no single source column stands for: merged of several, calculated, looked up, or the same in every row. Each is
 * a proposal for a person; none is approved by its score, since nothing was measured that would justify it.
 */
import type { LearnedPattern, Mapping } from '../../../shared/model/mapping.ts';
import { derivedId } from '../../../shared/model/mapping.ts';
import type { TableProfile } from '../../../shared/model/profile.ts';
import { columnKey, tableKey } from '../../../shared/model/schema.ts';
import { compareText } from '../../core/text.ts';
import type { SideView, TableView } from '../column-view.ts';
import { joinAmount, netAndGross, quantityTimesPrice } from './calculate-amounts.ts';
import { constantValue } from './constant-value.ts';
import { type Found, type Part, type PartTable, type Rule, onlySql, partsOf } from './derivation.ts';
import { type Derived, type Thresholds, derivedMapping, learnedMapping } from './derived-mapping.ts';
import { type LearnedDerivations, learnDerivations } from './learned-derivations.ts';
import { lookUpText } from './look-up-text.ts';
import { ageFromBirth, dateParts, mergeDateAndTime, mergeDateParts } from './merge-moments.ts';
import { mergeNames } from './merge-names.ts';
import { mergeAddress, mergeAddressLines, mergePhone } from './merge-texts.ts';
import { proveByValues } from './prove-values.ts';

export interface DeriveInput {
  readonly source: SideView;
  readonly target: SideView;
  /** The mappings of the source's columns. */
  readonly mappings: readonly Mapping[];
  readonly profiles: ReadonlyMap<string, TableProfile>;
  readonly targetProfiles: ReadonlyMap<string, TableProfile>;
  readonly patterns: readonly LearnedPattern[];
  readonly settings: Thresholds;
}

/** Source tables that are looked at for one target table: those that most of it comes from. */
const MOST_ROUTES = 5;

/** The first that finds something is taken. */
const rules: readonly Rule[] = [
  mergeNames,
  mergeDateAndTime,
  mergeDateParts,
  mergeAddress,
  mergeAddressLines,
  mergePhone,
  joinAmount,
  quantityTimesPrice,
  netAndGross,
  ageFromBirth,
  dateParts,
];

/** A column that is as certainly another one's as this is not derived; below, a person chooses. */
const TAKEN = 0.8;
/** A required column with such a claim has a counterpart to look at, so that no constant is proposed. */
const CLAIMED = 0.5;

/** One mapping a derived target column, in the order of target tables and columns. */
export function deriveColumns(input: DeriveInput): readonly Mapping[] {
  const routes = routesOf(input.mappings);
  const byTarget = groupByTarget(input.mappings);
  const lessons = learnDerivations(input.patterns);
  const sources = new Map(input.source.tables.map((view) => [view.key, view]));
  const cache = new Map<TableView, PartTable>();
  const partsOfSource = (view: TableView): PartTable => {
    const parts = cache.get(view) ?? partsOf(input.source, view, input.profiles.get(view.key));
    cache.set(view, parts);
    return parts;
  };
  return input.target.tables.flatMap((view) => {
    const from = (routes.get(view.key) ?? [])
      .slice(0, MOST_ROUTES)
      .flatMap((key) => sources.get(key) ?? [])
      .map(partsOfSource);
    if (from.length === 0 || view.table.kind === 'view') return [];
    const into = partsOf(input.target, view, input.targetProfiles.get(view.key));
    return into.parts.flatMap((target) => {
      const claims = byTarget.get(columnKey(target.view.ref)) ?? [];
      const derived = deriveColumn({ target, into, from, claims, lessons, side: input.source });
      return derived === null ? [] : [finish(derived, target, input.settings)];
    });
  });
}

interface Question {
  readonly target: Part;
  readonly into: PartTable;
  readonly from: readonly PartTable[];
  /** Mappings of source columns to this target. */
  readonly claims: readonly Mapping[];
  readonly lessons: LearnedDerivations;
  readonly side: SideView;
}

function deriveColumn(question: Question): Derived | null {
  const { target, from, lessons } = question;
  for (const table of from) {
    const learned = lessons.recall(target, table);
    if (learned !== null) return { table, proof: null, found: null, learned };
  }
  for (const table of from) {
    for (const found of findIn(table, question)) {
      if (isTaken(found, question) || lessons.isRefused(target, found.sources)) continue;
      const proof = proveByValues(found, target);
      if (proof !== null) return { table, found, proof, learned: null };
    }
  }
  return constantOf(question);
}

function* findIn(table: PartTable, { target, into, side }: Question): Generator<Found> {
  for (const rule of rules) {
    const found = rule(target, table, into);
    if (found !== null) yield found;
  }
  const text = lookUpText(target, table, side);
  if (text !== null) yield text;
}

/** Something else of the source is this column as it is. */
function isTaken({ type, sources, instead = [] }: Found, { claims }: Question): boolean {
  const own = new Set((type === 'calculated' ? [] : [...sources, ...instead]).map((part) => columnKey(part.view.ref)));
  return claims.some(({ id, confidence }) => !own.has(id) && confidence >= TAKEN);
}

/** Only for a column that is declared to need a value and gets none; that a file has no blanks in it declares nothing. */
function constantOf({ target, into, from, claims, lessons }: Question): Derived | null {
  const { column, isPrimaryKey, isForeignKey } = target.view;
  const needsValue =
    into.view.table.kind !== 'data' && !column.nullable && !column.identity && column.generated === null;
  const [table] = from;
  const isClaimed = isPrimaryKey || isForeignKey || claims.some(({ confidence }) => confidence >= CLAIMED);
  if (!needsValue || isClaimed || table === undefined) return null;
  const constant = constantValue(target, into, table);
  if (constant === null || lessons.isRefused(target, [])) return null;
  const { confidence, reason, expression } = constant;
  const found: Found = { type: 'constant', sources: [], forms: onlySql(expression), confidence, reason };
  return { table, found, proof: { form: found.forms[0], made: null, seen: 0 }, learned: null };
}

function finish(derived: Derived, target: Part, settings: Thresholds): Mapping {
  const base = { id: derivedId(target.view.ref), target: target.view.ref };
  return derived.learned === null
    ? { ...base, ...derivedMapping(derived, target, settings) }
    : { ...base, ...learnedMapping(derived, target, settings) };
}

/** Target table → the source tables that go there, the one with the most and surest columns first. */
function routesOf(mappings: readonly Mapping[]): ReadonlyMap<string, readonly string[]> {
  const routes = new Map<string, Map<string, number>>();
  for (const { source, target, confidence } of mappings) {
    if (target === null) continue;
    const own = routes.get(tableKey(target)) ?? new Map<string, number>();
    routes.set(tableKey(target), own.set(tableKey(source), (own.get(tableKey(source)) ?? 0) + confidence));
  }
  return new Map(
    [...routes].map(([target, own]) => [
      target,
      [...own].sort(([a, x], [b, y]) => y - x || compareText(a, b)).map(([source]) => source),
    ]),
  );
}

function groupByTarget(mappings: readonly Mapping[]): ReadonlyMap<string, readonly Mapping[]> {
  const groups = new Map<string, Mapping[]>();
  for (const mapping of mappings) {
    for (const target of [mapping.target, ...mapping.additional.map((part) => part.target)]) {
      if (target === null) continue;
      const own = groups.get(columnKey(target));
      if (own === undefined) groups.set(columnKey(target), [mapping]);
      else own.push(mapping);
    }
  }
  return groups;
}
