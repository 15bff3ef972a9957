/** One benchmark set as matching sees it: both sides read by the product's own readers and profiled, and the true pairs. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDuckDbRunner } from '../../../src/engine/adapters/duckdb/duckdb-runner.ts';
import { nodeDataFiles } from '../../../src/engine/adapters/duckdb/node-data-files.ts';
import { nodeFiles } from '../../../src/engine/adapters/files/node-files.ts';
import { profilesByTable, tablesOf } from '../../../src/engine/core/sides.ts';
import { discover } from '../../../src/engine/nodes/discovery/discover.ts';
import type { MatchInput } from '../../../src/engine/ports/matcher.ts';
import { describeInput } from '../../../src/engine/project/project-inputs.ts';
import { openWorkbook } from '../../../src/engine/adapters/excel/open-workbook.ts';
import { readWorkbook } from '../../../src/engine/readers/excel/read-workbook.ts';
import { readDdlSet, readTextInput } from '../../../src/engine/readers/read-text-input.ts';
import type { InputReader } from '../../../src/engine/ports/input-reader.ts';
import { ProjectSettings } from '../../../src/shared/model/project.ts';
import { parseTruth, type Truth } from '../../../src/cli/bench/truth.ts';

export interface BenchmarkSet {
  readonly name: string;
  /** Sets of one family share their origin: they are held out together. */
  readonly family: string;
  readonly input: MatchInput;
  readonly truth: Truth;
}

/** Sets of one origin begin with the same word. */
export const familyOf = (name: string): string => name.split(/[_-]/)[0] ?? name;

const PROFILE_ROWS = 20_000;
const load = async (path: string): Promise<Uint8Array> => readFileSync(path);
const ddlReader: InputReader = {
  async read(request) {
    const read = readTextInput(await load(request.path), request);
    if (read.kind === 'etl') throw new Error(`${request.name} is an export, which no set holds`);
    return read;
  },
  readWorkbook: async (request) => readWorkbook(await openWorkbook(await load(request.path), request.name), request),
  readDdlSet: (requests) => readDdlSet(requests, load),
};
const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

/** Reads `SET/source/*`, `SET/target/*` and `SET/truth.csv`. */
export async function readSet(root: string, name: string): Promise<BenchmarkSet> {
  const files = (side: string): readonly string[] =>
    readdirSync(join(root, name, side))
      .sort()
      .map((file) => join(root, name, side, file));
  const settings = ProjectSettings.parse({ profileRows: PROFILE_ROWS });
  const inputs = await Promise.all([
    ...files('source').map((path) => describeInput(path, 'source', nodeFiles, sha256)),
    ...files('target').map((path) => describeInput(path, 'target', nodeFiles, sha256)),
  ]);
  const found = await discover(
    { inputs, settings },
    { sql: createDuckDbRunner(), dataFiles: nodeDataFiles, reader: ddlReader },
    { signal: new AbortController().signal, report: () => undefined },
  );
  return {
    name,
    family: familyOf(name),
    truth: parseTruth(readFileSync(join(root, name, 'truth.csv'), 'utf8')),
    input: {
      source: tablesOf(found, 'source'),
      target: tablesOf(found, 'target'),
      profiles: profilesByTable(found),
      targetProfiles: profilesByTable(found, 'target'),
      patterns: [],
      settings,
      rejected: new Map(),
    },
  };
}
