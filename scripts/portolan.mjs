// npm run --silent portolan -- COMMAND …: the command line in plain Node, set up first if need be.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ROOT } from './setup/places.mjs';
import { prepareCommandLine } from './setup/prepare.mjs';
import { entry } from './setup/report.mjs';

const CLI = join(ROOT, 'out/main/cli.js');

await entry(async () => {
  await prepareCommandLine();
  process.argv[1] = CLI;
  await import(pathToFileURL(CLI).href);
});
