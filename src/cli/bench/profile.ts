/** `bench profile`: a made-up extract profiled, beside the time that DuckDB alone takes to read the file twice. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Engine } from '../../engine/index.ts';
import { ProjectSettings } from '../../shared/model/project.ts';

export interface ProfileFigures {
  /** Rows. */
  readonly items: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly itemsPerSecond: number;
  /** Of this process after profiling, DuckDB included. */
  readonly peakRssBytes: number;
  /** DuckDB alone, every column read to the end, twice; same threads and memory. */
  readonly readTwiceSeconds: number;
  /** Of all threads of this process, for both: on a busy machine these tell more than the clock. */
  readonly cpuSeconds: number;
  readonly readTwiceCpuSeconds: number;
  /** Rows that one row of the excerpt stands for, where frequent values and lengths come from one. */
  readonly sampledEvery: number | null;
  readonly columns: number;
}

const rowsAChunk = 2000;

/** The extract is as large as asked, give or take a row, and removed at the end. */
export async function benchProfile(
  bytes: number,
  engine: Pick<Engine, 'profile' | 'dependencies'>,
  elapsed: () => number,
): Promise<ProfileFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'));
  const path = join(folder, 'extract.csv');
  try {
    await pipeline(Readable.from(extract(bytes)), createWriteStream(path));
    const own = stopwatch(elapsed);
    const { profiles } = await engine.profile([path], ProjectSettings.parse({}));
    const { seconds, cpuSeconds } = own();
    const peakRssBytes = process.resourceUsage().maxRSS * 1024;
    const [profile] = profiles;
    if (profile === undefined) throw new Error('nothing was profiled');
    const alone = await readTwice(path, engine, elapsed);
    return {
      items: profile.rows,
      bytes: (await stat(path)).size,
      seconds,
      itemsPerSecond: profile.rows / seconds,
      peakRssBytes,
      cpuSeconds,
      readTwiceSeconds: alone.seconds,
      readTwiceCpuSeconds: alone.cpuSeconds,
      sampledEvery: profile.sampledEvery ?? null,
      columns: profile.columns.length,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Spent {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

function stopwatch(elapsed: () => number): () => Spent {
  const start = elapsed();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { seconds: elapsed() - start, cpuSeconds: (user + system) / 1e6 };
  };
}

/**
 * What DuckDB takes on its own terms: types from its sniffer, every value converted and hashed, so that no column is left
 * out. In the same process, with the threads and the memory that profiling has.
 */
async function readTwice(
  path: string,
  { dependencies }: Pick<Engine, 'dependencies'>,
  elapsed: () => number,
): Promise<Spent> {
  const session = await dependencies.sql.open({ readable: [path] });
  try {
    const spent = stopwatch(elapsed);
    for (let i = 0; i < 2; i += 1)
      await session.query(
        `SELECT count(*), max(hash(COLUMNS(*))) FROM read_csv('${path.replaceAll("'", "''")}', header = true)`,
      );
    return spent();
  } finally {
    await session.close();
  }
}

const header = 'READ_ID,ACCT_NO,METER_NO,READ_DT,KWH,COST,QUALITY,CITY,POSTCODE,E_MAIL,PHONE,NOTE\n';
const cities = ['Bern', 'Basel', 'Zürich', 'Genève', 'Lugano', 'Chur', 'Thun', 'Sion'];

function* extract(bytes: number): Generator<string> {
  yield header;
  let written = header.length;
  for (let row = 0; written < bytes; row += rowsAChunk) {
    const chunk = Array.from({ length: rowsAChunk }, (_, i) => line(row + i)).join('');
    written += chunk.length;
    yield chunk;
  }
}

function line(row: number): string {
  const mixed = mix(row + 1);
  const account = 100_000 + (mixed % 250_000);
  const day = `${2015 + (mixed % 9)}-${String((mixed % 12) + 1).padStart(2, '0')}-${String((mixed % 28) + 1).padStart(2, '0')}`;
  const city = mixed % 8;
  const note = mixed % 5 === 0 ? '' : `"read by hand, ${mixed % 100_000} checked"`;
  return `${row + 1},${account},M${mixed % 1_000_000},${day},${(mixed % 90_000) / 10},${(mixed % 9999) / 100},${'AEN'[mixed % 3]},${cities[city]},${3000 + city},c${account}@example.org,+41 31 ${mixed % 900} ${mixed % 90} ${mixed % 80},${note}\n`;
}

/** Numbers that follow no sequence: the finalizer of MurmurHash3 (A. Appleby), 32 bits. */
function mix(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
