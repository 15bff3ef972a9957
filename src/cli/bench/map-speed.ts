/** `bench map --size N --targets M`: how long matching takes for N source columns against M target columns, embedding included. */
import type { Engine, MatchInput } from '../../engine/index.ts';
import { ProjectSettings } from '../../shared/model/project.ts';
import { type Column, type Table, withoutKeys } from '../../shared/model/schema.ts';
import { columnTexts } from './column-texts.ts';

export interface MapSpeed {
  readonly items: number;
  readonly targets: number;
  readonly seconds: number;
  readonly itemsPerSecond: number;
  /** Of this process with all its worker threads. */
  readonly peakRssBytes: number;
  /** Each stage's share of the time, in order. */
  readonly stages: Readonly<Record<string, number>>;
}

const COLUMNS_A_TABLE = 40;
const types = ['string', 'integer', 'decimal', 'date'] as const;

/** Matches made-up tables in the mixed conventions of legacy schemas. */
export async function benchMapSpeed(
  { size, targets }: { readonly size: number; readonly targets: number },
  engine: Pick<Engine, 'dependencies'>,
  elapsed: () => number,
): Promise<MapSpeed> {
  const texts = columnTexts(size + targets);
  const input: MatchInput = {
    source: tablesOf(texts.slice(0, size), 'legacy'),
    target: tablesOf(texts.slice(size), 'new'),
    profiles: new Map(),
    targetProfiles: new Map(),
    patterns: [],
    settings: ProjectSettings.parse({}),
    rejected: new Map(),
  };
  const start = elapsed();
  const begun = new Map<string, number>();
  const mappings = await engine.dependencies.matcher.match(input, {
    onProgress: (_done, _total, stage) => {
      if (!begun.has(stage)) begun.set(stage, elapsed());
    },
  });
  const end = elapsed();
  const seconds = end - start;
  if (mappings.length !== size) throw new Error(`${mappings.length} mappings came back for ${size} columns`);
  return {
    items: size,
    targets,
    seconds,
    itemsPerSecond: size / seconds,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    stages: sharesOf([...begun], end),
  };
}

function sharesOf(begun: readonly (readonly [string, number])[], end: number): Readonly<Record<string, number>> {
  const whole = end - (begun[0]?.[1] ?? end);
  return Object.fromEntries(
    begun.map(([stage, from], i) => [stage, Math.round((1e4 * ((begun[i + 1]?.[1] ?? end) - from)) / whole) / 1e4]),
  );
}

function tablesOf(names: readonly string[], prefix: string): readonly Table[] {
  const count = Math.ceil(names.length / COLUMNS_A_TABLE);
  return Array.from({ length: count }, (_, at) => ({
    schema: null,
    name: `${prefix}_${at + 1}`,
    kind: 'table',
    comment: null,
    columns: names.slice(at * COLUMNS_A_TABLE, (at + 1) * COLUMNS_A_TABLE).map(columnOf),
    ...withoutKeys,
    line: null,
  }));
}

/** Texts are `TABLE table: NAME, TYPE`; the number keeps names of one table apart. */
function columnOf(text: string, index: number): Column {
  const name = `${text.split(': ')[1]?.split(',')[0] ?? text}_${index + 1}`;
  const type = types[index % types.length] ?? 'string';
  return {
    name,
    rawType: type,
    type,
    length: null,
    precision: null,
    scale: null,
    timeZone: false,
    nullable: true,
    default: null,
    comment: null,
    identity: false,
    generated: null,
  };
}
