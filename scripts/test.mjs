// npm test: set-up, then every check and test. `npm test -- unit` and the other names of PARTS run some of it.
import { check, e2e, offline, unit } from './check/parts.mjs';
import { add, NOTHING } from './check/tally.mjs';
import { describeRuntime } from './electron/runtime.mjs';
import { prepareApp, prepareCommandLine, prepareDependencies } from './setup/prepare.mjs';
import { entry } from './setup/report.mjs';

const PARTS = { check, unit, e2e, offline };

await entry(async () => {
  const words = process.argv.slice(2);
  const unknown = words.filter((word) => !Object.hasOwn(PARTS, word));
  if (unknown.length > 0) {
    process.stderr.write(`no part named ${unknown.join(', ')}; there are: ${Object.keys(PARTS).join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  const names = words.length > 0 ? words : Object.keys(PARTS);
  const runtime = await prepareFor(names);
  let total = NOTHING;
  for (const name of names) total = add(total, await PARTS[name](runtime));
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
});

/** No more than the parts need, so that a broken build does not keep the compiler from saying why. */
async function prepareFor(names) {
  if (names.every((name) => name === 'check')) return await prepareDependencies();
  if (names.every((name) => name === 'check' || name === 'unit')) return await prepareCommandLine();
  const runtime = await prepareApp(['virtual display', 'network namespace']);
  process.stdout.write(`tests run on Node.js ${process.versions.node} and ${describeRuntime(runtime)}\n`);
  return runtime;
}
