import { PortolanError } from '../../shared/errors.ts';
import { canonicalJson } from '../../engine/index.ts';
import { parseArguments, wholeNumber } from '../arguments.ts';
import { benchEmbed } from '../bench/embed.ts';
import type { Command } from '../context.ts';

const subjects = ['embed'] as const;

/** `bench embed [--size N]`: columns embedded per second, as JSON. */
export const bench: Command = async (args, { engine, progress, print }) => {
  const parsed = parseArguments(args, { size: { type: 'string' } });
  const [subject] = parsed.files;
  if (subject !== 'embed') throw new PortolanError('INPUT_INVALID', `There is no benchmark ${subject ?? ''}`.trimEnd(), { hint: `Choose one of ${subjects.join(', ')}.` });
  const { embedder, reason } = await engine.hosts.embedder();
  if (embedder === null) throw new PortolanError('BROKEN_INSTALL', reason ?? 'The model cannot be loaded', { hint: 'Run `npm run setup`.' });
  progress.step('embed', 0, 0, '');
  const figures = await benchEmbed(embedder, wholeNumber(parsed, 'size', 2000, 1_000_000));
  progress.end();
  print(canonicalJson(figures, 2));
  return 0;
};
