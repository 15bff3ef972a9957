import { layerNorm, transposed, weightReader } from './bert-parts.mjs';
import { OnnxGraph } from './onnx-graph.mjs';

/** How much of the spread of an activation is moved into the weights (SmoothQuant). */
const ALPHA = 0.7;
const LARGEST_WEIGHT = 127;

/**
 * The same encoder with 8-bit linear layers, made for batches of equal length: input_ids in, the sum of each text's token
 * vectors out. Inside, tokens come before texts: rows of a head then lie as products want them. Activations are quantised with constants found beforehand, so a text's vector does not depend
 * on the texts beside it.
 *
 * @param {Map<string, { dtype: string, shape: number[], data: Buffer }>} tensors
 * @param {{ hidden_size: number, num_hidden_layers: number, num_attention_heads: number, layer_norm_eps: number }} config
 * @param {{ layers: { input: number[], mixed: number[], middle: number[], wide: number[], narrowPeak: number }[] }} ranges
 * the largest magnitudes seen in each layer (`calibrate.mjs`)
 */
export function int8Graph(tensors, config, ranges) {
  const graph = new OnnxGraph('bert-int8');
  const context = { graph, config, weights: weightReader(tensors) };
  const sizes = ['batch', 'sequence'];
  const ids = graph.input('input_ids', 'int64', sizes);
  graph.integers('axis_0', [1], [0]);
  graph.integers('axis_1', [1], [1]);
  graph.bytes('middle_zero', [], Uint8Array.of(128));
  graph.integers('split_shape', [3], [0, -1, config.hidden_size / config.num_attention_heads]);
  graph.integers('merge_shape', [3], [0, -1, config.hidden_size]);
  let hidden = embeddings(context, graph.node('Transpose', 'tokens', [ids], { perm: { ints: [1, 0] } }));
  ranges.layers.forEach((range, layer) => {
    hidden = encoderLayer(context, `encoder.layer.${layer}`, hidden, range);
  });
  graph.node('ReduceSum', 'token_sum', [hidden, 'axis_0'], { keepdims: { int: 0 } });
  graph.output('token_sum', 'float', ['batch', config.hidden_size]);
  return graph;
}

/** Word vectors as bytes with a scale each; the vector of the only token type is part of the positions. */
function embeddings(context, ids) {
  const { graph, weights } = context;
  const words = weights('embeddings.word_embeddings.weight');
  const { bytes, scales } = quantizedRows(words);
  const byteTable = graph.bytes('embeddings.word', words.shape, bytes);
  const scaleTable = graph.floats('embeddings.word.scale', [words.shape[0], 1], scales);
  const position = weights('embeddings.position_embeddings.weight');
  const type = weights('embeddings.token_type_embeddings.weight').values;
  const width = position.shape[1];
  const places = position.values.map((value, i) => value + type[i % width]);
  const gathered = graph.node('Gather', 'embeddings.bytes', [byteTable, ids]);
  const floats = graph.node('Cast', 'embeddings.floats', [gathered], { to: { int: 1 } });
  const scale = graph.node('Gather', 'embeddings.scales', [scaleTable, ids]);
  const vectors = graph.node('Mul', 'embeddings.vectors', [floats, scale]);
  const length = graph.node('Shape', 'embeddings.length', [ids], { start: { int: 0 }, end: { int: 1 } });
  const table = graph.floats('embeddings.position', position.shape, places);
  const sliced = graph.node('Slice', 'embeddings.sliced', [table, 'axis_0', length, 'axis_0']);
  const positions = graph.node('Unsqueeze', 'embeddings.positions', [sliced, 'axis_1']);
  return layerNorm(context, 'embeddings.LayerNorm', graph.node('Add', 'embeddings.placed', [vectors, positions]));
}

