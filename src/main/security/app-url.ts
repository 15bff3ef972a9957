import { realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

export const APP_SCHEME = 'app';
export const APP_HOST = 'portolan';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** What the window's files may be; anything else is not served. */
export const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * The file of `root` that a URL of the app's scheme means, or null: other hosts, other file types, and whatever leaves the
 * root by `..`, encoding, backslash, null byte or symbolic link are refused.
 */
export async function resolveAppUrl(url: string, root: string): Promise<string | null> {
  try {
    const { protocol: scheme, host, pathname } = new URL(url);
    if (scheme !== `${APP_SCHEME}:` || host !== APP_HOST) return null;
    const path = decodeURIComponent(pathname);
    if (path.includes('\0') || path.includes('\\') || path.split('/').includes('..')) return null;
    const file = await realpath(join(root, path === '/' ? 'index.html' : path));
    const inside = file.startsWith((await realpath(root)) + sep);
    return inside && Object.hasOwn(mimeTypes, extname(file)) ? file : null;
  } catch {
    // A malformed URL or a file that is not there: the same answer as for a forbidden one.
    return null;
  }
}
