/** Rows of `tokens` that run through the model together: all of one length, so that none needs padding. */
export interface Batch {
  readonly length: number;
  readonly rows: readonly number[];
}

/** Enough rows for products at full speed, few enough for the activations to stay in the processor's cache. */
const MOST_TOKENS = 640;

/**
 * Groups rows by their number of tokens, shortest first, and cuts the groups into batches. Equal lengths are faster than
 * padding, and they keep a text's vector independent of its neighbours.
 */
export function equalLengthBatches(tokens: readonly { readonly length: number }[]): readonly Batch[] {
  const byLength = new Map<number, number[]>();
  tokens.forEach(({ length }, row) => {
    const rows = byLength.get(length);
    if (rows === undefined) byLength.set(length, [row]);
    else rows.push(row);
  });
  const batches: Batch[] = [];
  for (const [length, rows] of [...byLength].sort(([a], [b]) => a - b)) {
    const size = Math.max(1, Math.floor(MOST_TOKENS / Math.max(1, length)));
    for (let from = 0; from < rows.length; from += size) batches.push({ length, rows: rows.slice(from, from + size) });
  }
  return batches;
}
