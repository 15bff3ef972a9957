import { PortolanError } from '../../shared/errors.ts';
import { canonicalJson } from '../../engine/index.ts';
import { parseArguments } from '../arguments.ts';
import type { Command } from '../context.ts';

/** `bundle BUNDLE --verify`: exit 0 where every file is what the manifest says, 1 where not, 2 where it is no bundle. */
export const bundle: Command = async (args, { engine, json, print }) => {
  const parsed = parseArguments(args, { verify: { type: 'boolean' } });
  const [folder, ...rest] = parsed.files;
  if (folder === undefined || rest.length > 0 || !parsed.has('verify'))
    throw new PortolanError('INPUT_INVALID', 'bundle needs one folder and --verify', {
      hint: 'Usage: portolan bundle BUNDLE --verify',
    });
  const check = await engine.verifyBundle(folder);
  const { verified, files, problems, manifest } = check;
  if (json) print(canonicalJson({ verified, files, problems, result: manifest.result, title: manifest.title }, 2));
  else
    print(
      [
        `${verified ? 'Verified' : 'NOT verified'}: ${files} files, validation ${manifest.result ?? 'not reached'}`,
        ...problems,
      ].join('\n'),
    );
  return verified ? 0 : 1;
};
