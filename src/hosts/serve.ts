/** The child's side of a host: the same code in a worker thread of Node and in a utility process of Electron. */
import { parentPort as threadPort } from 'node:worker_threads';
import { type Methods, type Peer, type Port, createPeer } from '../engine/index.ts';

interface UtilityPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

function connect(): Port {
  const utilityPort = (process as unknown as { parentPort?: UtilityPort }).parentPort;
  if (utilityPort !== undefined) {
    return {
      send: (message) => utilityPort.postMessage(message),
      onMessage: (listener) => utilityPort.on('message', (event) => listener(event.data)),
    };
  }
  if (threadPort === null) throw new Error('a host runs as a worker thread or a utility process only');
  const port = threadPort;
  return { send: (message) => port.postMessage(message), onMessage: (listener) => void port.on('message', listener) };
}

/** Answers the parent's calls with `methods`; the returned peer calls the parent. */
export function serve(methods: Methods): Peer {
  return createPeer(connect(), methods);
}
