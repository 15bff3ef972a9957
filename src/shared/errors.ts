/** Errors that cross a module, process or IPC boundary. Defects of the customer's files are diagnostics, not errors. */

export const errorCodes = [
  'INPUT_UNREADABLE',
  'INPUT_INVALID',
  'UNSUPPORTED',
  'LLM_UNAVAILABLE',
  'CANCELLED',
  'BROKEN_INSTALL',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export interface ErrorShape {
  readonly code: ErrorCode;
  readonly message: string;
  /** What the user can do about it. */
  readonly hint?: string | undefined;
  readonly where?: { readonly file: string; readonly line?: number | undefined } | undefined;
}

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorShape };

/** The one error class that crosses a boundary: an operation that cannot be done, with what to do about it. */
export class PortolanError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly where: ErrorShape['where'];

  constructor(
    code: ErrorCode,
    message: string,
    more: Partial<Omit<ErrorShape, 'code' | 'message'>> & { cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'PortolanError';
    this.code = code;
    this.hint = more.hint;
    this.where = more.where;
  }
}

/** Any thrown value as data: a PortolanError keeps its code, everything else is INTERNAL. */
export function toErrorShape(thrown: unknown): ErrorShape {
  if (thrown instanceof PortolanError) {
    return { code: thrown.code, message: thrown.message, hint: thrown.hint, where: thrown.where };
  }
  if (thrown instanceof Error && thrown.name === 'AbortError') return { code: 'CANCELLED', message: 'Cancelled' };
  return { code: 'INTERNAL', message: thrown instanceof Error ? thrown.message : String(thrown) };
}

/** The inverse of `toErrorShape`, for the receiving side of a boundary. */
export function fromErrorShape(shape: ErrorShape): PortolanError {
  return new PortolanError(shape.code, shape.message, { hint: shape.hint, where: shape.where });
}

/** Makes a switch over a closed union exhaustive at compile time. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
