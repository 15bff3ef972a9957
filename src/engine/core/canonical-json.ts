/** JSON with sorted keys: the same value gives the same bytes, whatever order its keys were set in. */

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** Compact unless `indent` is given. `undefined` members are left out. */
export function canonicalJson(value: unknown, indent = 0): string {
  return JSON.stringify(sorted(value), null, indent);
}

/** Whether a value is made at once: one that holds nothing but a few plain values. */
function isSmall(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return inner.length <= 100 && inner.every((one) => typeof one !== 'object' || one === null);
}

/** The same text as compact `canonicalJson`, in pieces none of which is much larger than the largest text in `value`. */
export function* canonicalPieces(value: unknown): Generator<string> {
  if (isSmall(value)) {
    yield canonicalJson(value);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield index === 0 ? '[' : ',';
      // As JSON.stringify has it.
      if (item === undefined) yield 'null';
      else if (isSmall(item)) yield canonicalJson(item);
      else yield* canonicalPieces(item);
    }
    yield ']';
  } else {
    const entries = Object.entries(value as object).filter(([, inner]) => inner !== undefined);
    // As an object has them: whole numbers come first.
    const names = Object.keys(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
    for (const [index, name] of names.entries()) {
      yield `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`;
      yield* canonicalPieces((value as Record<string, unknown>)[name]);
    }
    yield names.length === 0 ? '{}' : '}';
  }
}
