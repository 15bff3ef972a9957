import { PortolanError } from '../../shared/errors.ts';
import { type InputFile, type InputRole, inputRoles } from '../../shared/model/project.ts';
import type { InputFormat } from '../../shared/model/schema.ts';
import { compareText } from '../core/text.ts';
import type { Files } from '../ports/files.ts';
import type { Sha256 } from '../ports/hash.ts';
import { detectFormat } from '../readers/detect-format.ts';

const HEAD_BYTES = 64 * 1024;

const etlFormats: readonly InputFormat[] = ['powercenter', 'ssis', 'alteryx', 'datastage'];
const targetWords = /(?:^|[^a-z])(?:target|tgt|canonical|new|dest(?:ination)?)(?:[^a-z]|$)/i;

/** A file as an input: its format by content, its hash, and the role that its format and path suggest. */
export async function describeInput(
  path: string,
  role: InputRole | null,
  files: Files,
  sha256: Sha256,
): Promise<InputFile> {
  const absolute = files.absolute(path);
  const name = files.baseName(absolute);
  const { bytes, kind } = await files.facts(absolute);
  if (kind === 'folder') {
    throw new PortolanError('INPUT_INVALID', `${name} is a folder`, {
      hint: 'Name the files in it, for example with a wildcard.',
      where: { file: name },
    });
  }
  const { format } = detectFormat(name, await files.head(absolute, HEAD_BYTES));
  const hash = await files.sha256(absolute);
  const actualRole = role ?? guessRole(absolute, format);
  return {
    // One file may stand on both sides, so its role belongs to its identity.
    id: sha256(`${name}\0${hash}\0${actualRole}`).slice(0, 16),
    name,
    path: absolute,
    role: actualRole,
    format,
    dialect: null,
    sha256: hash,
    bytes,
  };
}

function guessRole(path: string, format: InputFormat): InputRole {
  if (etlFormats.includes(format)) return 'etl';
  const [parent = '', name = ''] = path.split(/[\\/]/).slice(-2);
  return targetWords.test(name) || targetWords.test(parent) ? 'target' : 'source';
}

/** The order in which a run reads its inputs: whatever the order in which they were given, its results are the same. */
export function inRunOrder(inputs: readonly InputFile[]): readonly InputFile[] {
  return inputs.toSorted(
    (a, b) =>
      inputRoles.indexOf(a.role) - inputRoles.indexOf(b.role) ||
      compareText(a.name, b.name) ||
      compareText(a.sha256, b.sha256),
  );
}

/** Every file that the given paths mean: folders are walked, files stand for themselves, each once, in a fixed order. */
export async function expandPaths(paths: readonly string[], files: Files): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const absolute = files.absolute(path);
    const { kind } = await files.facts(absolute);
    found.push(...(kind === 'folder' ? await files.walk(absolute) : [absolute]));
  }
  return [...new Set(found)];
}

/** Throws when an input is gone or no longer what it was when it was added. */
export async function checkUnchanged(input: InputFile, files: Files): Promise<void> {
  const hint = 'Put the file back, or add the changed file again and start a new run.';
  const facts = await files.facts(input.path).catch((thrown: unknown) => {
    throw new PortolanError('INPUT_UNREADABLE', `${input.name} is no longer where it was`, {
      hint,
      where: { file: input.name },
      cause: thrown,
    });
  });
  if (facts.bytes !== input.bytes || (await files.sha256(input.path)) !== input.sha256) {
    throw new PortolanError('INPUT_INVALID', `${input.name} has changed since it was added`, {
      hint,
      where: { file: input.name },
    });
  }
}
