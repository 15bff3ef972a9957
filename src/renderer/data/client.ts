/** The typed way to the main process. The only file that touches `window.portolan`. */
import { GrantReply, events, requests } from '../../shared/ipc/contract.ts';
import type { EventName, EventPayload, Input, Output, Route } from '../../shared/ipc/contract.ts';
import { fromErrorShape } from '../../shared/errors.ts';
import type { ErrorShape } from '../../shared/errors.ts';
import type { z } from 'zod';

/** Asks the main process. Rejects with a PortolanError that says what to do. */
export async function call<R extends Route>(route: R, input: Input<R>): Promise<Output<R>> {
  const value = unwrap(await window.portolan.request(route, input));
  return (import.meta.env.DEV ? requests[route].output.parse(value) : value) as Output<R>;
}

/** Listens to an event of the main process; the result stops listening. */
export function on<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void {
  return window.portolan.on(name, (payload) => {
    listener((import.meta.env.DEV ? events[name].parse(payload) : payload) as EventPayload<E>);
  });
}

export type Grants = z.infer<typeof GrantReply>;

/** Asks main to accept dropped files; the page gets an id for each, or the reason against it. */
export async function grant(files: readonly File[]): Promise<Grants> {
  return GrantReply.parse(unwrap(await window.portolan.grant(files)));
}

/** The value of a reply; its error is thrown as the same PortolanError that main had. */
function unwrap(reply: unknown): unknown {
  const { ok, value, error } = reply as { ok?: boolean; value?: unknown; error?: ErrorShape };
  if (ok === true) return value;
  throw error === undefined ? new Error('The main process gave no reply') : fromErrorShape(error);
}
