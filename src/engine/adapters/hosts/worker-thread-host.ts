import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HostName, HostProcess, StartHost } from '../../ports/host.ts';

/** Memory of a child's JavaScript heap, in MB. A reader of hostile files gets less than the whole. */
const HEAP_MB: Readonly<Record<HostName, number>> = { inference: 2048, reader: 4096, compute: 8192 };

/** Hosts as worker threads of plain Node. `folder` is where the built `host-*.js` lie. */
export function workerThreadHosts(folder: string): StartHost {
  return (name): HostProcess => {
    const worker = new Worker(join(folder, `host-${name}.js`), {
      name,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB[name] },
    });
    // A command ends when its own work is done, whatever children still idle.
    worker.unref();
    let failure = '';
    worker.on('error', (error: unknown) => {
      failure = error instanceof Error ? error.message : String(error);
    });
    let inFlight = 0;
    return {
      send(message) {
        const kind = (message as { kind?: string }).kind;
        if (kind === 'call' && ++inFlight === 1) worker.ref();
        worker.postMessage(message);
      },
      onMessage(listener) {
        worker.on('message', (message: { kind?: string }) => {
          if ((message.kind === 'done' || message.kind === 'failed') && --inFlight === 0) worker.unref();
          listener(message);
        });
      },
      onExit: (listener) => void worker.once('exit', (code) => listener(failure === '' ? `exit ${code}` : failure)),
      kill: () => void worker.terminate(),
    };
  };
}
