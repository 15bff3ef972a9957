/** Where native modules, the file system and child processes enter: composed by the window and the command line only. */
import { createHash } from 'node:crypto';
import type { DomainPack } from '../../shared/model/domain-pack.ts';
import { createEngine, type Engine } from '../engine.ts';
import type { StartHost } from '../ports/host.ts';
import type { Sha256 } from '../ports/hash.ts';
import type { Matcher } from '../ports/matcher.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import { createDuckDbRunner } from './duckdb/duckdb-runner.ts';
import { nodeDataFiles } from './duckdb/node-data-files.ts';
import { nodeFiles } from './files/node-files.ts';
import { readOwnPacks } from '../domains/read-pack.ts';
import { readTextFiles } from './files/read-text-files.ts';
import { sweepTemporaryFolders } from './files/sweep-temporary-folders.ts';
import { createHostServices, type HostServices } from './hosts/host-services.ts';
import { openSqliteProjectStore } from './sqlite/sqlite-project-store.ts';
import { systemClock } from './system-clock.ts';

export { openArchive } from './archive/open-archive.ts';
export { openWorkbook } from './excel/open-workbook.ts';
export { nodeFiles } from './files/node-files.ts';
export { readTextFiles } from './files/read-text-files.ts';
export { collectGarbage, growSlowly } from './hosts/collect-garbage.ts';
export { createShelf } from './hosts/piecewise.ts';
export { readChannel } from './sqlite/read-channel.ts';
export { workerThreadHosts } from './hosts/worker-thread-host.ts';
export { type MiniLm, loadMiniLm } from './onnx/minilm.ts';
export { multiplyByRuntime } from './onnx/multiply-rows.ts';

export interface LocalEngineOptions {
  readonly startHost: StartHost;
  readonly modelDir: string;
  /** Where someone's own domain packs lie as YAML; it need not exist. */
  readonly packsDir: string;
  /** Inference processes. */
  readonly embedders: number;
  readonly version: string;
}

export interface LocalEngine extends Engine, Pick<LocalEngineOptions, 'modelDir' | 'packsDir'> {
  readonly hosts: HostServices;
  /** The packs of the folder of own packs. Throws INPUT_INVALID for one with a mistake. */
  readonly ownPacks: () => Promise<readonly DomainPack[]>;
}

export const sha256: Sha256 = (content) => createHash('sha256').update(content).digest('hex');

/**
 * The engine on this machine's files, DuckDB, SQLite and model. Nothing is loaded or started before it is needed; what
 * killed processes left in the temporary folder a day ago is removed.
 */
export function createLocalEngine({
  startHost,
  modelDir,
  packsDir,
  embedders,
  version,
}: LocalEngineOptions): LocalEngine {
  void sweepTemporaryFolders(Date.now());
  // Vectors are kept in the project that is open, so that a resumed or repeated run embeds nothing twice.
  let opened: ProjectStore | null = null;
  const hosts = createHostServices(startHost, systemClock, {
    modelDir,
    embedders,
    vectors: () => opened?.vectors ?? null,
  });
  const { reader, converter } = hosts;
  const ownPacks = async (): Promise<readonly DomainPack[]> => readOwnPacks(await readTextFiles(packsDir, /\.ya?ml$/));
  const matcher: Matcher = {
    match: async (input, options) => hosts.matcher.match({ ...input, ownPacks: await ownPacks() }, options),
  };
  const engine = createEngine({
    files: nodeFiles,
    clock: systemClock,
    sql: createDuckDbRunner(),
    dataFiles: nodeDataFiles,
    reader,
    matcher,
    converter,
    sha256,
    generator: `portolan ${version}`,
    openStore(path, mode) {
      const store = openSqliteProjectStore(path, mode, hosts.readChannel);
      opened = store;
      const close = (): void => {
        if (opened === store) opened = null;
        store.close();
      };
      return { ...store, close };
    },
    dispose: () => hosts.stop(),
  });
  return { ...engine, hosts, modelDir, packsDir, ownPacks };
}
