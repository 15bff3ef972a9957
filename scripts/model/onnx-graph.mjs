import { Message } from './protobuf.mjs';

const ELEMENT = { float: 1, uint8: 2, int8: 3, int64: 7 };
const ATTRIBUTE = { float: 1, int: 2, ints: 7 };
const IR_VERSION = 9;
const OPSET = 20;
const MICROSOFT = 'com.microsoft';

/**
 * Collects the nodes and constants of one ONNX graph (opset 20) and writes them as a model. Nodes must be added in the
 * order in which they can run. A node has one output, which carries the node's own name.
 */
export class OnnxGraph {
  #name;
  #nodes = [];
  #constants = [];
  #inputs = [];
  #outputs = [];
  #usesMicrosoft = false;

  /** @param {string} name */
  constructor(name) {
    this.#name = name;
  }

  /** An input or output: sizes are numbers, or names for sizes known only at run time. */
  input(name, type, sizes) {
    this.#inputs.push(valueInfo(name, type, sizes));
    return name;
  }

  output(name, type, sizes) {
    this.#outputs.push(valueInfo(name, type, sizes));
  }

  /** A constant of 32-bit floats. */
  floats(name, shape, values) {
    const exact = values instanceof Float32Array ? values : Float32Array.from(values);
    return this.#constant(name, 'float', shape, Buffer.from(exact.buffer, exact.byteOffset, exact.byteLength));
  }

  /** A constant of 64-bit integers. */
  integers(name, shape, values) {
    const exact = BigInt64Array.from(values, (value) => BigInt(value));
    return this.#constant(name, 'int64', shape, Buffer.from(exact.buffer));
  }

  /** A constant of bytes, an `Int8Array` or a `Uint8Array`. */
  bytes(name, shape, values) {
    const type = values instanceof Int8Array ? 'int8' : 'uint8';
    return this.#constant(name, type, shape, Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  }

  /** A node of ONNX Runtime's own operators; an empty input name leaves an optional input out. */
  runtimeNode(operator, name, inputs, attributes = {}) {
    this.#usesMicrosoft = true;
    this.#add(operator, name, inputs, attributes).bytes(7, MICROSOFT);
    return name;
  }

  /**
   * Adds a node and returns the name of its output.
   *
   * @param {string} operator
   * @param {string} name
   * @param {string[]} inputs
   * @param {Record<string, { float?: number, int?: number, ints?: number[] }>} attributes
   */
  node(operator, name, inputs, attributes = {}) {
    this.#add(operator, name, inputs, attributes);
    return name;
  }

  /** The finished model. */
  toModel(producer) {
    const graph = new Message();
    for (const node of this.#nodes) graph.message(1, node);
    graph.bytes(2, this.#name);
    for (const constant of this.#constants) graph.message(5, constant);
    for (const input of this.#inputs) graph.message(11, input);
    for (const output of this.#outputs) graph.message(12, output);
    const model = new Message()
      .integer(1, IR_VERSION)
      .bytes(2, producer)
      .message(7, graph)
      .message(8, new Message().bytes(1, '').integer(2, OPSET));
    return this.#usesMicrosoft ? model.message(8, new Message().bytes(1, MICROSOFT).integer(2, 1)) : model;
  }

  #add(operator, name, inputs, attributes) {
    const node = new Message();
    for (const input of inputs) node.bytes(1, input);
    node.bytes(2, name).bytes(3, name).bytes(4, operator);
    for (const [key, value] of Object.entries(attributes)) node.message(5, attribute(key, value));
    this.#nodes.push(node);
    return node;
  }

  #constant(name, type, shape, data) {
    const tensor = new Message();
    for (const size of shape) tensor.integer(1, size);
    this.#constants.push(tensor.integer(2, ELEMENT[type]).bytes(8, name).bytes(9, data));
    return name;
  }
}

function attribute(name, { float, int, ints }) {
  const message = new Message().bytes(1, name);
  if (float !== undefined) return message.float(2, float).integer(20, ATTRIBUTE.float);
  if (int !== undefined) return message.integer(3, int).integer(20, ATTRIBUTE.int);
  for (const value of ints) message.integer(8, value);
  return message.integer(20, ATTRIBUTE.ints);
}

function valueInfo(name, type, sizes) {
  const shape = new Message();
  for (const size of sizes) {
    shape.message(1, typeof size === 'number' ? new Message().integer(1, size) : new Message().bytes(2, size));
  }
  const tensorType = new Message().integer(1, ELEMENT[type]).message(2, shape);
  return new Message().bytes(1, name).message(2, new Message().message(1, tensorType));
}