function encoderLayer(context, name, input, range) {
  const { graph, weights } = context;
  const layerOf = (part) => ({
    matrix: matrixOf(weights(`${name}.${part}.weight`)),
    bias: weights(`${name}.${part}.bias`).values,
  });
  const [query, key, value] = ['query', 'key', 'value'].map((part) => layerOf(`attention.self.${part}`));
  const output = layerOf('attention.output.dense');
  const inner = layerOf('intermediate.dense');
  const outer = layerOf('output.dense');

  const forInput = smoothing(range.input, [query, key, value]);
  const scaled = divided(graph, `${name}.input`, input, forInput);
  const quantized = quantize(graph, `${name}.input`, scaled, symmetric(peakOf(range.input, forInput)));
  // The attention's output is divided by its smoothing for free: in the weights of the values that it mixes.
  const forMixed = smoothing(range.mixed, [output]);
  const self = `${name}.attention.self`;
  const projections = {
    query: timesRows(query, forInput),
    key: timesRows(key, forInput),
    value: overColumns(timesRows(value, forInput), forMixed),
  };
  const project = (part) => linear(graph, `${self}.${part}`, quantized, projections[part]);
  const mixed = attention(context, self, project);
  const quantizedMixed = quantize(graph, `${name}.mixed`, mixed, symmetric(peakOf(range.mixed, forMixed)));
  const attended = linear(graph, `${name}.attention.output.dense`, quantizedMixed, timesRows(output, forMixed));
  const residual = graph.node('Add', `${name}.attention.residual`, [attended, input]);
  const middle = layerNorm(context, `${name}.attention.output.LayerNorm`, residual);
  const narrow = feedForward(context, name, middle, { inner, outer, range });
  return layerNorm(context, `${name}.output.LayerNorm`, graph.node('Add', `${name}.residual`, [narrow, middle]));
}

/** Scaled dot-product attention; `project` writes the layer that gives the `query`, `key` or `value` rows. */
function attention({ graph, config }, name, project) {
  const heads = (part) => graph.node('Reshape', `${name}.${part}.heads`, [project(part), 'split_shape']);
  const scale = { float: Math.sqrt(config.num_attention_heads / config.hidden_size) };
  const headsFirst = { transBatchA: { int: 1 }, transBatchB: { int: 1 }, transB: { int: 1 }, alpha: scale };
  const products = graph.runtimeNode('FusedMatMul', `${name}.products`, [heads('query'), heads('key')], headsFirst);
  const shares = graph.node('Softmax', `${name}.shares`, [products], { axis: { int: -1 } });
  const mixed = graph.runtimeNode('FusedMatMul', `${name}.mixed`, [shares, heads('value')], {
    transBatchB: { int: 1 },
  });
  const rows = graph.node('Transpose', `${name}.rows`, [mixed], { perm: { ints: [1, 0, 2] } });
  return graph.node('Reshape', `${name}.merged`, [rows, 'merge_shape']);
}

/** The few units with large outputs go in floats: one range for all would leave the others hardly any steps. */
function feedForward({ graph }, name, middle, { inner, outer, range }) {
  const wide = [...range.wide].sort((a, b) => a - b);
  const isWide = new Set(wide);
  const others = Array.from({ length: inner.bias.length }, (_, i) => i).filter((i) => !isWide.has(i));
  const smooth = smoothing(range.middle, [inner]);
  const scaled = divided(graph, `${name}.middle`, middle, smooth);
  const quantized = quantize(graph, `${name}.middle`, scaled, symmetric(peakOf(range.middle, smooth)));
  const narrowInner = pickColumns(timesRows(inner, smooth), others);
  const raised = graph.node('Gelu', `${name}.gelu`, [linear(graph, `${name}.intermediate`, quantized, narrowInner)]);
  const quantizedRaised = quantize(graph, `${name}.raised`, raised, aboveGeluMinimum(range.narrowPeak));
  const narrow = linear(graph, `${name}.output`, quantizedRaised, pickRows(outer, others));
  const wideInner = pickColumns(inner, wide);
  const wideRaised = graph.node('Gelu', `${name}.wide.gelu`, [
    graph.node('Add', `${name}.wide.in`, [
      product(graph, `${name}.wide.inner`, middle, wideInner.matrix),
      graph.floats(`${name}.wide.bias`, [wide.length], wideInner.bias),
    ]),
  ]);
  const fromWide = product(graph, `${name}.wide.outer`, wideRaised, pickRows(outer, wide).matrix);
  return graph.node('Add', `${name}.output.both`, [narrow, fromWide]);
}

/** @typedef {{ rows: number, columns: number, values: Float32Array }} Matrix [inputs, outputs] */
function matrixOf(weight) {
  return { rows: weight.shape[1], columns: weight.shape[0], values: transposed(weight) };
}

/** Per input: the activation's largest magnitude to the power alpha over the weights' to the rest. */
function smoothing(largest, layers) {
  return largest.map((amount, row) => {
    let weight = 0;
    for (const { matrix } of layers) {
      for (let column = 0; column < matrix.columns; column++) {
        weight = Math.max(weight, Math.abs(matrix.values[row * matrix.columns + column]));
      }
    }
    return Math.max(1e-3, amount) ** ALPHA / Math.max(1e-5, weight) ** (1 - ALPHA);
  });
}

