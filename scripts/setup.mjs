// npm run setup: everything that `npm start` and `npm test` need, without running anything.
import { describeRuntime } from './electron/runtime.mjs';
import { prepareApp } from './setup/prepare.mjs';
import { entry, say } from './setup/report.mjs';

await entry(async () => {
  const runtime = await prepareApp(['virtual display', 'network namespace']);
  say(`complete; ${describeRuntime(runtime)}`);
});
