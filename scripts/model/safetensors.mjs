import { readFileSync } from 'node:fs';

/**
 * Reads a safetensors file: an 8-byte little-endian header length, a JSON header, then the raw tensors.
 * Throws when the header or an offset does not fit the file, so that a cut-off download is never half used.
 *
 * @param {string} file
 * @returns {Map<string, { dtype: string, shape: number[], data: Buffer }>}
 */
export function readSafetensors(file) {
  const bytes = readFileSync(file);
  if (bytes.length < 8) throw new Error(`${file} is too short to be a safetensors file`);
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const start = 8 + headerLength;
  if (start > bytes.length) throw new Error(`${file} ends inside its header`);
  const tensors = new Map();
  for (const [name, entry] of Object.entries(JSON.parse(bytes.toString('utf8', 8, start)))) {
    if (name === '__metadata__') continue;
    const [from, to] = entry.data_offsets;
    if (!(from >= 0 && from <= to && start + to <= bytes.length))
      throw new Error(`${file}: ${name} lies outside the file`);
    tensors.set(name, { dtype: entry.dtype, shape: entry.shape, data: bytes.subarray(start + from, start + to) });
  }
  return tensors;
}

/**
 * The values of an F16 or F32 tensor as 32-bit floats; both conversions are exact.
 *
 * @param {{ dtype: string, shape: number[], data: Buffer }} tensor
 * @returns {Float32Array}
 */
export function toFloat32({ dtype, shape, data }) {
  const count = shape.reduce((product, size) => product * size, 1);
  const width = dtype === 'F16' ? 2 : dtype === 'F32' ? 4 : 0;
  if (width === 0) throw new Error(`tensors of type ${dtype} are not supported`);
  if (data.length !== count * width)
    throw new Error(`a tensor has ${data.length} bytes where its shape asks for ${count * width}`);
  const values = new Float32Array(count);
  if (width === 4) {
    for (let i = 0; i < count; i++) values[i] = data.readFloatLE(i * 4);
    return values;
  }
  const table = halfTable();
  for (let i = 0; i < count; i++) values[i] = table[data[2 * i] | (data[2 * i + 1] << 8)];
  return values;
}

let halves;

/** The 65,536 half-precision values, so that a conversion is one look-up. */
function halfTable() {
  if (halves !== undefined) return halves;
  halves = new Float32Array(65536);
  for (let bits = 0; bits < 65536; bits++) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 31) halves[bits] = fraction === 0 ? sign * Infinity : NaN;
    else if (exponent === 0) halves[bits] = sign * fraction * 2 ** -24;
    else halves[bits] = sign * (1024 + fraction) * 2 ** (exponent - 25);
  }
  return halves;
}
