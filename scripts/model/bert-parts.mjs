/** The parts of the BERT encoder that its graphs have in common, whatever number format their linear layers use. */
import { toFloat32 } from './safetensors.mjs';

/** Looks the weights of a tensor up as 32-bit floats. Throws for a name that the file does not have. */
export function weightReader(tensors) {
  return (name) => {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new Error(`the weights have no tensor ${name}`);
    return { values: toFloat32(tensor), shape: tensor.shape };
  };
}

/** The constants that `attention` uses. */
export function addScoreDivisor(graph, { hidden_size: hidden, num_attention_heads: heads }) {
  graph.floats('score_divisor', [], [Math.sqrt(hidden / heads)]);
}
export function addHeadShapes(graph, { hidden_size: hidden, num_attention_heads: heads }) {
  graph.integers('split_shape', [4], [0, 0, heads, hidden / heads]);
  graph.integers('merge_shape', [3], [0, 0, hidden]);
}

/**
 * Scaled dot-product attention. `project` writes the layer that gives the `query`, `key` or `value` rows; `bias` is
 * added to the scores, null where no token is padding.
 */
export function attention({ graph }, name, project, bias) {
  const heads = (part, order) => {
    const split = graph.node('Reshape', `${name}.${part}.split`, [project(part), 'split_shape']);
    return graph.node('Transpose', `${name}.${part}.heads`, [split], { perm: { ints: order } });
  };
  const query = heads('query', [0, 2, 1, 3]);
  const key = heads('key', [0, 2, 3, 1]);
  const value = heads('value', [0, 2, 1, 3]);
  const products = graph.node('MatMul', `${name}.products`, [query, key]);
  const scores = graph.node('Div', `${name}.scores`, [products, 'score_divisor']);
  const biased = bias === null ? scores : graph.node('Add', `${name}.biased`, [scores, bias]);
  const shares = graph.node('Softmax', `${name}.shares`, [biased], { axis: { int: -1 } });
  const mixed = graph.node('MatMul', `${name}.mixed`, [shares, value]);
  const rows = graph.node('Transpose', `${name}.rows`, [mixed], { perm: { ints: [0, 2, 1, 3] } });
  return graph.node('Reshape', `${name}.merged`, [rows, 'merge_shape']);
}

export function layerNorm({ graph, config, weights }, name, input) {
  const scale = weights(`${name}.weight`);
  const shift = weights(`${name}.bias`);
  const constants = [
    graph.floats(`${name}.weight`, scale.shape, scale.values),
    graph.floats(`${name}.bias`, shift.shape, shift.values),
  ];
  return graph.node('LayerNormalization', name, [input, ...constants], {
    axis: { int: -1 },
    epsilon: { float: config.layer_norm_eps },
  });
}

/** A linear layer's weights are kept as [outputs, inputs]; a product wants them the other way round. */
export function transposed({ values, shape: [outputs, inputs] }) {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < outputs; row++) {
    for (let column = 0; column < inputs; column++) turned[column * outputs + row] = values[row * inputs + column];
  }
  return turned;
}
