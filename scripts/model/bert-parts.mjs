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
