/** The signals, in the order of their figures. A new signal is one file and one line; the weights are then fitted anew. */
import { commentSignal } from './comment-signal.ts';
import { contextSignal } from './context-signal.ts';
import { embeddingSignal } from './embedding-signal.ts';
import { nameSignal } from './name-signal.ts';
import { referenceSignal } from './reference-signal.ts';
import { roleSignal } from './role-signal.ts';
import type { PairInput, Signal } from './signal.ts';
import { structureSignal } from './structure-signal.ts';
import { typeSignal } from './type-signal.ts';
import { valueSignal } from './value-signal.ts';

export const signals: readonly Signal[] = [
  nameSignal,
  contextSignal,
  commentSignal,
  embeddingSignal,
  typeSignal,
  roleSignal,
  referenceSignal,
  valueSignal,
  structureSignal,
];

export const signalIds: readonly string[] = signals.map(({ id }) => id);

export const featureNames: readonly string[] = signals.flatMap((signal) => signal.features);

/** All figures of a pair, in the order of `featureNames`, written to `out`. */
export function measurePair(pair: PairInput, out: Float64Array): void {
  let at = 0;
  for (const signal of signals) {
    for (const value of signal.measure(pair)) {
      out[at] = value;
      at += 1;
    }
  }
}
