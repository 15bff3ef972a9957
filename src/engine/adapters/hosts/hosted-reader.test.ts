import { describe, expect, it } from 'vitest';
import type { Host } from '../../ports/host.ts';
import type { ReadRequest } from '../../ports/input-reader.ts';
import { hostedReader } from './hosted-reader.ts';
import { HostEnded } from './supervise-host.ts';

const request = (name: string): ReadRequest => ({ path: `/in/${name}`, name, format: 'ddl', dialect: null });

/** A child that dies of any file named deadly.sql. */
const mortal: Host = {
  call: async (method, input) => {
    const requests = (method === 'read' ? [input] : input) as readonly ReadRequest[];
    if (requests.some(({ name }) => name === 'deadly.sql')) {
      throw new HostEnded('INTERNAL', 'The reader process ended unexpectedly (exit code 134)');
    }
    return { ticket: null, value: requests.map(({ name }) => ({ ok: true, schema: { file: name } })) };
  },
  stop: () => undefined,
};

describe('reading in a child process', () => {
  it('names the file that the child did not survive', async () => {
    await expect(hostedReader(mortal).read(request('deadly.sql'))).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      where: { file: 'deadly.sql' },
      message: expect.stringContaining('deadly.sql could not be read') as unknown,
    });
  });

  it('reads the other scripts of the set', async () => {
    const results = await hostedReader(mortal).readDdlSet([request('a.sql'), request('deadly.sql'), request('b.sql')]);
    expect(results.map((result) => result.ok)).toEqual([true, false, true]);
    expect(results[1]).toMatchObject({ error: { code: 'INPUT_UNREADABLE', where: { file: 'deadly.sql' } } });
  });

  it('passes on what the child itself says', async () => {
    const refusing: Host = { ...mortal, call: () => Promise.reject(new RangeError('no')) };
    await expect(hostedReader(refusing).readDdlSet([request('a.sql')])).rejects.toThrow('no');
  });
});
