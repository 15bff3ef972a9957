// Finds the ranges of the activations that the 8-bit graph is made with and writes them to int8-ranges.json.
//   node scripts/model/calibrate.mjs
// The texts are names, expanded words and phrases of all domain packs, in the ways in which matching words them. The file is data: a
// set-up reads it and never runs this.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bertGraph } from './bert-graph.mjs';
import { readSafetensors } from './safetensors.mjs';
import { findSourcePackage } from './source-package.mjs';
import { writeChunks } from './write-chunks.mjs';

/** Units of a feed-forward layer that are computed in floats. */
const WIDE_UNITS = 32;
const TEXTS = 6000;
const PADDING = 0;

const here = dirname(fileURLToPath(import.meta.url));
const { folder } = findSourcePackage();
const source = join(folder, 'model');
const config = JSON.parse(readFileSync(join(source, 'config.json'), 'utf8'));
const graph = bertGraph(readSafetensors(join(source, 'model.fp16.safetensors')), config);
const layers = Array.from({ length: config.num_hidden_layers }, (_, i) => `encoder.layer.${i}`);
const taps = layers.map((name, i) => ({
  input: i === 0 ? 'embeddings.LayerNorm' : `encoder.layer.${i - 1}.output.LayerNorm`,
  mixed: `${name}.attention.self.merged`,
  middle: `${name}.attention.output.LayerNorm`,
  raised: `${name}.gelu`,
}));
for (const tap of taps)
  for (const name of Object.values(tap)) graph.output(name, 'float', ['batch', 'sequence', 'width']);

const scratch = mkdtempSync(join(tmpdir(), 'portolan-calibrate-'));
try {
  const file = join(scratch, 'model.onnx');
  writeChunks(file, graph.toModel('portolan').chunks);
  const largest = await measure(file, calibrationTexts());
  const ranges = taps.map((tap) => {
    const raised = [...largest.get(tap.raised)];
    const order = raised.map((_, i) => i).sort((a, b) => raised[b] - raised[a] || a - b);
    return {
      input: rounded(largest.get(tap.input)),
      mixed: rounded(largest.get(tap.mixed)),
      middle: rounded(largest.get(tap.middle)),
      wide: order.slice(0, WIDE_UNITS).sort((a, b) => a - b),
      narrowPeak: rounded([raised[order[WIDE_UNITS]]])[0],
    };
  });
  writeFileSync(join(here, 'int8-ranges.json'), `${JSON.stringify({ layers: ranges })}\n`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function rounded(values) {
  return Array.from(values, (value) => Number(value.toPrecision(3)));
}

/** The largest magnitude of each unit of each tap. */
async function measure(file, texts) {
  const require = createRequire(import.meta.url);
  const { InferenceSession, Tensor } = require('onnxruntime-node');
  const { AutoTokenizer, env } = await import('@huggingface/transformers');
  env.allowRemoteModels = false;
  env.localModelPath = resolve(here, '../../resources/models');
  const tokenizer = await AutoTokenizer.from_pretrained('all-MiniLM-L6-v2', { local_files_only: true });
  const session = await InferenceSession.create(file);
  const largest = new Map();
  const rows = tokenizer(texts, { padding: false, truncation: true, max_length: 256, return_tensor: false }).input_ids;
  rows.sort((a, b) => a.length - b.length);
  for (let at = 0; at < rows.length;) {
    const { length } = rows[at];
    let to = at;
    while (to < rows.length && to < at + 32 && rows[to].length === length) to++;
    const batch = rows.slice(at, to);
    at = to;
    const shape = [batch.length, length];
    const filled = (value) => new Tensor('int64', new BigInt64Array(batch.length * length).fill(value), shape);
    const ids = new Tensor('int64', BigInt64Array.from(batch.flat(), BigInt), shape);
    const output = await session.run({
      input_ids: ids,
      attention_mask: filled(1n),
      token_type_ids: filled(BigInt(PADDING)),
    });
    for (const [name, { data, dims }] of Object.entries(output)) {
      const width = dims[2];
      const most = largest.get(name) ?? new Float64Array(width);
      for (let i = 0; i < data.length; i++) {
        const size = Math.abs(data[i]);
        if (size > most[i % width]) most[i % width] = size;
      }
      largest.set(name, most);
    }
  }
  return largest;
}

/** Names as written and as expanded, alone and within tables, lists of values, phrases; several languages, numbers, odd characters. */
function calibrationTexts() {
  const packs = resolve(here, '../../src/engine/domains/packs');
  const found = new Set();
  const collect = (value) => {
    if (typeof value === 'string') found.add(value);
    else if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        if (!Array.isArray(value)) found.add(key);
        collect(inner);
      }
    }
  };
  for (const name of readdirSync(packs)
    .filter((file) => file.endsWith('.json'))
    .sort())
    collect(JSON.parse(readFileSync(join(packs, name), 'utf8')));
  const words = [...found].sort();
  const next = sequence(words.length);
  const pick = () => words[next(words.length)];
  const codes = [
    'Y',
    'N',
    '0',
    '1',
    '12.50',
    '2024-01-31',
    '20240131',
    'T1a',
    'C18.7',
    'A-1042',
    '+1 555 0100',
    'x@example.org',
    '!!!',
    'ß',
    '10 %',
    'NULL',
  ];
  const code = () => codes[next(codes.length)];
  const shapes = [
    () => pick(),
    () => `${pick()} ${pick()}`,
    () => `${pick()}: ${pick()} ${pick()}`,
    () => `${pick()}_${pick()}`.toUpperCase().replaceAll(' ', '_'),
    () => `${pick()} ${pick()}: ${code()}, ${code()}, ${pick()}, ${code()}`,
    () =>
      `The ${pick()} of the ${pick()} when the ${pick()} was last changed, as ${pick()} or ${pick()}; ${code()} if unknown.`,
    () => `${pick()} table: ${pick()}_${pick()}, VARCHAR(${1 + next(255)})`,
    () => Array.from({ length: 10 }, () => (next(2) === 0 ? code() : String(next(100_000)))).join(', '),
    () => Array.from({ length: 4 + next(24) }, () => pick()).join(' '),
  ];
  return Array.from({ length: TEXTS }, (_, i) => shapes[i % shapes.length]());
}

/** A seeded sequence of whole numbers (the generator of Numerical Recipes, its upper bits). */
function sequence(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
