import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { PortolanError } from '../shared/errors.ts';

export interface Grant {
  readonly grant: string | null;
  readonly name: string;
  /** Why the file cannot be taken; null where it can. */
  readonly message: string | null;
}

const MAX_GRANTS = 20_000;

/** Paths that the user has given by a drop or a dialog. The page holds ids only and cannot name a path of its own. */
export class PathGrants {
  readonly #paths = new Map<string, string>();

  async add(paths: readonly unknown[]): Promise<readonly Grant[]> {
    return Promise.all(paths.slice(0, MAX_GRANTS).map((path) => this.#addOne(path)));
  }

  /** The paths of ids that were handed out. Throws INPUT_INVALID where one was not. */
  paths(grants: readonly string[]): readonly string[] {
    return grants.map((grant) => {
      const path = this.#paths.get(grant);
      if (path === undefined)
        throw new PortolanError('INPUT_INVALID', 'A file was not given by a drop or a dialog', {
          hint: 'Drop it onto the window.',
        });
      return path;
    });
  }

  async #addOne(path: unknown): Promise<Grant> {
    if (typeof path !== 'string' || path === '' || !isAbsolute(path) || path.includes('\0'))
      return { grant: null, name: '', message: 'This is not a file of this machine' };
    const name = basename(path);
    const found = await stat(path).catch(() => null);
    if (found === null) return { grant: null, name, message: `${name} cannot be read` };
    if (!found.isFile() && !found.isDirectory())
      return { grant: null, name, message: `${name} is neither a file nor a folder` };
    const grant = randomUUID();
    this.#paths.set(grant, path);
    return { grant, name, message: null };
  }
}
