import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { HostName, HostProcess, StartHost } from '../../engine/index.ts';

/** Heap limits in MB: a reader of hostile files must not take the machine with it. */
const HEAP_MB: Readonly<Record<HostName, number>> = { inference: 2048, reader: 4096, compute: 8192 };

/** What a child gets of the environment: no keys, no proxies, nothing of the user's. */
function safeEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG', 'XDG_CACHE_HOME'];
  const kept = names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return Object.fromEntries(kept) as Record<string, string>;
}

/** Hosts as utility processes: a crash of native code or a bomb in a file ends the child, not the app. */
export function utilityProcessHosts(folder: string): StartHost {
  return (name): HostProcess => {
    const child = utilityProcess.fork(join(folder, `host-${name}.js`), [], {
      serviceName: `Portolan ${name}`,
      env: safeEnvironment(),
      execArgv: [`--max-old-space-size=${HEAP_MB[name]}`],
    });
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', (code) => listener(`exit ${code}`)),
      kill: () => void child.kill(),
    };
  };
}
