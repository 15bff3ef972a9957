import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { attempt } from '../setup/command.mjs';
import { CACHE, ROOT } from '../setup/places.mjs';
import { say } from '../setup/report.mjs';

const PACKAGE = join(ROOT, 'node_modules/electron');
const DOWNLOAD_HOST = 'github.com';
const PROBE_MS = 5_000;
const DOWNLOAD_MS = 15 * 60_000;
const TRY_AGAIN_MS = 24 * 3_600_000;

/** The version of Electron that package-lock.json pins. */
export function officialVersion() {
  return JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version;
}

/** The folder of the official runtime when it is there and of the pinned version. */
export function officialDist() {
  const dist = join(PACKAGE, 'dist');
  try {
    const executable = readFileSync(join(PACKAGE, 'path.txt'), 'utf8');
    const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
    return version === officialVersion() && existsSync(join(dist, executable)) ? dist : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a download of this version failed here less than a day ago. */
export function officialFailedLately() {
  const marker = statSync(failureMarker(), { throwIfNoEntry: false });
  return marker !== undefined && Date.now() - marker.mtimeMs < TRY_AGAIN_MS;
}

/** Downloads the official runtime by the electron package's own script; false when it cannot be had. */
export async function downloadOfficial() {
  const version = officialVersion();
  let reason = 'its download host does not answer';
  if (await hostAnswers()) {
    say(`downloading Electron ${version}`);
    const { status, output } = await attempt(process.execPath, [join(PACKAGE, 'install.js')], {
      cwd: ROOT,
      timeout: DOWNLOAD_MS,
    });
    if (status === 0 && officialDist() !== undefined) return true;
    reason = output.split('\n').find((line) => line.includes('Error')) ?? `status ${status}`;
  }
  say(`Electron ${version} cannot be downloaded here (${reason})`);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(failureMarker(), `${reason}\n`);
  return false;
}

function failureMarker() {
  return join(CACHE, `electron-${officialVersion()}-not-to-be-had`);
}

/** A quick look before the long time limit of a download; with a proxy or a mirror only the download itself can tell. */
function hostAnswers() {
  const { ELECTRON_GET_USE_PROXY, ELECTRON_MIRROR, npm_config_electron_mirror } = process.env;
  if (ELECTRON_GET_USE_PROXY || ELECTRON_MIRROR || npm_config_electron_mirror) return true;
  return new Promise((resolve) => {
    const socket = connect({ host: DOWNLOAD_HOST, port: 443, timeout: PROBE_MS });
    const end = (answers) => {
      socket.destroy();
      resolve(answers);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
