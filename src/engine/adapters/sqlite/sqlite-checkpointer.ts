import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createDeflateRaw, deflateRawSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import { Checkpoint } from '../../../shared/model/project.ts';
import { canonicalJson, canonicalPieces } from '../../core/canonical-json.ts';
import type { ChannelValues, Checkpointer, StoredCheckpoint } from '../../ports/checkpointer.ts';
import { type ReadChannel, readChannel } from './read-channel.ts';

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

interface Channel {
  readonly name: string;
  readonly hash: string;
}

/** Characters of JSON below which a value is written in passing. */
const smallLength = 500_000;
/** Bytes of compressed JSON below which a value is read in passing. */
const smallBytes = 50_000;
const stepLength = 65_536;
const stepMs = 8;
const compression = { level: 3 };

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

/**
 * Checkpoints in a project file: channel values as compressed canonical JSON, stored once per content. Large ones are read
 * by `elsewhere` where there is time to wait for it.
 */
export function createSqliteCheckpointer(database: Database.Database, elsewhere: ReadChannel): Checkpointer {
  const contents = createContentStore(database, elsewhere);
  const insertChannel = database.prepare('INSERT INTO channels (checkpoint_id, name, hash) VALUES (?, ?, ?)');
  const insertThread = database.prepare(
    'INSERT INTO threads (id, position) VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM threads)) ON CONFLICT DO NOTHING',
  );
  const insertCheckpoint = database.prepare(
    'INSERT INTO checkpoints (id, thread_id, parent_id, seq, node, next, status, writes, at, seconds, state_hash) VALUES (@id, @threadId, @parentId, @seq, @node, @next, @status, @writes, @at, @seconds, @stateHash)',
  );
  const selectState = database.prepare('SELECT name, hash FROM channels WHERE checkpoint_id = ? ORDER BY name');
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
    for (const { name, hash } of selectState.all(row.id) as Channel[]) state[name] = contents.load(hash);
    return { checkpoint: fromRow(row), state };
  };

  const put = database.transaction((checkpoint: Omit<Checkpoint, 'stateHash'>, state: ChannelValues): Checkpoint => {
    const channels = Object.entries(state)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, contents.store(value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const stateHash = hashOf(JSON.stringify(channels));
    insertThread.run(checkpoint.threadId);
    insertCheckpoint.run({ ...checkpoint, writes: JSON.stringify(checkpoint.writes), stateHash });
    for (const [name, hash] of channels) insertChannel.run(checkpoint.id, name, hash);
    return { ...checkpoint, stateHash };
  });

  return {
    async prepare(state) {
      for (const value of Object.values(state)) await contents.prepare(value);
    },
    put: (checkpoint, state) => put.immediate(checkpoint, state),
    latest: (threadId) => load(selectLatest.get(threadId)),
    get: (id) => load(selectOne.get(id)),
    async read(id) {
      const row = selectOne.get(id);
      if (row === undefined) return null;
      const state: Record<string, unknown> = {};
      for (const { name, hash } of selectState.all(id) as Channel[]) state[name] = await contents.read(hash);
      return { checkpoint: fromRow(row), state };
    },
    list: (threadId) => (threadId === undefined ? selectAll.all() : selectThread.all(threadId)).map(fromRow),
  };
}

/** The canonical JSON of `value` in steps, between which others have their turn. */
async function* inSteps(value: unknown): AsyncGenerator<string> {
  let step = '';
  let since = performance.now();
  for (const piece of canonicalPieces(value)) {
    step += piece;
    if (step.length < stepLength) continue;
    yield step;
    step = '';
    if (performance.now() - since < stepMs) continue;
    await nextTurn();
    since = performance.now();
  }
  yield step;
}

function isSmall(value: object): boolean {
  let length = 0;
  for (const piece of canonicalPieces(value)) if ((length += piece.length) > smallLength) return false;
  return true;
}

/** Values by the hash of their canonical JSON, compressed. */
function createContentStore(database: Database.Database, elsewhere: ReadChannel) {
  const insert = database.prepare('INSERT INTO blobs (hash, body) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const has = database.prepare('SELECT 1 FROM blobs WHERE hash = ?').pluck();
  const select = database.prepare('SELECT body FROM blobs WHERE hash = ?').pluck();
  // Nodes hand on the values they did not write: the same object needs no second serialisation, and no reading back.
  const known = new WeakMap<object, string>();
  const inUse = new Map<string, WeakRef<object>>();
  const remember = (value: object, hash: string): void => {
    known.set(value, hash);
    inUse.set(hash, new WeakRef(value));
  };
  const bodyOf = (hash: string): Buffer => select.get(hash) as Buffer;
  const loaded = (hash: string, value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) remember(value, hash);
    return value;
  };
  return {
    async prepare(value: unknown): Promise<void> {
      if (typeof value !== 'object' || value === null || known.has(value) || isSmall(value)) return;
      const sum = createHash('sha256');
      const summed = async function* (): AsyncGenerator<string> {
        for await (const step of inSteps(value)) {
          sum.update(step);
          yield step;
        }
      };
      const body = await pipeline(summed, createDeflateRaw(compression), (deflated) => buffer(deflated));
      const hash = sum.digest('hex');
      insert.run(hash, body);
      remember(value, hash);
    },
    store(value: unknown): string {
      const isObject = typeof value === 'object' && value !== null;
      const remembered = isObject ? known.get(value) : undefined;
      if (remembered !== undefined) return remembered;
      const json = canonicalJson(value);
      const hash = hashOf(json);
      if (has.get(hash) === undefined) insert.run(hash, deflateRawSync(json, compression));
      if (isObject) remember(value, hash);
      return hash;
    },
    load(hash: string): unknown {
      return inUse.get(hash)?.deref() ?? loaded(hash, readChannel(bodyOf(hash)));
    },
    async read(hash: string): Promise<unknown> {
      const present = inUse.get(hash)?.deref();
      if (present !== undefined) return present;
      const body = bodyOf(hash);
      if (body.length < smallBytes) return loaded(hash, readChannel(body));
      // A child that ended is no reason not to have the state.
      return loaded(hash, await elsewhere(body).catch(() => readChannel(body)));
    },
  };
}
