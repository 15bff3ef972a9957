import ELK from 'elkjs/lib/elk-api.js';
// The library's own worker file, shipped as it is: its licence asks for it, and the content policy allows it.
import elkWorker from 'elkjs/lib/elk-worker.min.js?url';
import { fromElk, toElk } from './elk-graph.ts';
import type { Layout } from './layout.ts';

let elk: InstanceType<typeof ELK> | null = null;

/** Layout in a worker of its own, so that a pipeline of a thousand nodes does not stop the window. */
export const layout: Layout = async (graph) => {
  elk ??= new ELK({ workerFactory: () => new Worker(elkWorker) });
  return fromElk(await elk.layout(toElk(graph)));
};
