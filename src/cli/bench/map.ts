/** `bench map`: every benchmark set of a folder matched through the whole product, and how right that was. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../engine/index.ts';
import { PortolanError } from '../../shared/errors.ts';
import { ProjectSettings } from '../../shared/model/project.ts';
import { scoreMappings, type MappingScore } from './score-mappings.ts';
import { parseTruth } from './truth.ts';

export interface MapBenchmark {
  readonly set: string;
  readonly seconds: number;
  readonly score: MappingScore;
}

export interface MapBenchmarks {
  /** Means over the sets; sets without the figure are left out. */
  readonly mean: MappingScore;
  readonly sets: readonly MapBenchmark[];
}

const PROFILE_ROWS = 20_000;

/**
 * One result a folder of `dir` that holds `source/`, `target/` and `truth.csv`, in name order. `elapsed` is a clock in seconds.
 * Throws INPUT_INVALID where there is no such folder.
 */
export async function benchMap(
  dir: string,
  engine: Pick<Engine, 'map'>,
  elapsed: () => number,
  onProgress: (done: number, total: number, set: string) => void = () => undefined,
): Promise<MapBenchmarks> {
  const names = existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => existsSync(join(dir, name, 'truth.csv')))
        .sort()
    : [];
  if (names.length === 0)
    throw new PortolanError('INPUT_INVALID', `${dir} holds no benchmark sets`, {
      hint: 'Name a folder whose folders each hold source/, target/ and truth.csv.',
    });
  const settings = ProjectSettings.parse({ profileRows: PROFILE_ROWS });
  const filesOf = (name: string, side: string): readonly string[] =>
    readdirSync(join(dir, name, side))
      .sort()
      .map((file) => join(dir, name, side, file));
  const sets: MapBenchmark[] = [];
  for (const [index, name] of names.entries()) {
    onProgress(index, names.length, name);
    const start = elapsed();
    const mappings = await engine.map({
      source: filesOf(name, 'source'),
      target: filesOf(name, 'target'),
      settings,
      patterns: [],
    });
    const seconds = Math.round((elapsed() - start) * 1000) / 1000;
    const truth = parseTruth(readFileSync(join(dir, name, 'truth.csv'), 'utf8'));
    sets.push({ set: name, seconds, score: scoreMappings(mappings, truth) });
  }
  return { mean: meanScore(sets.map(({ score }) => score)), sets };
}

function meanScore(scores: readonly MappingScore[]): MappingScore {
  const meanOf = (figure: keyof MappingScore): number | null => {
    const values = scores.map((score) => score[figure]).filter((value) => value !== null);
    return values.length === 0
      ? null
      : Math.round((1e4 * values.reduce((sum, value) => sum + value, 0)) / values.length) / 1e4;
  };
  return {
    scored: scores.reduce((sum, score) => sum + score.scored, 0),
    mappable: scores.reduce((sum, score) => sum + score.mappable, 0),
    'acc@1': meanOf('acc@1'),
    'acc@5': meanOf('acc@5'),
    mrr: meanOf('mrr'),
    precision: meanOf('precision'),
    auto_share: meanOf('auto_share'),
    auto_precision: meanOf('auto_precision'),
    ece: meanOf('ece'),
  };
}
