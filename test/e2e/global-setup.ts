import { networkInterfaces } from 'node:os';
import { describeRuntime, electronRuntime } from '../../scripts/electron/runtime.mjs';

/**
 * Points Playwright at the Electron of this machine and names it. In the offline run it stops unless the machine that
 * the tests see has no network: a pass with a network would prove nothing.
 */
export async function setup(): Promise<void> {
  const runtime = await electronRuntime();
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = runtime.dist;
  process.stderr.write(`e2e runs on ${describeRuntime(runtime)}\n`);
  if (process.env['PORTOLAN_TEST_OFFLINE'] !== '1') return;
  const outside = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address?.internal === false);
  if (outside.length > 0) throw new Error('the offline run has a network interface');
}
