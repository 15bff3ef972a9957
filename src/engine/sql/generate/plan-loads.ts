/**
 * Decides from which source tables each target table is loaded, and how those are joined: the table with the most
 * mappings drives, others join it along a declared or inferred relationship, and what cannot be joined is said.
 */
import { type Mapping, type Transformation, isAccepted, isDerived, sourcesOf } from '../../../shared/model/mapping.ts';
import type { InferredRelationship } from '../../../shared/model/profile.ts';
import { type ColumnRef, type Table, tableKey } from '../../../shared/model/schema.ts';
import { compareText } from '../../core/text.ts';
import { referencedKey } from '../load-order.ts';

/** One target column and the expression that feeds it. */
export interface Feed {
  readonly target: ColumnRef;
  /** The table whose rows it is made of, with the first of its columns. */
  readonly source: ColumnRef;
  /** None for a constant. */
  readonly sources: readonly ColumnRef[];
  readonly derived: boolean;
  readonly transformation: Transformation;
  readonly confidence: number;
}

export interface LoadJoin {
  readonly table: string;
  /** Columns of the driving table and of the joined one, pairwise equal. */
  readonly on: readonly { readonly left: string; readonly right: string }[];
  readonly inferred: boolean;
}

export interface LoadPlan {
  readonly target: string;
  /** Source table that gives the rows. */
  readonly driving: string;
  readonly joins: readonly LoadJoin[];
  readonly feeds: readonly Feed[];
  readonly notes: readonly string[];
}

export interface PlanInput {
  readonly source: readonly Table[];
  readonly target: readonly Table[];
  readonly mappings: readonly Mapping[];
  readonly relationships: readonly InferredRelationship[];
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly on: readonly { readonly left: string; readonly right: string }[];
  readonly inferred: boolean;
}

const MIN_RELATIONSHIP_SCORE = 0.7;

/** One plan for each target table that anything feeds, in the order of `targetOrder`. */
export function planLoads(input: PlanInput, targetOrder: readonly string[]): readonly LoadPlan[] {
  const feeds = collectFeeds(input.mappings);
  const edges = collectEdges(input);
  return targetOrder.flatMap((target) => {
    const own = feeds.get(target) ?? [];
    if (own.length === 0) return [];
    const plan = planTable(target, own, edges);
    return [{ ...plan, feeds: inColumnOrder(plan.feeds, input.target) }];
  });
}

/** As the target declares its columns, so that neither the files' order nor the mappings' shows. */
function inColumnOrder(feeds: readonly Feed[], target: readonly Table[]): readonly Feed[] {
  const columns =
    target.find(
      (table) => tableKey({ schema: table.schema, table: table.name }) === tableKey((feeds[0] as Feed).target),
    )?.columns ?? [];
  const position = (feed: Feed): number =>
    columns.findIndex((column) => column.name.toLowerCase() === feed.target.column.toLowerCase());
  return feeds.toSorted((a, b) => position(a) - position(b) || compareText(a.target.column, b.target.column));
}

function collectFeeds(mappings: readonly Mapping[]): Map<string, Feed[]> {
  const feeds = new Map<string, Feed[]>();
  const add = (mapping: Mapping, target: ColumnRef, transformation: Transformation): void => {
    const key = tableKey(target);
    const list = feeds.get(key) ?? [];
    feeds.set(key, list);
    const { source, confidence } = mapping;
    list.push({ target, source, sources: sourcesOf(mapping), derived: isDerived(mapping), transformation, confidence });
  };
  for (const mapping of mappings) {
    if (!isAccepted(mapping) || mapping.target === null) continue;
    add(mapping, mapping.target, mapping.transformation);
    for (const { target, transformation } of mapping.additional) add(mapping, target, transformation);
  }
  return feeds;
}

function collectEdges({ source, relationships }: PlanInput): readonly Edge[] {
  const byKey = new Map(source.map((table) => [tableKey({ schema: table.schema, table: table.name }), table]));
  const edges: Edge[] = [];
  for (const [key, table] of byKey) {
    for (const fk of table.foreignKeys) {
      const parent = referencedKey(byKey, table, fk.references);
      if (parent === null || parent === key) continue;
      const parentColumns =
        fk.references.columns.length > 0 ? fk.references.columns : (byKey.get(parent)?.primaryKey ?? []);
      if (parentColumns.length !== fk.columns.length) continue;
      edges.push({
        from: key,
        to: parent,
        on: fk.columns.map((left, i) => ({ left, right: parentColumns[i] as string })),
        inferred: false,
      });
    }
  }
  for (const found of relationships) {
    if (found.score < MIN_RELATIONSHIP_SCORE) continue;
    edges.push({
      from: tableKey(found.from),
      to: tableKey(found.to),
      on: [{ left: found.from.column, right: found.to.column }],
      inferred: true,
    });
  }
  return edges;
}

