// npm run deps: the import rules of .dependency-cruiser.cjs over src, or over the tree below a given folder.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { ROOT } from '../setup/places.mjs';

const require = createRequire(import.meta.url);

// dependency-cruiser parses every file as plain TypeScript; one with JSX needs to be parsed as such.
const swc = require('@swc/core');
const { parseFileSync } = swc;
swc.parseFileSync = (file, settings) => parseFileSync.call(swc, file, { ...settings, tsx: file.endsWith('.tsx') });
const { cruise } = await import('dependency-cruiser');

const { forbidden, options } = require(join(ROOT, '.dependency-cruiser.cjs'));

const base = resolve(process.argv[2] ?? ROOT);
const { output } = await cruise(['src'], { ...options, baseDir: base, ruleSet: { forbidden }, validate: true });
for (const { rule, from, to, cycle } of output.summary.violations) {
  const way = cycle === undefined ? to : cycle.map((step) => step.name ?? step).join(' → ');
  const { comment } = forbidden.find(({ name }) => name === rule.name);
  process.stdout.write(`${from} → ${way}\n  ${rule.name}: ${comment}\n`);
}
const modules = output.modules.filter(({ source }) => source.startsWith('src/')).length;
process.stdout.write(`${output.summary.violations.length} violations in ${modules} modules\n`);
// Without a parser that understands this TypeScript nothing is read, and nothing would be found.
if (modules === 0) process.stdout.write('no module was read: the check itself is broken\n');
process.exitCode = modules === 0 || output.summary.violations.length > 0 ? 1 : 0;
