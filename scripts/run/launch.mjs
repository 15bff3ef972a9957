import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { isRoot } from '../setup/command.mjs';
import { ROOT } from '../setup/places.mjs';
import { say } from '../setup/report.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

/**
 * Runs the built app in an Electron and gives its exit status. Without a window it runs the sample on a display that
 * nobody sees.
 *
 * @param {import('../electron/runtime.mjs').ElectronRuntime} runtime
 * @param {{ windowed: boolean, words: readonly string[] }} options `words` are handed to the app
 */
export async function launch(runtime, { windowed, words }) {
  warnOfSandbox();
  // Chromium's complaints about a missing desktop would bury the summary; the app's own lines are not affected.
  const quiet = windowed ? [] : ['--log-level=3'];
  const mode = windowed ? [] : ['--headless-run-sample'];
  const display = windowed ? undefined : await startVirtualDisplay();
  try {
    return await runToEnd(runtime.executable, [...electronSwitches(), ...quiet, ROOT, ...mode, ...words], {
      ...process.env,
      ...display?.env,
    });
  } finally {
    display?.stop();
  }
}

/** Chromium refuses to run as root with its sandbox on; for everybody else it stays on. */
export function electronSwitches() {
  return isRoot() ? ['--no-sandbox'] : [];
}

function runToEnd(command, words, env) {
  return new Promise((resolve, reject) => {
    const { ELECTRON_RUN_AS_NODE: _ignored, ...clean } = env;
    const child = spawn(command, words, { stdio: 'inherit', env: clean });
    const relay = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, relay);
    child.on('error', reject);
    child.on('close', (status, signal) => resolve(status ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function warnOfSandbox() {
  if (process.platform !== 'linux' || isRoot()) return;
  if (
    kernelSetting('apparmor_restrict_unprivileged_userns') !== '1' &&
    kernelSetting('unprivileged_userns_clone') !== '0'
  )
    return;
  say(
    'this system forbids user namespaces, which the sandbox of Electron needs; if the app does not start, allow them (sysctl) for this program',
  );
}

function kernelSetting(name) {
  try {
    return readFileSync(`/proc/sys/kernel/${name}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}
