/** The lineage id that a property refers to: `#{…}`, `#12` or the bare id; null where it names none. */
export function lineageReference(text: string | null): string | null {
  if (text === null) return null;
  const trimmed = text.trim();
  const braced = /^#?\{(.*)\}$/s.exec(trimmed);
  if (braced !== null) return braced[1] ?? null;
  const plain = trimmed.startsWith('#') ? trimmed.slice(1) : trimmed;
  return plain === '' || plain === '0' || plain === '-1' ? null : plain;
}
