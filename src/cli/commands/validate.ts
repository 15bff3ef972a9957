import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { PortolanError } from '../../shared/errors.ts';
import { canonicalJson, checkDocument, dataFlowJsonSchema } from '../../engine/index.ts';
import { parseArguments } from '../arguments.ts';
import type { Command } from '../context.ts';
import { printDiagnostic } from '../print.ts';

/** `validate FILE.yaml…`: DataFlow documents from their syntax to a dry run; with `--schema` the JSON Schema itself. */
export const validate: Command = async (args, { engine, progress, json, signal, print }) => {
  const parsed = parseArguments(args, { schema: { type: 'boolean' } });
  if (parsed.has('schema')) {
    print(JSON.stringify(dataFlowJsonSchema(), null, 2));
    return 0;
  }
  if (parsed.files.length === 0)
    throw new PortolanError('INPUT_INVALID', 'validate needs at least one DataFlow file', {
      hint: 'Usage: portolan validate FILE.yaml… | --schema',
    });
  const files = [];
  for (const [i, path] of parsed.files.entries()) {
    const file = basename(path);
    progress.step('validate', i, parsed.files.length, file);
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new PortolanError('INPUT_UNREADABLE', `${path} cannot be read`, { hint: 'Check the path.', cause });
    });
    const diagnostics = await checkDocument(text, file, engine.dependencies.sql, signal);
    files.push({ file, valid: !diagnostics.some(({ severity }) => severity === 'error'), diagnostics });
  }
  progress.end();
  const text = files.flatMap(({ file, valid, diagnostics }) => [
    ...diagnostics.map(printDiagnostic),
    `${file}: ${valid ? 'valid' : 'not valid'}`,
  ]);
  print(json ? canonicalJson({ files }, 2) : text.join('\n'));
  return files.every(({ valid }) => valid) ? 0 : 1;
};
