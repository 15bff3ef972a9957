// Stands in for Electron's own default_app.asar in the runtime from the npm registry, which comes without one:
// `electron [-r MODULE]… [CHROMIUM SWITCHES] APP_FOLDER [ARGUMENTS]` starts the app as Electron's own would.
import { app } from 'electron';
import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const { target, preloads } = readCommandLine(process.argv.slice(1));
if (target === undefined) {
  process.stderr.write('usage: electron [-r MODULE] APP_FOLDER [ARGUMENTS]\n');
  process.exit(2);
}
if (preloads.length > 0) Module._preloadModules(preloads);
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
try {
  const folder = resolve(target);
  const named = describe(folder);
  const main = Module._resolveFilename(folder, null, true);
  app.setAppPath(named ? folder : dirname(main));
  // Awaited at the top level, so that `ready` waits for the app's own top-level code.
  await import(pathToFileURL(main).href);
} catch (error) {
  process.stderr.write(`The app ended while it was loading.\n${error?.stack ?? error}\n`);
  process.exit(1);
}

function readCommandLine(words) {
  const preloads = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === '--version' || word === '-v') {
      process.stdout.write(`v${process.versions.electron}\n`);
      process.exit(0);
    }
    if (word === '-r' || word === '--require') preloads.push(words[(at += 1)]);
    else if (!word.startsWith('-')) return { target: word, preloads };
  }
  return { target: undefined, preloads };
}

function describe(folder) {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return false;
  const { name, productName, version, desktopName } = JSON.parse(readFileSync(file, 'utf8'));
  if (version) app.setVersion(version);
  if (productName ?? name) app.name = productName ?? name;
  if (process.platform === 'linux') app.setDesktopName(desktopName ?? `${app.name}.desktop`);
  return true;
}
