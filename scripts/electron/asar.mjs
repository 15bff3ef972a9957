/**
 * The bytes of an asar archive with the given files at its top level.
 *
 * Layout: two size-prefixed pickles (the header's length, then the header: JSON with offsets), then the file contents.
 *
 * @param {Readonly<Record<string, Buffer>>} files
 */
export function asarOf(files) {
  const contents = Object.values(files);
  let offset = 0;
  const index = {};
  for (const [name, content] of Object.entries(files)) {
    index[name] = { size: content.length, offset: String(offset) };
    offset += content.length;
  }
  const header = Buffer.from(JSON.stringify({ files: index }));
  const padding = (4 - (header.length % 4)) % 4;
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(4, 0);
  sizes.writeUInt32LE(8 + header.length + padding, 4);
  sizes.writeUInt32LE(4 + header.length + padding, 8);
  sizes.writeUInt32LE(header.length, 12);
  return Buffer.concat([sizes, header, Buffer.alloc(padding), ...contents]);
}
