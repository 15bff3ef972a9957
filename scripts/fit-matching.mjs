// node scripts/fit-matching.mjs BENCHMARKS [--write]
// Fits the matching weights and the calibration of confidence on a folder of benchmark sets, split by family, and prints what
// held-out families reach. With --write the result replaces the data in src/engine/matching.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const [folder] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (folder === undefined) {
  process.stderr.write('usage: node scripts/fit-matching.mjs BENCHMARKS [--write]\n');
  process.exit(2);
}

const server = await createServer({ root, configFile: false, appType: 'custom', logLevel: 'error', server: { middlewareMode: true, ws: false, watch: null } });
try {
  const { fitMatching, readSets } = await server.ssrLoadModule('/test/bench/map/fit.ts');
  const { loadMiniLm } = await server.ssrLoadModule('/src/engine/adapters/onnx/minilm.ts');
  const sets = await readSets(folder);
  const model = await loadMiniLm(`${root}resources/models/all-MiniLM-L6-v2`, 2);
  const minilm = await fitMatching(sets, model);
  await model.close();
  const rules = await fitMatching(sets, null);
  process.stdout.write(`${JSON.stringify({ minilm: minilm.heldOut, rules: rules.heldOut }, null, 1)}\n`);
  if (process.argv.includes('--write')) {
    const write = (name, data) => writeFileSync(`${root}src/engine/matching/${name}.json`, `${JSON.stringify(data, null, 1)}\n`);
    write('weights', { minilm: minilm.weights, rules: rules.weights });
    write('calibration', { minilm: minilm.calibration, rules: rules.calibration });
  }
} finally {
  await server.close();
}
