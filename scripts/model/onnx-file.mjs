import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const LONGEST_HEADER = 20;

/**
 * Whether a file is one whole protobuf message, as an ONNX model is: its outermost fields must end exactly where the
 * file ends. Reads a few bytes per field, so a copy that was cut off is found without reading 90 MB.
 *
 * @param {string} file
 */
export function isWholeOnnxFile(file) {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const header = Buffer.alloc(LONGEST_HEADER);
    let position = 0;
    while (position < size) {
      const available = readSync(handle, header, 0, LONGEST_HEADER, position);
      const length = fieldLength(header.subarray(0, available));
      if (length === undefined) return false;
      position += length;
    }
    return size > 0 && position === size;
  } finally {
    closeSync(handle);
  }
}

/** The bytes that the field starting here takes, or undefined when no field can start so. */
function fieldLength(bytes) {
  const key = readVarint(bytes, 0);
  if (key === undefined || key.value < 8) return undefined;
  const rest = readVarint(bytes, key.end);
  switch (key.value % 8) {
    case 0:
      return rest?.end;
    case 1:
      return key.end + 8;
    case 2:
      return rest && rest.end + rest.value;
    case 5:
      return key.end + 4;
    default:
      return undefined;
  }
}

function readVarint(bytes, start) {
  let value = 0;
  for (let i = start; i < bytes.length && i < start + 10; i++) {
    value += (bytes[i] & 127) * 2 ** (7 * (i - start));
    if (bytes[i] < 128) return { value, end: i + 1 };
  }
  return undefined;
}
