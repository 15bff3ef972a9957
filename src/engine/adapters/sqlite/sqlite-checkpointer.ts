import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import { Checkpoint } from '../../../shared/model/project.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import type { ChannelValues, Checkpointer, StoredCheckpoint } from '../../ports/checkpointer.ts';

interface CheckpointRow {
  readonly id: string;
  readonly thread_id: string;
  readonly parent_id: string | null;
  readonly seq: number;
  readonly node: string;
  readonly next: string | null;
  readonly status: string;
  readonly writes: string;
  readonly at: string;
  readonly seconds: number;
  readonly state_hash: string;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function fromRow(row: CheckpointRow): Checkpoint {
  return Checkpoint.parse({
    id: row.id,
    threadId: row.thread_id,
    parentId: row.parent_id,
    seq: row.seq,
    node: row.node,
    next: row.next,
    status: row.status,
    writes: JSON.parse(row.writes) as unknown,
    at: row.at,
    seconds: row.seconds,
    stateHash: row.state_hash,
  });
}

/** Checkpoints in a project file: channel values as compressed canonical JSON, stored once per content. */
export function createSqliteCheckpointer(database: Database.Database): Checkpointer {
  const contents = createContentStore(database);
  const insertChannel = database.prepare('INSERT INTO channels (checkpoint_id, name, hash) VALUES (?, ?, ?)');
  const insertThread = database.prepare(
    'INSERT INTO threads (id, position) VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM threads)) ON CONFLICT DO NOTHING',
  );
  const insertCheckpoint = database.prepare(
    'INSERT INTO checkpoints (id, thread_id, parent_id, seq, node, next, status, writes, at, seconds, state_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const selectState = database.prepare(
    'SELECT c.name, b.body FROM channels c JOIN blobs b ON b.hash = c.hash WHERE c.checkpoint_id = ? ORDER BY c.name',
  );
  const select = (where: string): Database.Statement<unknown[], CheckpointRow> =>
    database.prepare(`SELECT * FROM checkpoints ${where}`);
  const selectLatest = select('WHERE thread_id = ? ORDER BY seq DESC LIMIT 1');
  const selectOne = select('WHERE id = ?');
  const selectThread = select('WHERE thread_id = ? ORDER BY seq');
  const selectAll = database.prepare<[], CheckpointRow>(
    'SELECT c.* FROM checkpoints c JOIN threads t ON t.id = c.thread_id ORDER BY t.position, c.seq',
  );
  const load = (row: CheckpointRow | undefined): StoredCheckpoint | null => {
    if (row === undefined) return null;
    const state: Record<string, unknown> = {};
    for (const channel of selectState.all(row.id) as { name: string; body: Buffer }[]) {
      state[channel.name] = contents.parse(channel.body);
    }
    return { checkpoint: fromRow(row), state };
  };

  const put = database.transaction((checkpoint: Omit<Checkpoint, 'stateHash'>, state: ChannelValues): Checkpoint => {
    const channels = Object.entries(state)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, contents.store(value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const stateHash = hashOf(JSON.stringify(channels));
    const { id, threadId, parentId, seq, node, next, status, writes, at, seconds } = checkpoint;
    insertThread.run(threadId);
    insertCheckpoint.run(
      id,
      threadId,
      parentId,
      seq,
      node,
      next,
      status,
      JSON.stringify(writes),
      at,
      seconds,
      stateHash,
    );
    for (const [name, hash] of channels) insertChannel.run(id, name, hash);
    return { ...checkpoint, stateHash };
  });

  return {
    put: (checkpoint, state) => put.immediate(checkpoint, state),
    latest: (threadId) => load(selectLatest.get(threadId)),
    get: (id) => load(selectOne.get(id)),
    list: (threadId) => (threadId === undefined ? selectAll.all() : selectThread.all(threadId)).map(fromRow),
  };
}

/** Values by the hash of their canonical JSON, compressed. */
function createContentStore(database: Database.Database) {
  const insert = database.prepare('INSERT INTO blobs (hash, body) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const has = database.prepare('SELECT 1 FROM blobs WHERE hash = ?').pluck();
  // Nodes hand on the values they did not write: the same object needs no second serialisation.
  const known = new WeakMap<object, string>();
  return {
    store(value: unknown): string {
      const isObject = typeof value === 'object' && value !== null;
      const remembered = isObject ? known.get(value) : undefined;
      if (remembered !== undefined) return remembered;
      const json = canonicalJson(value);
      const hash = hashOf(json);
      if (has.get(hash) === undefined) insert.run(hash, deflateRawSync(json, { level: 3 }));
      if (isObject) known.set(value, hash);
      return hash;
    },
    parse: (body: Buffer): unknown => JSON.parse(inflateRawSync(body).toString('utf8')),
  };
}