const peakOf = (largest, smooth) => largest.reduce((peak, amount, i) => Math.max(peak, amount / smooth[i]), 0);
const symmetric = (peak) => ({ scale: peak / 127, zero: 128 });
/** Gelu never falls below -0.17. */
function aboveGeluMinimum(peak) {
  const scale = (peak + 0.17) / 255;
  return { scale, zero: Math.round(0.17 / scale) };
}

function mapMatrix({ matrix, bias }, change, changeBias = (value) => value) {
  const { rows, columns, values } = matrix;
  const changed = values.map((value, i) => change(value, Math.floor(i / columns), i % columns));
  return { matrix: { rows, columns, values: changed }, bias: bias.map(changeBias) };
}
const timesRows = (layer, factors) => mapMatrix(layer, (value, row) => value * factors[row]);
const overColumns = (layer, factors) =>
  mapMatrix(
    layer,
    (value, _, column) => value / factors[column],
    (value, i) => value / factors[i],
  );

function pickColumns({ matrix, bias }, kept) {
  const values = new Float32Array(matrix.rows * kept.length);
  for (let row = 0; row < matrix.rows; row++) {
    kept.forEach((column, i) => (values[row * kept.length + i] = matrix.values[row * matrix.columns + column]));
  }
  return { matrix: { rows: matrix.rows, columns: kept.length, values }, bias: Float32Array.from(kept, (i) => bias[i]) };
}

function pickRows({ matrix, bias }, kept) {
  const { columns } = matrix;
  const values = new Float32Array(kept.length * columns);
  kept.forEach((row, i) => values.set(matrix.values.subarray(row * columns, (row + 1) * columns), i * columns));
  return { matrix: { rows: kept.length, columns, values }, bias };
}

function product(graph, name, input, { rows, columns, values }) {
  return graph.node('MatMul', name, [input, graph.floats(`${name}.weight`, [rows, columns], values)]);
}

function divided(graph, name, input, factors) {
  const inverse = graph.floats(
    `${name}.smoothing`,
    [factors.length],
    Float32Array.from(factors, (factor) => 1 / factor),
  );
  return graph.node('Mul', `${name}.smooth`, [input, inverse]);
}

function quantize(graph, name, input, { scale, zero }) {
  const scaleName = graph.floats(`${name}.scale`, [], [scale]);
  const zeroName = zero === 128 ? 'middle_zero' : graph.bytes(`${name}.zero`, [], Uint8Array.of(zero));
  return { bytes: graph.node('QuantizeLinear', `${name}.bytes`, [input, scaleName, zeroName]), scaleName, zeroName };
}

/**
 * A fully connected layer on bytes: weights symmetric around 0 with one scale an output. Processors without VNNI add two
 * neighbouring products in 16 bits, so neighbours may sum to 128 at most: 255 × 128 still fits, and all give the same.
 */
function linear(graph, name, { bytes, scaleName, zeroName }, { matrix, bias }) {
  const { rows, columns, values } = matrix;
  const scales = new Float32Array(columns);
  for (let row = 0; row < rows; row += 2) {
    for (let column = 0; column < columns; column++) {
      const next = row + 1 < rows ? Math.abs(values[(row + 1) * columns + column]) : 0;
      const both = Math.abs(values[row * columns + column]) + next;
      scales[column] = Math.max(scales[column], both / LARGEST_WEIGHT);
    }
  }
  const weights = Int8Array.from(values, (value, i) => Math.round(value / (scales[i % columns] || 1)));
  return graph.runtimeNode('MatMulIntegerToFloat', `${name}.linear`, [
    bytes,
    graph.bytes(`${name}.weight`, [rows, columns], weights),
    scaleName,
    graph.floats(`${name}.weight.scale`, [columns], scales),
    zeroName,
    '',
    graph.floats(`${name}.bias`, [columns], bias),
  ]);
}

function quantizedRows({ values, shape: [rows, columns] }) {
  const bytes = new Int8Array(values.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const part = values.subarray(row * columns, (row + 1) * columns);
    scales[row] = part.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127 || 1;
    part.forEach((value, i) => (bytes[row * columns + i] = Math.round(value / scales[row])));
  }
  return { bytes, scales };
}
