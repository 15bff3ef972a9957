import { type ErrorShape, toErrorShape } from '../shared/errors.ts';

/** The error where one file is to blame, so that the others can still be done; anything else is thrown on. */
export function fileProblem(thrown: unknown): ErrorShape {
  const error = toErrorShape(thrown);
  if (error.code === 'INPUT_INVALID' || error.code === 'INPUT_UNREADABLE' || error.code === 'UNSUPPORTED') return error;
  throw thrown;
}
