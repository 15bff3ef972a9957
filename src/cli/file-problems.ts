import { type ErrorShape, toErrorShape } from '../shared/errors.ts';
import type { Diagnostic } from '../shared/model/schema.ts';
import { printError } from './print.ts';
import type { Progress } from './progress.ts';

/** The error where one file is to blame, so that the others can still be done; anything else is thrown on. */
export function fileProblem(thrown: unknown): ErrorShape {
  const error = toErrorShape(thrown);
  if (error.code === 'INPUT_INVALID' || error.code === 'INPUT_UNREADABLE' || error.code === 'UNSUPPORTED') return error;
  throw thrown;
}

/** What is wrong with a file, on stderr, like an error that ends a command. */
export function reportProblem({ file, line, message }: Diagnostic, progress: Progress): void {
  const where = line === null ? { file } : { file, line };
  // A line is worth more than a shorter message.
  const text = line === null ? message : `${file}:${line}: ${message}`;
  progress.line(printError({ code: 'INPUT_INVALID', message: text, where }));
}
