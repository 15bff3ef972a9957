// npm start: sets up what is missing, then opens the workbench, or runs the sample in the same app where there is no display.
import { describeRuntime } from './electron/runtime.mjs';
import { launch } from './run/launch.mjs';
import { hasDisplay } from './run/virtual-display.mjs';
import { prepareApp } from './setup/prepare.mjs';
import { entry, say } from './setup/report.mjs';

await entry(async () => {
  const windowed = hasDisplay();
  const runtime = await prepareApp(windowed ? [] : ['virtual display']);
  if (runtime.fallback) say(describeRuntime(runtime));
  process.exitCode = await launch(runtime, { windowed, words: process.argv.slice(2) });
});
