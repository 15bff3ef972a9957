import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';

const root = resolve(import.meta.dirname, '../..');
const START_MS = 60_000;

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the app, its page's console and uncaught errors of the page said so far, a line each. */
  readonly log: readonly string[];
  /** Where the app keeps its settings; removed by `close` unless it was given to `launchPortolan`. */
  readonly userData: string;
  close(): Promise<void>;
}

/** Starts the built app in the Electron of this machine and waits for its first window to have loaded. */
export async function launchPortolan(
  options: { words?: readonly string[]; userData?: string } = {},
): Promise<RunningApp> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'portolan-e2e-'));
  // As in scripts/run/launch.mjs: Chromium refuses to run as root with its sandbox on.
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    args: [...switches, `--user-data-dir=${userData}`, root, ...(options.words ?? [])],
    env: environment(userData),
    timeout: START_MS,
  });
  const log: string[] = [];
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on('data', (chunk: Buffer) => log.push(...chunk.toString('utf8').trimEnd().split('\n')));
  }
  const page = await app.firstWindow({ timeout: START_MS });
  page.on('console', (message) => log.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => log.push(`page error: ${error.message}`));
  await page.waitForLoadState('load');
  const close = async (): Promise<void> => {
    await app.close();
    if (options.userData === undefined) rmSync(userData, { recursive: true, force: true });
  };
  return { app, page, log, userData, close };
}

/** The home is the test's own: the app keeps the sample in the user's documents. */
function environment(home: string): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(entries.filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE')), HOME: home };
}
