import { existsSync, rmSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { PortolanError } from '../../../shared/errors.ts';
import { migrations } from './migrations.ts';

/** SQLite's application_id of a project file: "PTLN". */
const APPLICATION_ID = 0x50544c4e;

/** An open project file and the lock that keeps other processes out. Both go when the process dies, however it dies. */
export interface ProjectFile {
  readonly database: Database.Database;
  close(): void;
}

/**
 * Opens or creates a project file, brings its schema up to date and locks it for this process.
 * Throws PortolanError: INPUT_INVALID for a file of something else or of a newer version, INPUT_UNREADABLE where it cannot
 * be opened or another process has it open.
 */
export function openProjectFile(path: string, mode: 'create' | 'open'): ProjectFile {
  const file = basename(path);
  if (mode === 'open' && !existsSync(path)) {
    throw new PortolanError('INPUT_UNREADABLE', `There is no project ${file}`, {
      hint: 'Check the path, or start a project with `portolan run --project`.',
      where: { file },
    });
  }
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new PortolanError('INPUT_INVALID', `${file} is a folder, not a project`, {
      hint: 'Name a *.portolan file.',
      where: { file },
    });
  }
  const lock = takeLock(path, file);
  try {
    const database = openDatabase(path, file);
    return {
      database,
      close() {
        database.close();
        lock.close();
      },
    };
  } catch (thrown) {
    lock.close();
    // A file of something else is left as it was found: nothing beside it.
    if (thrown instanceof PortolanError && thrown.code === 'INPUT_INVALID') rmSync(lockPath(path), { force: true });
    throw thrown;
  }
}

const lockPath = (path: string): string => `${path}-lock`;

/** A second, empty database whose exclusive transaction lasts as long as the process: the system drops it on a crash. */
function takeLock(path: string, file: string): Database.Database {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(lockPath(path), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (thrown) {
    lock?.close();
    const busy = thrown instanceof Database.SqliteError && thrown.code.startsWith('SQLITE_BUSY');
    if (busy)
      throw new PortolanError('INPUT_UNREADABLE', `${file} is open in another Portolan`, {
        hint: 'Close it there first.',
        where: { file },
        cause: thrown,
      });
    throw new PortolanError('INPUT_UNREADABLE', `${file} cannot be written: ${(thrown as Error).message}`, {
      hint: 'Choose a folder in which you may write.',
      where: { file },
      cause: thrown,
    });
  }
}

function openDatabase(path: string, file: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Database(path);
    checkOwner(database, file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    migrate(database, file);
    return database;
  } catch (thrown) {
    database?.close();
    if (thrown instanceof PortolanError) throw thrown;
    const notOurs = thrown instanceof Database.SqliteError && thrown.code === 'SQLITE_NOTADB';
    throw new PortolanError(
      notOurs ? 'INPUT_INVALID' : 'INPUT_UNREADABLE',
      notOurs ? `${file} is not a Portolan project` : `${file} cannot be opened: ${(thrown as Error).message}`,
      {
        hint: notOurs
          ? 'Open a *.portolan file, or import this file into a project.'
          : 'Check that the file is readable and its disk has room.',
        where: { file },
        cause: thrown,
      },
    );
  }
}

function checkOwner(database: Database.Database, file: string): void {
  const id = database.pragma('application_id', { simple: true });
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  if (id === APPLICATION_ID || (id === 0 && tables === 0)) return;
  throw new PortolanError('INPUT_INVALID', `${file} is a database of another program, not a Portolan project`, {
    hint: 'Open a *.portolan file.',
    where: { file },
  });
}

function migrate(database: Database.Database, file: string): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length) {
    throw new PortolanError(
      'INPUT_INVALID',
      `${file} was written by a newer Portolan (format ${version}, this one reads up to ${migrations.length})`,
      { hint: 'Open it with that version.', where: { file } },
    );
  }
  for (let next = version; next < migrations.length; next += 1) {
    const sql = migrations[next] as string;
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${next + 1}`);
    })();
  }
}
