/** Runs the built command line as a child process, as a user or a script would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ENTRY = resolve('out/main/cli.js');
const SAMPLE = resolve('resources/sample');

export interface Finished {
  /** Null where a signal ended the process. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Calls back on each line of progress. */
  onProgress(listener: (line: string) => void): void;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly stdin?: string;
  /** Command and words before `node`, such as `unshare -n`. */
  readonly prefix?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
}

/** Starts `portolan ARGS`. Throws where the command line is not built. */
export function start(args: readonly string[], options: CommandOptions = {}): Running {
  if (!existsSync(ENTRY)) throw new Error('out/main/cli.js is missing: build it with `npx electron-vite build`');
  const [command = '', ...words] = [...(options.prefix ?? []), process.execPath, ENTRY, ...args];
  const child = spawn(command, words, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid }),
  });
  const out: string[] = [];
  const err: string[] = [];
  const listeners: ((line: string) => void)[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  createInterface({ input: child.stderr }).on('line', (line) => {
    err.push(line);
    for (const listener of listeners) listener(line);
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin ?? '');
  const finished = new Promise<Finished>((done, failed) => {
    child.once('error', failed);
    child.once('close', (status) => done({ status, stdout: out.join(''), stderr: err.join('\n') }));
  });
  return { child, finished, onProgress: (listener) => void listeners.push(listener) };
}

export function portolan(args: readonly string[], options: CommandOptions = {}): Promise<Finished> {
  return start(args, options).finished;
}

/** The sample's files as arguments of `run`, absolute, without `--out`. */
export async function sampleArguments(): Promise<readonly string[]> {
  const extracts = (await readdir(join(SAMPLE, 'legacy/extracts'))).toSorted();
  return [
    '--source',
    join(SAMPLE, 'legacy/schema.sql'),
    ...extracts.map((name) => join(SAMPLE, 'legacy/extracts', name)),
    '--target',
    join(SAMPLE, 'target/schema.sql'),
    '--etl',
    join(SAMPLE, 'etl/wf_load_customer.xml'),
    join(SAMPLE, 'etl/data/CUST_DIM.csv'),
  ];
}

export const samplePath = (...parts: readonly string[]): string => join(SAMPLE, ...parts);

/** Every file below a folder: relative path → content as latin1, so that equal bytes are equal texts. */
export async function contentOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = await Promise.all(
    files.toSorted().map(async (path) => [relative(folder, path), (await readFile(path)).toString('latin1')] as const),
  );
  return Object.fromEntries(pairs);
}

/** What of an error would tell a user nothing. */
export const STACK_TRACE = /\n\s+at .+:\d+:\d+|node:internal|UnhandledPromise/;
