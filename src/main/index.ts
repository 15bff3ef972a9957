/** Electron's main process: thin. It owns the engine, the window and the children, and keeps everything on this machine. */
import { existsSync } from 'node:fs';
import { cpus, homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BrowserWindow, app, dialog, ipcMain } from 'electron';
import type { Reply } from '../shared/errors.ts';
import { events } from '../shared/ipc/contract.ts';
import { createLocalEngine } from '../engine/adapters/index.ts';
import { runSampleHeadlessly } from './app/headless-sample.ts';
import { openSample } from './app/open-sample.ts';
import { type Grant, PathGrants } from './grants.ts';
import { utilityProcessHosts } from './hosts/utility-process-host.ts';
import { createHandlers } from './ipc/handlers.ts';
import { createRouter } from './ipc/router.ts';
import { registerAppScheme, serveApp } from './security/app-protocol.ts';
import { lockDownAllContents, lockDownSession } from './security/lock-down.ts';
import { isTrusted } from './security/sender.ts';
import { type Preferences, readPreferences, writePreferences } from './settings/preferences.ts';
import { openMainWindow } from './windows/main-window.ts';
import { type Emit, Workbench } from './workbench/workbench.ts';

const out = join(dirname(fileURLToPath(import.meta.url)), '..');
const resources = app.isPackaged ? process.resourcesPath : join(out, '..', 'resources');
const headless = process.argv.includes('--headless-run-sample');

// As root Chromium runs with --no-sandbox or not at all; to ask for the sandbox then would stop every child process.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();
lockDownAllContents();

const engine = (): ReturnType<typeof createLocalEngine> =>
  createLocalEngine({
    startHost: utilityProcessHosts(join(out, 'main')),
    modelDir: join(resources, 'models', 'all-MiniLM-L6-v2'),
    packsDir: process.env['PORTOLAN_PACKS'] ?? join(homedir(), '.portolan', 'packs'),
    embedders: Math.max(1, Math.min(4, cpus().length)),
    version: app.getVersion(),
  });

if (headless) void startHeadless();
else if (app.requestSingleInstanceLock()) void startWindow();
else app.quit();

/** The sample through the same engine and child processes, without a window: for machines without a display. */
async function startHeadless(): Promise<void> {
  await app.whenReady();
  lockDownSession();
  const local = engine();
  const status = await runSampleHeadlessly(
    local,
    join(resources, 'sample'),
    app.getPath('documents'),
    app.getVersion(),
  );
  local.close();
  app.exit(status);
}

/** To the standard error stream: there is no other place that leaves nothing behind on a customer's machine. */
function reportBug(where: string, error: unknown): void {
  process.stderr.write(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

async function startWindow(): Promise<void> {
  await app.whenReady();
  lockDownSession();
  serveApp(join(out, 'renderer'));
  const windows = new Set<number>();
  const emit: Emit = (name, payload) => {
    if (!app.isPackaged) events[name].parse(payload);
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send('portolan:event', name, payload);
  };
  const preferencesFile = join(app.getPath('userData'), 'preferences.json');
  const workbench = new Workbench(engine(), emit, (lastProject) => writePreferences(preferencesFile, { lastProject }));
  const grants = new PathGrants();
  const route = createRouter(createHandlers({ workbench, grants, sample: join(resources, 'sample') }), (name, error) =>
    reportBug(name, error),
  );
  const refused: Reply<never> = {
    ok: false,
    error: { code: 'INPUT_INVALID', message: 'This page may not make requests' },
  };
  ipcMain.handle('portolan:request', (event, name: unknown, input: unknown) =>
    isTrusted(event, windows) ? route(name, input) : refused,
  );
  ipcMain.handle('portolan:grant', async (event, paths: unknown): Promise<Reply<readonly Grant[]>> =>
    isTrusted(event, windows) && Array.isArray(paths) ? { ok: true, value: await grants.add(paths) } : refused,
  );
  const open = (): BrowserWindow => {
    const window = openMainWindow(join(out, 'preload', 'index.cjs'));
    const { id } = window.webContents;
    windows.add(id);
    window.on('closed', () => windows.delete(id));
    window.webContents.on('render-process-gone', (_event, details) => offerReload(window, details.reason));
    return window;
  };
  await openFirstProject(workbench, readPreferences(preferencesFile)).catch((error: unknown) =>
    reportBug('opening a project', error),
  );
  open();
  app.on('second-instance', () => BrowserWindow.getAllWindows()[0]?.focus());
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (!workbench.isOpen()) return;
    event.preventDefault();
    void workbench.close().finally(() => {
      workbench.engine.close();
      app.quit();
    });
  });
}

/** What was open last; the sample on the very first start; nothing where the user has closed it or it is gone. */
async function openFirstProject(workbench: Workbench, { lastProject }: Preferences): Promise<void> {
  if (lastProject === undefined) await openSample(workbench, join(resources, 'sample'), app.getPath('documents'));
  else if (lastProject !== null && existsSync(lastProject)) await workbench.open(lastProject, 'open');
}

/** The page is gone, the engine and the project are not. */
function offerReload(window: BrowserWindow, reason: string): void {
  if (reason === 'clean-exit') return;
  const choice = dialog.showMessageBoxSync({
    type: 'error',
    message: 'The window stopped working',
    detail: `Nothing that was decided is lost (${reason}).`,
    buttons: ['Reload', 'Quit'],
  });
  if (choice === 0) window.reload();
  else app.quit();
}
