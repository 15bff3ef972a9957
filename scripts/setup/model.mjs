import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { lacksFiles } from '../model/model-folder.mjs';
import { ROOT } from './places.mjs';
import { SetupError } from './report.mjs';

const FOLDER = join(ROOT, 'resources/models/all-MiniLM-L6-v2');
const BUILDER = join(ROOT, 'scripts/model/build.mjs');

/** The embedding model. Whether its files are the right ones is the builder's to say, and the loader's once more. */
export const model = {
  needed: () => lacksFiles(FOLDER),

  /** Quick when the builder finds all in place. */
  async ensure() {
    const { status } = spawnSync(process.execPath, [BUILDER], { cwd: ROOT, stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new SetupError('The embedding model could not be built; the line above says why.');
  },
};
