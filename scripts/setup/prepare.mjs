import { dependencies } from './dependencies.mjs';
import { withSetupLock } from './lock.mjs';
import { SetupError } from './report.mjs';

/** Brings node_modules to what package-lock.json says. */
export async function prepareDependencies() {
  if (dependencies.needed()) await withSetupLock(installDependencies);
}

/**
 * Brings a checkout to where its command line runs: dependencies, SQLite's driver, the model, the build. Does only what
 * is not done yet. What comes after `npm ci` is imported after it, as it may use what that brings.
 */
export async function prepareCommandLine() {
  if (!dependencies.needed() && !(await restNeeded(false))) return;
  await withSetupLock(async () => {
    await installDependencies();
    await ensureRest(false);
  });
}

/**
 * The same and an Electron to run the app with, plus what the machine needs for the given uses.
 *
 * @param {readonly string[]} uses see ensureSystemPackages
 * @returns {Promise<import('../electron/runtime.mjs').ElectronRuntime>}
 */
export async function prepareApp(uses) {
  const { ensureSystemPackages } = await import('./system-packages.mjs');
  return await withSetupLock(async () => {
    await installDependencies();
    await ensureSystemPackages(['electron', ...uses]);
    const { electronRuntime } = await import('../electron/runtime.mjs');
    const runtime = await electronRuntime();
    await ensureRest(runtime.fallback);
    return runtime;
  });
}

async function installDependencies() {
  if (!dependencies.needed()) return;
  await dependencies.ensure();
  if (dependencies.needed())
    throw new SetupError('npm ci ended well, yet node_modules is not what package-lock.json says.');
}

async function restNeeded(runtimeIsOld) {
  const { sqlite, model, build } = await steps();
  return sqlite.needed(runtimeIsOld) || model.needed() || build.needed();
}

async function ensureRest(runtimeIsOld) {
  const { sqlite, model, build } = await steps();
  if (sqlite.needed(runtimeIsOld)) await sqlite.ensure();
  await model.ensure();
  if (build.needed()) await build.ensure();
}

async function steps() {
  const [{ sqlite }, { model }, { build }] = await Promise.all([
    import('./sqlite.mjs'),
    import('./model.mjs'),
    import('./build.mjs'),
  ]);
  return { sqlite, model, build };
}
