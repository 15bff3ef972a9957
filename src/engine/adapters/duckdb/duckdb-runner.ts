/** DuckDB as the SQL engine. Only this folder loads its native module; Arrow results are never asked for (Electron forbids them). */
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { PortolanError } from '../../../shared/errors.ts';
import { quoteLiteral } from '../../core/text.ts';
import type { SqlRunner, SqlSession, SqlSessionOptions } from '../../ports/sql-runner.ts';
import { DuckDbSession } from './duckdb-session.ts';

const defaultMemoryLimit = '1GB';
const spillLimit = '20GB';

type DuckDbModule = typeof import('@duckdb/node-api');

/** Opens sandboxed in-memory databases. The native module is loaded on first use; BROKEN_INSTALL where that fails. */
export function createDuckDbRunner(): SqlRunner {
  let loaded: DuckDbModule | undefined;
  const duckdb = (): DuckDbModule => (loaded ??= loadDuckDb());
  return {
    get id() {
      return `duckdb ${duckdb().version()}`;
    },
    open: async (options) => open(duckdb(), options),
  };
}

function loadDuckDb(): DuckDbModule {
  try {
    return createRequire(import.meta.url)('@duckdb/node-api') as DuckDbModule;
  } catch (cause) {
    throw new PortolanError('BROKEN_INSTALL', 'The DuckDB module cannot be loaded', {
      hint: 'Install Portolan again: the package @duckdb/node-bindings for this platform is missing or damaged',
      cause,
    });
  }
}

async function open(duckdb: DuckDbModule, options: SqlSessionOptions): Promise<SqlSession> {
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'portolan-sql-'));
  try {
    const instance = await duckdb.DuckDBInstance.create(
      options.onDisk === true ? join(temporaryFolder, 'run.duckdb') : ':memory:',
    );
    const connection = await instance.connect();
    await lockDown(connection, options, temporaryFolder);
    return new DuckDbSession({
      instance,
      connection,
      temporaryFolder,
      readable: options.readable,
      signal: options.signal,
    });
  } catch (thrown) {
    await rm(temporaryFolder, { recursive: true, force: true });
    throw thrown;
  }
}

/** The order matters: once external access is off and the configuration locked, nothing below can be changed back. */
async function lockDown(
  connection: DuckDBConnection,
  options: SqlSessionOptions,
  temporaryFolder: string,
): Promise<void> {
  const settings: readonly string[] = [
    `threads = ${Math.max(1, Math.trunc(options.threads ?? 2))}`,
    `memory_limit = ${quoteLiteral(options.memoryLimit ?? defaultMemoryLimit)}`,
    `temp_directory = ${quoteLiteral(temporaryFolder)}`,
    `max_temp_directory_size = ${quoteLiteral(spillLimit)}`,
    `TimeZone = 'UTC'`,
    `autoinstall_known_extensions = false`,
    `autoload_known_extensions = false`,
    `allow_community_extensions = false`,
    `allowed_paths = [${options.readable.map(quoteLiteral).join(', ')}]`,
    `enable_external_access = false`,
    `lock_configuration = true`,
  ];
  for (const setting of settings) await connection.run(`SET ${setting}`);
}
