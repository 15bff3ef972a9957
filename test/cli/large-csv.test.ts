/** A large extract is simply read. */
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { portolan } from './command-line.ts';

const BYTES = 200_000_000;

/** Rows in blocks of 2000, each row another number, until there are enough bytes. */
function* blocks(): Generator<string> {
  yield 'reading_id,meter_no,read_on,kwh,remark\n';
  for (let row = 1, bytes = 0; bytes < BYTES;) {
    let block = '';
    for (const end = row + 2000; row < end; row += 1) {
      block += `${row},MTR-${String(row % 90_000).padStart(7, '0')},2024-${String((row % 12) + 1).padStart(2, '0')}-01,${(row % 5000) / 10},"read by hand, ${row % 7 === 0 ? 'estimated' : 'confirmed'}"\n`;
    }
    bytes += block.length;
    yield block;
  }
}

describe('a CSV file of 200 MB', () => {
  it('is read with all its columns typed', async () => {
    const file = join(temporaryFolder(), 'readings.csv');
    await pipeline(Readable.from(blocks()), createWriteStream(file));
    expect((await stat(file)).size).toBeGreaterThan(BYTES);
    const result = await portolan(['schema', file, '--json']);
    expect(result).toMatchObject({ status: 0 });
    const { stdout } = result;
    const { files } = JSON.parse(stdout) as {
      files: readonly { tables: readonly { columns: readonly { name: string; type: string }[] }[] }[];
    };
    expect(files[0]?.tables[0]?.columns.map(({ name, type }) => [name, type])).toEqual([
      ['reading_id', 'integer'],
      ['meter_no', 'string'],
      ['read_on', 'date'],
      ['kwh', expect.stringMatching(/decimal|float/) as string],
      ['remark', 'string'],
    ]);
  }, 120_000);
});
