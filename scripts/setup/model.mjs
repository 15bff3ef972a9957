import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL_FILES } from '../model/manifest.mjs';
import { ROOT } from './places.mjs';
import { SetupError } from './report.mjs';

const FOLDER = join(ROOT, 'resources/models/all-MiniLM-L6-v2');
const BUILDER = join(ROOT, 'scripts/model/build.mjs');

/** The embedding model. Whether its files are the right ones is the builder's to say, and the loader's once more. */
export const model = {
  needed: () => MODEL_FILES.some((file) => !existsSync(join(FOLDER, file))),

  /** Quick when the builder finds all in place. */
  async ensure() {
    const { status } = spawnSync(process.execPath, [BUILDER], { cwd: ROOT, stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new SetupError('The embedding model could not be built; the line above says why.');
  },
};
