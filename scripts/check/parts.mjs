import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt, isRoot } from '../setup/command.mjs';
import { ROOT } from '../setup/places.mjs';
import { startVirtualDisplay } from '../run/virtual-display.mjs';
import { NOTHING, tallyOfVitest } from './tally.mjs';

const BIN = join(ROOT, 'node_modules');
const CHECKS = [
  ['types', 'typescript/bin/tsc', '-p', 'tsconfig.json'],
  ['types of the page', 'typescript/bin/tsc', '-p', 'tsconfig.renderer.json'],
  ['types of the window tests', 'typescript/bin/tsc', '-p', 'tsconfig.e2e.json'],
  ['lint', 'oxlint/bin/oxlint', '--deny-warnings'],
  ['format', 'oxfmt/bin/oxfmt', '--check'],
  ['import rules', '../scripts/check/import-rules.mjs'],
  ['dead code', 'knip/bin/knip.js', '--no-progress'],
];

/** Types, lint, format, import rules, dead code. Each counts as one; only what is wrong is shown. */
export async function check() {
  let failed = 0;
  for (const [name, script, ...words] of CHECKS) {
    const started = performance.now();
    const { status, output } = await attempt(process.execPath, [join(BIN, script), ...words], { cwd: ROOT });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`);
    if (status === 0) continue;
    failed += 1;
    process.stdout.write(`${output.trimEnd()}\n`);
  }
  return { ...NOTHING, passed: CHECKS.length - failed, failed };
}

/** Everything that needs no window. */
export function unit() {
  return vitest('unit', 'vitest.config.ts', {});
}

/** The built app in a real Electron. */
export function e2e(runtime) {
  return withDisplay((env) =>
    vitest('e2e', 'vitest.e2e.config.ts', { ...env, ELECTRON_OVERRIDE_DIST_PATH: runtime.dist }),
  );
}

/** The same in a network namespace that has no interface but loopback, which Playwright needs to speak to the app. */
export async function offline(runtime) {
  const [unshare, ...words] = isRoot() ? ['unshare', '-n'] : ['unshare', '-r', '-n'];
  const { status } = await attempt(unshare, [...words, 'ip', 'link', 'set', 'lo', 'up']);
  if (status !== 0) {
    process.stdout.write('e2e without a network skipped: network namespaces (unshare -n, ip) are not to be had here\n');
    return { ...NOTHING, skipped: 1 };
  }
  const prefix = [unshare, ...words, 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  const settings = { ELECTRON_OVERRIDE_DIST_PATH: runtime.dist, PORTOLAN_TEST_OFFLINE: '1' };
  return withDisplay((env) => vitest('e2e without a network', 'vitest.e2e.config.ts', { ...env, ...settings }, prefix));
}

async function withDisplay(work) {
  if (process.platform !== 'linux') return await work({});
  const display = await startVirtualDisplay();
  try {
    return await work(display.env);
  } finally {
    display.stop();
  }
}

async function vitest(name, config, settings, prefix = []) {
  process.stdout.write(`\n${name}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'portolan-test-'));
  const report = join(folder, 'report.json');
  const words = ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const [command, ...rest] = [...prefix, process.execPath, join(BIN, 'vitest/vitest.mjs'), ...words];
  try {
    const status = await show(command, rest, { ...process.env, ...settings });
    return tallyOfVitest(report, status);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function show(command, words, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 1));
  });
}
