/**
 * Calls between two processes or threads over any message port: either side may call the other, calls may report
 * progress and be cancelled, and a lost connection rejects what is in flight. Payloads are structured-cloneable values.
 */
import { type ErrorShape, PortolanError, fromErrorShape, toErrorShape } from '../../shared/errors.ts';

type Message =
  | { readonly kind: 'call'; readonly seq: number; readonly method: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly seq: number }
  | { readonly kind: 'progress'; readonly seq: number; readonly payload: unknown }
  | { readonly kind: 'done'; readonly seq: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly seq: number; readonly error: ErrorShape };

export interface Port {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

export interface CallContext {
  readonly signal: AbortSignal;
  readonly report: (payload: unknown) => void;
}

export type Methods = Readonly<Record<string, (input: never, context: CallContext) => unknown>>;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((payload: unknown) => void) | undefined;
}

export interface Peer {
  call(method: string, input: unknown, options?: CallOptions): Promise<unknown>;
  /** Rejects every call in flight and every later one. */
  close(reason: PortolanError): void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((payload: unknown) => void) | undefined;
}

export function createPeer(port: Port, methods: Methods): Peer {
  const outgoing = createCaller(port);
  const incoming = createResponder(port, methods);
  port.onMessage((raw) => {
    const message = raw as Message;
    switch (message.kind) {
      case 'call':
        void incoming.serve(message.seq, message.method, message.input);
        return;
      case 'cancel':
        incoming.cancel(message.seq);
        return;
      case 'progress':
        outgoing.progress(message.seq, message.payload);
        return;
      case 'done':
        outgoing.settle(message.seq, (entry) => entry.resolve(message.value));
        return;
      case 'failed':
        outgoing.settle(message.seq, (entry) => entry.reject(fromErrorShape(message.error)));
        return;
    }
  });
  return {
    call: outgoing.call,
    close(reason) {
      outgoing.close(reason);
      incoming.close(reason);
    },
  };
}

/** The calls that this side has made and that are not answered yet. */
function createCaller(port: Port) {
  const waiting = new Map<number, Waiting>();
  let lastSeq = 0;
  let closed: PortolanError | null = null;

  const call: Peer['call'] = (method, input, options = {}) => {
    if (closed !== null) return Promise.reject(closed);
    lastSeq += 1;
    const seq = lastSeq;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => port.send({ kind: 'cancel', seq } satisfies Message);
      const forget = (): void => options.signal?.removeEventListener('abort', onAbort);
      waiting.set(seq, {
        resolve: (value) => (forget(), resolve(value)),
        reject: (error) => (forget(), reject(error)),
        onProgress: options.onProgress,
      });
      port.send({ kind: 'call', seq, method, input } satisfies Message);
      if (options.signal?.aborted === true) onAbort();
      else options.signal?.addEventListener('abort', onAbort, { once: true });
    });
  };

  return {
    call,
    progress: (seq: number, payload: unknown): void => waiting.get(seq)?.onProgress?.(payload),
    settle(seq: number, finish: (entry: Waiting) => void): void {
      const entry = waiting.get(seq);
      if (entry === undefined) return;
      waiting.delete(seq);
      finish(entry);
    },
    close(reason: PortolanError): void {
      closed = reason;
      for (const entry of waiting.values()) entry.reject(reason);
      waiting.clear();
    },
  };
}

/** The calls that the other side has made and that run here. */
function createResponder(port: Port, methods: Methods) {
  const running = new Map<number, AbortController>();

  const serve = async (seq: number, method: string, input: unknown): Promise<void> => {
    const controller = new AbortController();
    running.set(seq, controller);
    try {
      const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (handler === undefined) throw new Error(`no method ${method}`);
      const report = (payload: unknown): void => port.send({ kind: 'progress', seq, payload } satisfies Message);
      const value: unknown = await handler(input as never, { signal: controller.signal, report });
      port.send({ kind: 'done', seq, value } satisfies Message);
    } catch (thrown) {
      port.send({ kind: 'failed', seq, error: toErrorShape(thrown) } satisfies Message);
    } finally {
      running.delete(seq);
    }
  };

  return {
    serve,
    cancel: (seq: number): void => running.get(seq)?.abort(new PortolanError('CANCELLED', 'Cancelled')),
    close(reason: PortolanError): void {
      for (const controller of running.values()) controller.abort(reason);
    },
  };
}
