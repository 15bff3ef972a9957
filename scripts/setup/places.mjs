import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** What set-up may leave in the checkout beside out/ and node_modules/; not committed. */
export const LOCAL = join(ROOT, '.cache');

/** What is costly to fetch or compile: shared by all checkouts of a user, and untouched by `npm ci`. */
export const CACHE = join(cacheHome(), 'portolan');

function cacheHome() {
  if (process.env.XDG_CACHE_HOME) return resolve(process.env.XDG_CACHE_HOME);
  if (process.platform === 'win32' && process.env.LOCALAPPDATA) return process.env.LOCALAPPDATA;
  return join(homedir(), '.cache');
}
