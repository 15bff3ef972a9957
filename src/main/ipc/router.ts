import { PortolanError, type Reply, toErrorShape } from '../../shared/errors.ts';
import { type Output, type ParsedInput, type Route, requests } from '../../shared/ipc/contract.ts';

export type Handlers = { readonly [R in Route]: (input: ParsedInput<R>) => Promise<Output<R>> | Output<R> };

/** One message of this many characters at most; everything large goes by pages. */
const MAX_INPUT_CHARACTERS = 4_000_000;

/**
 * Looks up the route, parses the input, calls the handler. Never rejects: a thrown error becomes a reply, since a
 * rejected invocation would keep only its message. `onBug` hears of errors that nobody expected.
 */
export function createRouter(handlers: Handlers, onBug: (route: string, error: unknown) => void) {
  return async (name: unknown, raw: unknown): Promise<Reply<unknown>> => {
    try {
      if (typeof name !== 'string' || !Object.hasOwn(requests, name))
        throw new PortolanError('INPUT_INVALID', `There is no request ${String(name)}`);
      if ((JSON.stringify(raw) ?? '').length > MAX_INPUT_CHARACTERS)
        throw new PortolanError('INPUT_INVALID', `The request ${name} is too large`);
      const route = name as Route;
      const parsed = requests[route].input.safeParse(raw);
      if (!parsed.success)
        throw new PortolanError(
          'INPUT_INVALID',
          `The request ${name} is malformed: ${parsed.error.issues[0]?.message ?? 'unknown'}`,
        );
      const handler = handlers[route] as (input: unknown) => unknown;
      return { ok: true, value: await handler(parsed.data) };
    } catch (thrown) {
      const error = toErrorShape(thrown);
      if (error.code === 'INTERNAL') onBug(String(name), thrown);
      return { ok: false, error };
    }
  };
}
