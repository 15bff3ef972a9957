import { PortolanError } from '../../shared/errors.ts';
import type { Files } from '../ports/files.ts';
import { MANIFEST_FILE, Manifest } from './manifest.ts';

export interface BundleCheck {
  readonly verified: boolean;
  readonly files: number;
  /** One sentence for each difference, sorted by path. */
  readonly problems: readonly string[];
  readonly manifest: Manifest;
}

/**
 * Compares every file of a bundle with its manifest: changed, missing and additional files are problems.
 * Throws PortolanError where the folder is no bundle at all.
 */
export async function verifyBundle(folder: string, files: Files): Promise<BundleCheck> {
  const name = files.baseName(folder);
  const separator = folder.endsWith('/') || folder.endsWith('\\') ? '' : '/';
  const manifest = await readManifest(`${folder}${separator}${MANIFEST_FILE}`, name, files);
  const root = files.absolute(folder);
  const present = new Map(
    (await files.walk(root)).map((path) => [path.slice(root.length + 1).replaceAll('\\', '/'), path]),
  );
  const problems: string[] = [];
  for (const entry of manifest.files) {
    const path = present.get(entry.path);
    present.delete(entry.path);
    if (path === undefined) problems.push(`${entry.path} is missing`);
    else if ((await files.sha256(path)) !== entry.sha256) problems.push(`${entry.path} was changed`);
  }
  present.delete(MANIFEST_FILE);
  for (const path of present.keys()) problems.push(`${path} is not in the manifest`);
  problems.sort();
  return { verified: problems.length === 0, files: manifest.files.length, problems, manifest };
}

async function readManifest(path: string, name: string, files: Files): Promise<Manifest> {
  const hint = 'Name the folder that `portolan run` wrote: it holds manifest.json.';
  const bytes = await files.read(path).catch((thrown: unknown) => {
    throw new PortolanError('INPUT_UNREADABLE', `${name} is not a bundle: it has no readable ${MANIFEST_FILE}`, {
      hint,
      where: { file: name },
      cause: thrown,
    });
  });
  try {
    return Manifest.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (thrown) {
    throw new PortolanError('INPUT_INVALID', `${MANIFEST_FILE} of ${name} is damaged`, {
      hint: 'Write the bundle again.',
      where: { file: MANIFEST_FILE },
      cause: thrown,
    });
  }
}