function planTable(target: string, all: readonly Feed[], edges: readonly Edge[]): LoadPlan {
  const notes: string[] = [];
  const feeds = withConstants(derivedFirst(all, notes));
  const byTable = groupByTable(feeds);
  const candidates = heaviestFirst(byTable);
  const driving = candidates[0] as string;
  const joins: LoadJoin[] = [];
  const kept: Feed[] = [];
  const fed = new Set<string>();
  for (const key of candidates) {
    const join = key === driving ? null : findJoin(driving, key, edges);
    const columns = (byTable.get(key) ?? []).filter((feed) => !fed.has(feed.target.column.toLowerCase()));
    for (const feed of byTable.get(key) ?? []) {
      if (columns.includes(feed)) continue;
      notes.push(
        `${feed.source.table}.${feed.source.column} also maps to ${feed.target.column}; the first mapping is used`,
      );
    }
    if (columns.length === 0) continue;
    if (key !== driving && join === null) {
      const names = columns.map((feed) => feed.source.column).join(', ');
      notes.push(
        `${key} (${names}) has no relationship to ${driving} and is not joined: add a foreign key or map these columns by hand`,
      );
      continue;
    }
    if (join !== null) joins.push(join);
    for (const feed of dropDuplicates(columns, notes)) {
      fed.add(feed.target.column.toLowerCase());
      kept.push(feed);
    }
  }
  return { target, driving, joins, feeds: kept, notes };
}

/** What somebody accepted as made of several columns or of none goes before a column that is copied, and before its own parts. */
function derivedFirst(feeds: readonly Feed[], notes: string[]): readonly Feed[] {
  const derived = new Map(feeds.filter((feed) => feed.derived).map((feed) => [feed.target.column.toLowerCase(), feed]));
  return feeds.filter((feed) => {
    const better = derived.get(feed.target.column.toLowerCase());
    if (better === undefined || better === feed) return true;
    if (feed.transformation.expression !== better.transformation.expression)
      notes.push(
        `${feed.source.table}.${feed.source.column} also maps to ${feed.target.column}; the derived value is used`,
      );
    return false;
  });
}

function groupByTable(feeds: readonly Feed[]): ReadonlyMap<string, readonly Feed[]> {
  const byTable = new Map<string, Feed[]>();
  for (const feed of feeds) byTable.set(tableKey(feed.source), [...(byTable.get(tableKey(feed.source)) ?? []), feed]);
  return byTable;
}

function heaviestFirst(byTable: ReadonlyMap<string, readonly Feed[]>): readonly string[] {
  const weight = (key: string): number =>
    (byTable.get(key) ?? []).reduce((sum, feed) => sum + 1 + feed.confidence / 100, 0);
  return [...byTable.keys()].sort((a, b) => weight(b) - weight(a) || compareText(a, b));
}

/** A constant is the same for the rows of any table: it goes along with those that the target table is loaded from. */
function withConstants(feeds: readonly Feed[]): readonly Feed[] {
  const made = groupByTable(feeds.filter((feed) => feed.sources.length > 0));
  const driving = made.get(heaviestFirst(made)[0] ?? '')?.[0]?.source;
  if (driving === undefined) return feeds;
  return feeds.map((feed) => (feed.sources.length > 0 ? feed : { ...feed, source: { ...driving, column: '' } }));
}

/** Only many-to-one: following a foreign key from the driving table never multiplies its rows. */
function findJoin(driving: string, other: string, edges: readonly Edge[]): LoadJoin | null {
  const direct = edges.find((edge) => edge.from === driving && edge.to === other);
  return direct === undefined ? null : { table: other, on: direct.on, inferred: direct.inferred };
}

/** Parts of a merge carry the same expression; two columns that are copied do not. */
const isPlainMove = ({ transformation: { type } }: Feed): boolean => type === 'direct' || type === 'cast';

function dropDuplicates(feeds: readonly Feed[], notes: string[]): readonly Feed[] {
  const best = new Map<string, Feed>();
  for (const feed of [...feeds].sort(
    (a, b) => b.confidence - a.confidence || compareText(a.source.column, b.source.column),
  )) {
    const key = feed.target.column.toLowerCase();
    const known = best.get(key);
    if (known?.transformation.expression === feed.transformation.expression && !isPlainMove(feed)) continue;
    if (known !== undefined)
      notes.push(
        `${feed.source.table}.${feed.source.column} also maps to ${feed.target.column}; the more certain mapping is used`,
      );
    else best.set(key, feed);
  }
  return feeds.filter((feed) => best.get(feed.target.column.toLowerCase()) === feed);
}
