/** Turning text into vectors whose dot product is its similarity in meaning. */

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
}

/** Where vectors are kept between runs. */
export interface VectorStore {
  /** The stored vector of each key, in the order of the keys; null where there is none. */
  getMany(keys: readonly string[]): readonly (Float32Array | null)[];
  putMany(entries: readonly { readonly key: string; readonly vector: Float32Array }[]): void;
}
