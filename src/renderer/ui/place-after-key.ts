const page = 12;

/** The place in a list of `length` that a key goes to from `at` (-1 for none); null for keys that mean something else. */
export function placeAfterKey(key: string, at: number, length: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: length - 1,
  };
  const to = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return to === undefined ? null : Math.min(length - 1, Math.max(0, to));
}
