import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError } from './report.mjs';

const SHOWN_LINES = 20;

/**
 * Runs a command to its end with its output captured.
 *
 * @returns {Promise<{ status: number, output: string }>} status 127 when it cannot be started, 124 past its time limit
 */
export function attempt(command, args, { cwd, env = process.env, timeout, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, timeout, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ status: 127, output: error.message }));
    child.on('close', (status) => resolve({ status: status ?? 124, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** Runs a command that has to succeed: `failure` says what could not be done, the output, shortened, says why. */
export async function run(command, args, { failure, ...options }) {
  const { status, output } = await attempt(command, args, options);
  if (status === 0) return output;
  throw new SetupError(
    `${failure}\n${bothEnds(output.trimEnd().split('\n'))}\n(${[command, ...args].join(' ').slice(0, 300)} ended with ${status})`,
  );
}

/** npm says the reason first, compilers say it last. */
function bothEnds(lines) {
  if (lines.length <= 2 * SHOWN_LINES) return lines.join('\n');
  return [...lines.slice(0, SHOWN_LINES), '…', ...lines.slice(-SHOWN_LINES)].join('\n');
}

/** Runs npm itself: the one that runs this script if there is one, else that on the PATH. */
export function npm(args, options) {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js')) return run(process.execPath, [own, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** Whether the PATH holds a command; nothing is run. */
export function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}

export function isRoot() {
  return process.getuid?.() === 0;
}
