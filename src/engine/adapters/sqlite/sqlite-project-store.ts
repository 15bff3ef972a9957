import type Database from 'better-sqlite3';
import { Decision, LearnedPattern } from '../../../shared/model/mapping.ts';
import { InputFile, ProjectSettings } from '../../../shared/model/project.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import type { VectorStore } from '../../ports/embedder.ts';
import type { LogEntry, NewDecision, ProjectStore } from '../../ports/project-store.ts';
import { openProjectFile } from './project-file.ts';
import { type ReadChannel, readChannel } from './read-channel.ts';
import { createSqliteCheckpointer } from './sqlite-checkpointer.ts';

interface DecisionRow {
  readonly seq: number;
  readonly batch: number;
  readonly mapping_id: string;
  readonly verdict: string;
  readonly target: string | null;
  readonly transformation: string | null;
  readonly note: string | null;
  readonly at: string;
  readonly undoes: number | null;
  readonly made_by: string;
}

const parseJson = (text: string | null): unknown => (text === null ? null : (JSON.parse(text) as unknown));
const toJson = (value: unknown): string | null => (value === null ? null : canonicalJson(value));

function toDecision(row: DecisionRow): Decision {
  return Decision.parse({
    seq: row.seq,
    batch: row.batch,
    mappingId: row.mapping_id,
    verdict: row.verdict,
    target: parseJson(row.target),
    transformation: parseJson(row.transformation),
    note: row.note,
    at: row.at,
    undoes: row.undoes,
    by: row.made_by,
  });
}

const readHere: ReadChannel = (body) => Promise.resolve(readChannel(body));

/**
 * Opens a project file as a store, of which large values are read by `elsewhere`. See `openProjectFile` for what it throws.
 */
export function openSqliteProjectStore(
  path: string,
  mode: 'create' | 'open',
  elsewhere: ReadChannel = readHere,
): ProjectStore {
  const file = openProjectFile(path, mode);
  const { database } = file;
  const getMeta = database.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const setMeta = database.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    path,
    checkpoints: createSqliteCheckpointer(database, elsewhere),
    vectors: createVectorStore(database),
    settings: () => ProjectSettings.parse(parseJson((getMeta.get('settings') as string | undefined) ?? '{}')),
    saveSettings: (settings) => void setMeta.run('settings', canonicalJson(settings)),
    ...inputMethods(database),
    ...threadMethods(database),
    ...decisionMethods(database),
    ...patternMethods(database),
    ...logMethods(database),
    close: () => file.close(),
  };
}

function inputMethods(database: Database.Database): Pick<ProjectStore, 'inputs' | 'saveInput' | 'removeInput'> {
  const all = database.prepare(
    'SELECT id, name, path, role, format, dialect, sha256, bytes FROM inputs ORDER BY position',
  );
  const save = database.prepare(`
    INSERT INTO inputs (id, position, name, path, role, format, dialect, sha256, bytes)
    VALUES (@id, (SELECT coalesce(max(position), 0) + 1 FROM inputs), @name, @path, @role, @format, @dialect, @sha256, @bytes)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, path = excluded.path, role = excluded.role, format = excluded.format,
      dialect = excluded.dialect, sha256 = excluded.sha256, bytes = excluded.bytes`);
  const remove = database.prepare('DELETE FROM inputs WHERE id = ?');
  return {
    inputs: () => all.all().map((row) => InputFile.parse(row)),
    saveInput: (input) => void save.run(input),
    removeInput: (id) => void remove.run(id),
  };
}

function threadMethods(database: Database.Database): Pick<ProjectStore, 'currentThread' | 'newThread'> {
  const last = database.prepare('SELECT id FROM threads ORDER BY position DESC LIMIT 1').pluck();
  const count = database.prepare('SELECT count(*) FROM threads').pluck();
  return {
    currentThread: () => (last.get() as string | undefined) ?? null,
    newThread: () => `run-${(count.get() as number) + 1}`,
  };
}

function decisionMethods(database: Database.Database): Pick<ProjectStore, 'decisions' | 'appendDecisions'> {
  const all = database.prepare<[], DecisionRow>('SELECT * FROM decisions ORDER BY seq');
  const nextBatch = database.prepare('SELECT coalesce(max(batch), 0) + 1 FROM decisions').pluck();
  const insert = database.prepare<unknown[], DecisionRow>(
    'INSERT INTO decisions (batch, mapping_id, verdict, target, transformation, note, at, undoes, made_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *',
  );
  const append = database.transaction((entries: readonly NewDecision[], at: string): Decision[] => {
    const batch = nextBatch.get() as number;
    return entries.map((entry) =>
      toDecision(
        insert.get(
          batch,
          entry.mappingId,
          entry.verdict,
          toJson(entry.target),
          toJson(entry.transformation),
          entry.note,
          at,
          entry.undoes,
          entry.by,
        ) as DecisionRow,
      ),
    );
  });
  return {
    decisions: () => all.all().map(toDecision),
    appendDecisions: (entries, at) => append.immediate(entries, at),
  };
}

function patternMethods(
  database: Database.Database,
): Pick<ProjectStore, 'patterns' | 'savePatterns' | 'removePatterns'> {
  const all = database.prepare('SELECT body FROM patterns ORDER BY id').pluck();
  const save = database.prepare(
    'INSERT INTO patterns (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  );
  const remove = database.prepare('DELETE FROM patterns WHERE id = ?');
  return {
    patterns: () => (all.all() as string[]).map((body) => LearnedPattern.parse(JSON.parse(body))),
    savePatterns: database.transaction((patterns: readonly LearnedPattern[]) => {
      for (const pattern of patterns) save.run(pattern.id, canonicalJson(pattern));
    }),
    removePatterns: database.transaction((ids: readonly string[]) => {
      for (const id of ids) remove.run(id);
    }),
  };
}

function logMethods(database: Database.Database): Pick<ProjectStore, 'log' | 'logEntries'> {
  const insert = database.prepare('INSERT INTO log (at, level, area, message) VALUES (?, ?, ?, ?)');
  const last = database.prepare('SELECT at, level, area, message FROM log ORDER BY rowid DESC LIMIT ?');
  return {
    log: (entry) => void insert.run(entry.at, entry.level, entry.area, entry.message),
    logEntries: (limit) => last.all(limit) as LogEntry[],
  };
}

function createVectorStore(database: Database.Database): VectorStore {
  const get = database.prepare('SELECT vector FROM vectors WHERE key = ?').pluck();
  const put = database.prepare('INSERT INTO vectors (key, vector) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const toVector = (blob: Buffer | undefined): Float32Array | null =>
    blob === undefined
      ? null
      : new Float32Array(blob.buffer.slice(blob.byteOffset, blob.byteOffset + blob.byteLength) as ArrayBuffer);
  return {
    getMany: (keys) => keys.map((key) => toVector(get.get(key) as Buffer | undefined)),
    putMany: database.transaction((entries: readonly { key: string; vector: Float32Array }[]) => {
      for (const { key, vector } of entries)
        put.run(key, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
    }),
  };
}
