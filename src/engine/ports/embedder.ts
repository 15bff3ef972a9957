/** Turning text into vectors whose dot product is its similarity in meaning. */

/** All products of the rows of `a` with the rows of `b`, row-major. */
export type Multiply = (a: Float32Array, b: Float32Array, dimensions: number) => Promise<Float32Array>;

export interface Embedder {
  /** Names the model and the exact files it was loaded from: vectors of equal ids may be compared and cached. */
  readonly id: string;
  readonly dimensions: number;
  /**
   * One vector of length 1 for each text, in the order of the texts: row i is
   * `result.subarray(i * dimensions, (i + 1) * dimensions)`. A text's vector does not depend on the texts beside it.
   * Throws the signal's reason soon after it is aborted. `report` is told how many texts are done, of how many.
   */
  embed(
    texts: readonly string[],
    signal?: AbortSignal,
    report?: (done: number, total: number) => void,
  ): Promise<Float32Array>;
  /** Where there is a faster way than plain loops. */
  readonly multiply?: Multiply;
}

/** Where vectors are kept between runs. */
export interface VectorStore {
  /** The stored vector of each key, in the order of the keys; null where there is none. */
  getMany(keys: readonly string[]): readonly (Float32Array | null)[];
  putMany(entries: readonly { readonly key: string; readonly vector: Float32Array }[]): void;
}
