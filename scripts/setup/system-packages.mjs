import { existsSync, readdirSync } from 'node:fs';
import { attempt, isRoot, onPath, run } from './command.mjs';
import { say } from './report.mjs';

/** Shared libraries that the Electron binary is linked with, and Debian's package of each. */
const ELECTRON_LIBRARIES = {
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libnspr4.so': 'libnspr4',
  'libasound.so.2': 'libasound2',
  'libgbm.so.1': 'libgbm1',
  'libdrm.so.2': 'libdrm2',
  'libcups.so.2': 'libcups2',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXrandr.so.2': 'libxrandr2',
  'libXfixes.so.3': 'libxfixes3',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libexpat.so.1': 'libexpat1',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libcairo.so.2': 'libcairo2',
};
const FONT_FOLDERS = ['/usr/share/fonts', '/usr/local/share/fonts'];

/** What each use of the machine asks of it, as Debian package names of what is not there. */
const MISSING = {
  electron: async () => [...(await missingLibraries()), ...(hasFonts() ? [] : ['fonts-dejavu-core'])],
  'virtual display': async () => (onPath('Xvfb') ? [] : ['xvfb']),
  compiler: async () => (onPath('gcc') && onPath('g++') ? [] : ['g++']),
  'network namespace': async () => [
    ...(onPath('unshare') ? [] : ['util-linux']),
    ...(onPath('ip') ? [] : ['iproute2']),
  ],
};

/**
 * Puts on a Linux machine what the given uses need. As root with apt-get it installs exactly what is missing; elsewhere
 * it says what is missing and how to get it. With nothing missing it runs no package manager, so it works offline.
 *
 * @param {readonly (keyof typeof MISSING)[]} uses
 */
export async function ensureSystemPackages(uses) {
  const wanted = await missingSystemPackages(uses);
  if (wanted.length === 0) return;
  if (!onPath('apt-get')) {
    say(
      `not found on this machine (by Debian's package names): ${wanted.join(' ')}; install them with its package manager`,
    );
  } else if (!isRoot()) {
    say(`not found on this machine; to install: sudo apt-get install -y ${wanted.join(' ')}`);
  } else {
    await install(wanted);
  }
}

/** The Debian names of what the uses need and this machine has not; always empty elsewhere than on Linux. */
export async function missingSystemPackages(uses) {
  if (process.platform !== 'linux') return [];
  return (await Promise.all(uses.map((use) => MISSING[use]()))).flat();
}

async function missingLibraries() {
  const { status, output } = await attempt(existsSync('/sbin/ldconfig') ? '/sbin/ldconfig' : 'ldconfig', ['-p']);
  if (status !== 0) return [];
  const known = new Set(output.split('\n').map((line) => line.trim().split(' ', 1)[0]));
  return Object.keys(ELECTRON_LIBRARIES)
    .filter((library) => !known.has(library))
    .map((library) => ELECTRON_LIBRARIES[library]);
}

function hasFonts() {
  return FONT_FOLDERS.some((folder) => existsSync(folder) && readdirSync(folder).length > 0);
}

async function install(names) {
  say(`installing Debian packages (apt-get): ${names.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  await run('apt-get', [...wait, 'update'], { env, failure: 'The list of Debian packages could not be fetched.' });
  const available = await Promise.all(names.map(availableName));
  await run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...available], {
    env,
    failure: 'The Debian packages could not be installed.',
  });
}

/** Debian 13 and Ubuntu 24.04 have some libraries under a name with `t64` behind it. */
async function availableName(name) {
  const { status } = await attempt('apt-cache', ['show', '--no-all-versions', name]);
  if (status === 0) return name;
  const renamed = await attempt('apt-cache', ['show', '--no-all-versions', `${name}t64`]);
  return renamed.status === 0 ? `${name}t64` : name;
}
