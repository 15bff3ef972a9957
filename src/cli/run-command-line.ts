import { PortolanError, toErrorShape } from '../shared/errors.ts';
import type { LocalEngine } from '../engine/adapters/index.ts';
import { bench } from './commands/bench.ts';
import { bundle } from './commands/bundle.ts';
import { convert } from './commands/convert.ts';
import { execute } from './commands/execute.ts';
import { history } from './commands/history.ts';
import { learn } from './commands/learn.ts';
import { map } from './commands/map.ts';
import { profile } from './commands/profile.ts';
import { packs } from './commands/packs.ts';
import { resume, run } from './commands/run.ts';
import { schema } from './commands/schema.ts';
import { translate } from './commands/translate.ts';
import { validate } from './commands/validate.ts';
import type { Command } from './context.ts';
import { createProgress } from './progress.ts';
import { printError } from './print.ts';

interface Entry {
  readonly run: Command;
  readonly usage: string;
  readonly does: string;
}

/** A new command is one file and one entry. */
const commands: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  [
    'schema',
    {
      run: schema,
      usage: 'schema FILE… [--dialect D] [--print D] | schema --diff OLD NEW',
      does: 'DDL, data files or legacy ETL as the schema model, as DDL of a dialect, or compared',
    },
  ],
  [
    'profile',
    {
      run: profile,
      usage: 'profile FILE… [--rows N] [--mask]',
      does: 'data-quality metrics, candidate keys, inferred relationships',
    },
  ],
  [
    'map',
    {
      run: map,
      usage: 'map --source FILE… --target FILE… [--top 5] [--patterns FILE]',
      does: 'ranked column mappings',
    },
  ],
  [
    'convert',
    {
      run: convert,
      usage: 'convert FILE… --out DIR [--setting ID=VALUE]',
      does: 'legacy ETL as DataFlow YAML and SQL',
    },
  ],
  [
    'execute',
    {
      run: execute,
      usage:
        'execute PIPELINE.yaml|WORKFLOW.yaml|EXPORT [--data DIR] [--input TABLE=FILE] [--generate N] [--expect TABLE=FILE] [--tolerance N] [--parameter NAME=VALUE]',
      does: 'run a pipeline on DuckDB, on files or on generated rows',
    },
  ],
  [
    'validate',
    {
      run: validate,
      usage: 'validate PIPELINE.yaml… | --schema',
      does: 'DataFlow documents from syntax to a dry run; or their JSON Schema',
    },
  ],
  [
    'translate',
    {
      run: translate,
      usage: 'translate --tool powercenter|ssis|datastage|alteryx',
      does: 'one expression a line on stdin as SQL',
    },
  ],
  [
    'run',
    {
      run,
      usage:
        'run --source FILE… --target FILE… [--etl FILE…] --out DIR [--project FILE] [--review auto|pause|FILE.json]',
      does: 'the whole migration to a bundle',
    },
  ],
  [
    'resume',
    {
      run: resume,
      usage: 'resume PROJECT [--review …] [--out DIR]',
      does: 'go on with a run that waits or was cut off',
    },
  ],
  [
    'history',
    { run: history, usage: 'history PROJECT [--checkpoint ID] [--diff A B]', does: 'checkpoints of a project' },
  ],
  ['bundle', { run: bundle, usage: 'bundle BUNDLE --verify', does: "check a bundle's hashes" }],
  [
    'learn',
    {
      run: learn,
      usage:
        'learn export|import FILE --project PROJECT · learn list FILE|--project PROJECT · learn remove ID… --project PROJECT',
      does: 'lessons of decisions: packs to share, and which of them are doubtful',
    },
  ],
  [
    'packs',
    {
      run: packs,
      usage: 'packs list · packs show ID [--ddl] · packs check FILE…',
      does: 'domain packs: listed, as YAML to edit, as a target schema, checked',
    },
  ],
  [
    'bench',
    {
      run: bench,
      usage: 'bench embed|map|convert|schema|profile [DIR] [--size N] [--without SIGNAL…|all]',
      does: 'figures as JSON',
    },
  ],
]);

/**
 * Runs one command. Returns the exit status: 0 done, 1 a job, check or gate failed, 2 wrong usage or unreadable input.
 * Results go to stdout, everything else to stderr. Ctrl+C cancels; what was checkpointed stays.
 */
export async function runCommandLine(argv: readonly string[], engine: LocalEngine, version: string): Promise<number> {
  const [name = 'help', ...args] = argv;
  if (name === '--version' || name === 'version') return print(version);
  if (name === 'help' || name === '--help' || name === '-h') return print(help(version));
  const controller = new AbortController();
  const cancel = (): void => controller.abort(new PortolanError('CANCELLED', 'Cancelled'));
  process.once('SIGINT', cancel);
  process.once('SIGTERM', cancel);
  const progress = createProgress(process.stderr);
  try {
    const entry = commands.get(name);
    if (entry === undefined)
      throw new PortolanError('INPUT_INVALID', `There is no command ${name}`, {
        hint: `Commands: ${[...commands.keys()].join(', ')}.`,
      });
    return await entry.run(args, { engine, progress, json: args.includes('--json'), signal: controller.signal, print });
  } catch (thrown) {
    progress.end();
    const error = toErrorShape(thrown);
    process.stderr.write(`${printError(error)}\n`);
    if (error.code === 'INTERNAL' && thrown instanceof Error && process.env['PORTOLAN_DEBUG'] !== undefined)
      process.stderr.write(`${thrown.stack}\n`);
    return error.code === 'INPUT_INVALID' || error.code === 'INPUT_UNREADABLE' || error.code === 'UNSUPPORTED' ? 2 : 1;
  } finally {
    process.off('SIGINT', cancel);
    process.off('SIGTERM', cancel);
    engine.close();
  }
}

function print(text: string): 0 {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  return 0;
}

function help(version: string): string {
  const lines = [...commands.values()].map(({ usage, does }) => `  ${usage}\n      ${does}`);
  return [
    `portolan ${version}`,
    '',
    'Usage: portolan COMMAND … [--json]',
    '',
    ...lines,
    '',
    'Exit status: 0 done, 1 a job, check or gate failed, 2 wrong usage or unreadable input.',
  ].join('\n');
}
