/**
 * One protobuf message under construction. Payloads are kept by reference in a list of chunks, so that a model of
 * 90 MB is never copied while its parts are nested.
 */
export class Message {
  chunks = [];
  length = 0;

  /** A field of type int32, int64, uint64, bool or enum. Negative numbers take ten bytes, as the format asks. */
  integer(field, value) {
    this.#append(varint(field * 8));
    this.#append(varint(value));
    return this;
  }

  /** A field of type float. */
  float(field, value) {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value);
    this.#append(varint(field * 8 + 5));
    this.#append(bytes);
    return this;
  }

  /** A field of type string or bytes; an empty one is written too. */
  bytes(field, value) {
    const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
    this.#append(varint(field * 8 + 2));
    this.#append(varint(bytes.length));
    this.#append(bytes);
    return this;
  }

  /** A nested message. */
  message(field, inner) {
    this.#append(varint(field * 8 + 2));
    this.#append(varint(inner.length));
    for (const chunk of inner.chunks) this.#append(chunk);
    return this;
  }

  #append(chunk) {
    this.chunks.push(chunk);
    this.length += chunk.length;
  }
}

/** @param {number} value */
function varint(value) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
