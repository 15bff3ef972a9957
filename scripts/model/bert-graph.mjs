import { layerNorm, transposed, weightReader } from './bert-parts.mjs';
import { OnnxGraph } from './onnx-graph.mjs';

/**
 * The BERT encoder in 32-bit floats as an ONNX graph with the inputs and the output of the official export: input_ids,
 * attention_mask and token_type_ids in, last_hidden_state out. Only standard operators are used: on the CPU the fused
 * ones of com.microsoft are slower than their parts.
 *
 * @param {Map<string, { dtype: string, shape: number[], data: Buffer }>} tensors
 * @param {{ hidden_size: number, num_hidden_layers: number, num_attention_heads: number, layer_norm_eps: number }} config
 */
export function bertGraph(tensors, config) {
  const graph = new OnnxGraph('bert');
  const context = { graph, config, weights: weightReader(tensors) };
  const sizes = ['batch', 'sequence'];
  const inputs = {
    ids: graph.input('input_ids', 'int64', sizes),
    mask: graph.input('attention_mask', 'int64', sizes),
    types: graph.input('token_type_ids', 'int64', sizes),
  };
  addConstants(graph, config);
  let hidden = embeddings(context, inputs);
  const bias = attentionBias(graph, inputs.mask);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    hidden = encoderLayer(context, `encoder.layer.${layer}`, hidden, bias);
  }
  graph.node('Identity', 'last_hidden_state', [hidden]);
  graph.output('last_hidden_state', 'float', [...sizes, config.hidden_size]);
  return graph;
}

/** A fully connected layer. */
function linear({ graph, weights }, name, input) {
  const weight = weights(`${name}.weight`);
  const [outputs, inputs] = weight.shape;
  const matrix = graph.floats(`${name}.weight`, [inputs, outputs], transposed(weight));
  const product = graph.node('MatMul', `${name}.product`, [input, matrix]);
  return graph.node('Add', `${name}.output`, [
    product,
    graph.floats(`${name}.bias`, [outputs], weights(`${name}.bias`).values),
  ]);
}

function addConstants(graph, { hidden_size: hidden, num_attention_heads: heads }) {
  graph.floats('one', [], [1]);
  graph.floats('masked', [], [-10000]);
  graph.floats('score_divisor', [], [Math.sqrt(hidden / heads)]);
  graph.integers('axis_0', [1], [0]);
  graph.integers('mask_axes', [2], [1, 2]);
  graph.integers('split_shape', [4], [0, 0, heads, hidden / heads]);
  graph.integers('merge_shape', [3], [0, 0, hidden]);
}

function embeddings(context, { ids, types }) {
  const { graph } = context;
  const table = (kind) => {
    const { values, shape } = context.weights(`embeddings.${kind}_embeddings.weight`);
    return graph.floats(`embeddings.${kind}`, shape, values);
  };
  const words = graph.node('Gather', 'embeddings.words', [table('word'), ids]);
  const kinds = graph.node('Gather', 'embeddings.types', [table('token_type'), types]);
  const length = graph.node('Shape', 'embeddings.length', [ids], { start: { int: 1 }, end: { int: 2 } });
  const positions = graph.node('Slice', 'embeddings.positions', [table('position'), 'axis_0', length, 'axis_0']);
  const typed = graph.node('Add', 'embeddings.typed', [words, kinds]);
  const placed = graph.node('Add', 'embeddings.placed', [typed, positions]);
  return layerNorm(context, 'embeddings.LayerNorm', placed);
}

/** 0 where a token counts, -10000 where it is padding, shaped to be added to the scores. */
function attentionBias(graph, mask) {
  const float = graph.node('Cast', 'mask.float', [mask], { to: { int: 1 } });
  const padding = graph.node('Sub', 'mask.padding', ['one', float]);
  const penalty = graph.node('Mul', 'mask.penalty', [padding, 'masked']);
  return graph.node('Unsqueeze', 'mask.bias', [penalty, 'mask_axes']);
}

/**
 * Scaled dot-product attention. `project` writes the layer that gives the `query`, `key` or `value` rows; `bias` is
 * added to the scores.
 */
function attention({ graph }, name, project, bias) {
  const heads = (part, order) => {
    const split = graph.node('Reshape', `${name}.${part}.split`, [project(part), 'split_shape']);
    return graph.node('Transpose', `${name}.${part}.heads`, [split], { perm: { ints: order } });
  };
  const query = heads('query', [0, 2, 1, 3]);
  const key = heads('key', [0, 2, 3, 1]);
  const value = heads('value', [0, 2, 1, 3]);
  const products = graph.node('MatMul', `${name}.products`, [query, key]);
  const scores = graph.node('Div', `${name}.scores`, [products, 'score_divisor']);
  const biased = graph.node('Add', `${name}.biased`, [scores, bias]);
  const shares = graph.node('Softmax', `${name}.shares`, [biased], { axis: { int: -1 } });
  const mixed = graph.node('MatMul', `${name}.mixed`, [shares, value]);
  const rows = graph.node('Transpose', `${name}.rows`, [mixed], { perm: { ints: [0, 2, 1, 3] } });
  return graph.node('Reshape', `${name}.merged`, [rows, 'merge_shape']);
}

function encoderLayer(context, name, input, bias) {
  const { graph } = context;
  const self = `${name}.attention.self`;
  const mixed = attention(context, self, (part) => linear(context, `${self}.${part}`, input), bias);
  const attended = linear(context, `${name}.attention.output.dense`, mixed);
  const residual = graph.node('Add', `${name}.attention.residual`, [attended, input]);
  const middle = layerNorm(context, `${name}.attention.output.LayerNorm`, residual);
  const wide = graph.node('Gelu', `${name}.gelu`, [linear(context, `${name}.intermediate.dense`, middle)]);
  const narrow = linear(context, `${name}.output.dense`, wide);
  return layerNorm(context, `${name}.output.LayerNorm`, graph.node('Add', `${name}.residual`, [narrow, middle]));
}
