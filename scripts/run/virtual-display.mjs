import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onPath } from '../setup/command.mjs';
import { SetupError } from '../setup/report.mjs';

const SCREEN = '1280x900x24';
const ANY_DISPLAY = 0xff_ff;
const COOKIE_NAME = 'MIT-MAGIC-COOKIE-1';

/** Whether windows can be shown as things are. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Starts an X server without a screen that takes the next free display number and lets in only who has its cookie.
 *
 * @returns {Promise<{ env: Record<string, string>, stop: () => void }>} `env` is for the programs that are to use it
 */
export async function startVirtualDisplay() {
  if (!onPath('Xvfb')) throw new SetupError('There is no display, and Xvfb is not installed (Debian package: xvfb).');
  const folder = mkdtempSync(join(tmpdir(), 'portolan-display-'));
  const authority = join(folder, 'Xauthority');
  writeFileSync(authority, authorityFile(randomBytes(16)), { mode: 0o600 });
  const words = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-auth', authority];
  const server = spawn('Xvfb', words, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const stop = () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', stop);
  const number = await displayNumber(server);
  return { env: { DISPLAY: `:${number}`, XAUTHORITY: authority, WAYLAND_DISPLAY: '', XDG_SESSION_TYPE: 'x11' }, stop };
}

function displayNumber(server) {
  return new Promise((resolve, reject) => {
    const complaints = [];
    let answer = '';
    server.stderr.on('data', (chunk) => complaints.push(chunk));
    server.stdio[3].on('data', (chunk) => {
      answer += chunk;
      if (answer.endsWith('\n')) resolve(answer.trim());
    });
    server.once('error', reject);
    server.once('exit', () =>
      reject(new SetupError(`Xvfb did not start: ${Buffer.concat(complaints).toString('utf8').trim()}`)),
    );
  });
}

/** One record of an Xauthority file: family, address, display, name, data; the last four with their lengths. */
function authorityFile(cookie) {
  const fields = [Buffer.alloc(0), Buffer.alloc(0), Buffer.from(COOKIE_NAME), cookie];
  return Buffer.concat([uint16(ANY_DISPLAY), ...fields.flatMap((field) => [uint16(field.length), field])]);
}

function uint16(value) {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16BE(value);
  return buffer;
}
