import { parseArgs, type ParseArgsConfig } from 'node:util';
import { PortolanError } from '../shared/errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

export interface Arguments {
  readonly files: readonly string[];
  /** The last value of an option that takes one; undefined where it was not given. */
  text(name: string): string | undefined;
  /** All values of an option that may come several times or be followed by several values. */
  list(name: string): readonly string[];
  has(name: string): boolean;
}

/**
 * Parses a command's arguments. An option of `lists` takes every word up to the next option, as shells expand wildcards.
 * Throws PortolanError INPUT_INVALID for what the command does not know.
 */
export function parseArguments(args: readonly string[], options: Options, lists: readonly string[] = []): Arguments {
  const spread = spreadLists(args, lists);
  const all: Options = { ...options, json: { type: 'boolean' } };
  for (const name of lists) all[name] = { type: 'string', multiple: true };
  try {
    const { values, positionals } = parseArgs({ args: spread, options: all, allowPositionals: true, strict: true });
    const valuesOf = (name: string): readonly string[] => {
      const value = values[name];
      return Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : [];
    };
    return {
      files: positionals,
      text: (name) => valuesOf(name).at(-1),
      list: valuesOf,
      has: (name) => values[name] === true || valuesOf(name).length > 0,
    };
  } catch (thrown) {
    throw new PortolanError('INPUT_INVALID', (thrown as Error).message.split('. ')[0] ?? 'Wrong arguments', {
      hint: 'See `portolan help`.',
      cause: thrown,
    });
  }
}

/** `--source a b --target c` → `--source a --source b --target c`. */
function spreadLists(args: readonly string[], lists: readonly string[]): string[] {
  const spread: string[] = [];
  let current: string | null = null;
  for (const [i, word] of args.entries()) {
    if (word === '--') return [...spread, ...args.slice(i)];
    if (word.startsWith('-') && word.length > 1) {
      const name = word.replace(/^--/, '').split('=')[0] ?? '';
      current = lists.includes(name) && !word.includes('=') ? word : null;
      if (current === null) spread.push(word);
      continue;
    }
    if (current === null) spread.push(word);
    else spread.push(current, word);
  }
  return spread;
}

/** A whole number within bounds, or `fallback` where the option is absent. */
export function wholeNumber(args: Arguments, name: string, fallback: number, max: number): number {
  const text = args.text(name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new PortolanError('INPUT_INVALID', `--${name} ${text} is not a whole number from 1 to ${max}`, {
      hint: `Give a number, e.g. --${name} ${fallback}.`,
    });
  }
  return value;
}

/** One of `choices`, or undefined where the option is absent. */
export function choice<T extends string>(args: Arguments, name: string, choices: readonly T[]): T | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const found = choices.find((candidate) => candidate === text);
  if (found === undefined)
    throw new PortolanError('INPUT_INVALID', `--${name} ${text} is not known`, {
      hint: `Choose one of ${choices.join(', ')}.`,
    });
  return found;
}
