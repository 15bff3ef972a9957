import { inflateRawSync } from 'node:zlib';

/** Reads a stored value, which may be large, in another process. */
export type ReadChannel = (body: Uint8Array) => Promise<unknown>;

/** The value of a channel as the project file holds it: compressed JSON. */
export function readChannel(body: Uint8Array): unknown {
  return JSON.parse(inflateRawSync(body).toString('utf8')) as unknown;
}
