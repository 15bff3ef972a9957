/**
 * Averages the token vectors of one text and scales the result to length 1. The token count cancels in the scaling, so
 * the sum is enough.
 *
 * @param hidden the model's output for a batch, row-major [texts, tokens, dimensions]; one row a text where it has added them up
 */
export function meanPool(hidden: Float32Array, text: number, tokens: number, dimensions: number): Float32Array {
  const sum = new Float64Array(dimensions);
  const end = (text + 1) * tokens * dimensions;
  for (let row = text * tokens * dimensions; row < end; row += dimensions) {
    for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] as number) + (hidden[row + i] as number);
  }
  let square = 0;
  for (let i = 0; i < dimensions; i++) square += (sum[i] as number) ** 2;
  const vector = new Float32Array(dimensions);
  const norm = Math.sqrt(square);
  if (norm > 0) for (let i = 0; i < dimensions; i++) vector[i] = (sum[i] as number) / norm;
  return vector;
}
