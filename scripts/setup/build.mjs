import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { ROOT } from './places.mjs';
import { say } from './report.mjs';
import { sourceState } from './source-state.mjs';

const STAMP = join(ROOT, 'out/build-stamp.json');
const ENTRIES = [
  'src',
  'electron.vite.config.ts',
  'tsconfig.json',
  'tsconfig.renderer.json',
  'package.json',
  'package-lock.json',
];
const RESULTS = ['out/main/index.js', 'out/main/cli.js', 'out/preload/index.cjs', 'out/renderer/index.html'];

/** out/, built from the sources as they are now. */
export const build = {
  needed() {
    const stamp = readStamp();
    if (stamp === undefined || RESULTS.some((file) => !existsSync(join(ROOT, file)))) return true;
    const state = currentState();
    if (stamp.listing === state.listing) return false;
    const content = state.content();
    if (stamp.content !== content) return true;
    // Same bytes with other times, as after a checkout: the cheap check shall hold next time.
    writeStamp({ listing: state.listing, content });
    return false;
  },

  async ensure() {
    say('building the app');
    rmSync(STAMP, { force: true });
    const state = currentState();
    const stamp = { listing: state.listing, content: state.content() };
    const vite = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
    await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: ROOT,
      failure: 'The app could not be built.',
    });
    writeStamp(stamp);
  },
};

function currentState() {
  return sourceState(ROOT, ENTRIES, (file) => !/\.test\.tsx?$/.test(file));
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return undefined;
  }
}

function writeStamp(stamp) {
  writeFileSync(STAMP, JSON.stringify(stamp));
}
