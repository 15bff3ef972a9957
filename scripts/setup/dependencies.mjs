import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './command.mjs';
import { ROOT } from './places.mjs';
import { say } from './report.mjs';

/** node_modules as package-lock.json says, by the list that npm leaves there when an installation is complete. */
export const dependencies = {
  needed() {
    const wanted = packagesOf('package-lock.json');
    const present = packagesOf('node_modules/.package-lock.json');
    if (wanted === undefined || present === undefined) return true;
    return Object.entries(wanted).some(([path, entry]) => {
      if (path === '') return false;
      const found = present[path];
      if (found === undefined) return entry.optional !== true && entry.devOptional !== true;
      return found.version !== entry.version || found.integrity !== entry.integrity;
    });
  },

  async ensure() {
    say('installing the dependencies (npm ci)');
    await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: ROOT,
      failure:
        'The dependencies could not be installed. npm needs its registry once; without one, see the message below.',
    });
  },
};

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
