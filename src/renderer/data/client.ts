/** The typed way to the main process. The only file that touches `window.portolan`. */
import { GrantReply, events, requests } from '../../shared/ipc/contract.ts';
import type { EventName, EventPayload, Input, Output, Route } from '../../shared/ipc/contract.ts';
import { fromErrorShape } from '../../shared/errors.ts';
import type { Reply } from '../../shared/errors.ts';
import type { z } from 'zod';

/** Asks the main process. Rejects with a PortolanError that says what to do. */
export async function call<R extends Route>(route: R, input: Input<R>): Promise<Output<R>> {
  const reply = (await window.portolan.request(route, input)) as Reply<Output<R>>;
  if (!reply.ok) throw fromErrorShape(reply.error);
  if (import.meta.env.DEV) return requests[route].output.parse(reply.value) as Output<R>;
  return reply.value;
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
  const reply = (await window.portolan.grant(files)) as Reply<unknown>;
  if (!reply.ok) throw fromErrorShape(reply.error);
  return GrantReply.parse(reply.value);
}
