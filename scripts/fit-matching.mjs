// node scripts/fit-matching.mjs BENCHMARKS [--write]
// Fits the matching weights and the calibration of confidence on a folder of benchmark sets and prints what held-out
// families and held-out sets reach. With --write the result replaces the data in src/engine/matching and the figures in
// docs/matching.md.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const [folder] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (folder === undefined) {
  process.stderr.write('usage: node scripts/fit-matching.mjs BENCHMARKS [--write]\n');
  process.exit(2);
}

/** Runs `work` with a loader of the project's TypeScript; each call sees the files as they are then. */
async function withModules(work) {
  const server = await createServer({
    root,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, ws: false, watch: null },
  });
  try {
    return await work((path) => server.ssrLoadModule(path));
  } finally {
    await server.close();
  }
}

/** Every set is matched several times; its texts are embedded once. */
function memoryStore() {
  const vectors = new Map();
  return {
    getMany: (keys) => keys.map((key) => vectors.get(key) ?? null),
    putMany: (entries) => entries.forEach(({ key, vector }) => vectors.set(key, vector)),
  };
}

const modelFolder = `${root}resources/models/all-MiniLM-L6-v2`;
const { sets, model, minilm, rules } = await withModules(async (load) => {
  const { fitMatching, readSets } = await load('/test/bench/map/fit.ts');
  const { loadMiniLm } = await load('/src/engine/adapters/onnx/minilm.ts');
  const { cachedEmbedder } = await load('/src/engine/adapters/onnx/cached-embedder.ts');
  const sets = await readSets(folder);
  const loaded = await loadMiniLm(modelFolder, 2);
  const model = { ...cachedEmbedder(loaded, memoryStore()), close: loaded.close };
  return { sets, model, minilm: await fitMatching(sets, model), rules: await fitMatching(sets, null) };
});
const heldOut = ({ withoutFamily, withoutSet }) => ({ withoutFamily, withoutSet });
process.stdout.write(`${JSON.stringify({ minilm: heldOut(minilm), rules: heldOut(rules) }, null, 1)}\n`);
if (process.argv.includes('--write')) {
  const write = (name, data) => {
    const file = `${root}src/engine/matching/${name}.json`;
    writeFileSync(file, `${JSON.stringify(data, null, 2)}\n`);
    spawnSync(process.execPath, [`${root}node_modules/oxfmt/bin/oxfmt`, file], { cwd: root, stdio: 'inherit' });
  };
  write('weights', { minilm: minilm.weights, rules: rules.weights });
  write('calibration', { minilm: minilm.calibration, rules: rules.calibration });
  await withModules(async (load) => {
    const { figuresText, measureShipped, withFigures } = await load('/test/bench/map/report.ts');
    const document = `${root}docs/matching.md`;
    const figures = figuresText(minilm, rules, await measureShipped(sets, model));
    writeFileSync(document, withFigures(readFileSync(document, 'utf8'), figures));
  });
}
await model.close();
