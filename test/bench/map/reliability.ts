/** Whether confidences mean what they say: of the mappings shown at 0.9, nine in ten are right. */

export interface Prediction {
  readonly set: string;
  readonly confidence: number;
  readonly right: boolean;
}

export interface Reliability {
  /** Expected calibration error in ten bins: over all predictions, and the mean over the sets. */
  readonly ece: number;
  readonly ecePerSet: number;
  /** What the mean over the sets would be if each confidence were exactly the probability of being right: chance in small sets. */
  readonly ecePerSetOfPerfect: number;
  /** Of all predictions at or above the threshold of automatic approval. */
  readonly autoShare: number;
  readonly autoPrecision: number;
  readonly autoPrecisionPerSet: number;
  readonly bins: readonly {
    readonly from: number;
    readonly count: number;
    readonly confidence: number;
    readonly right: number;
  }[];
}

const AUTOMATIC = 0.8;
/** Below this the product proposes nothing. */
const PROPOSED = 0.25;

export function reliabilityOf(predictions: readonly Prediction[]): Reliability {
  const sets = [...new Set(predictions.map((entry) => entry.set))]
    .sort()
    .map((set) => predictions.filter((entry) => entry.set === set));
  const auto = predictions.filter((entry) => entry.confidence >= AUTOMATIC);
  const precisions = sets
    .map((entries) => entries.filter((entry) => entry.confidence >= AUTOMATIC))
    .filter((entries) => entries.length > 0)
    .map(precision);
  return {
    ece: round(calibrationError(predictions)),
    ecePerSet: round(mean(sets.map(calibrationError))),
    ecePerSetOfPerfect: round(mean(sets.map(errorByChance))),
    autoShare: round(auto.length / predictions.length),
    autoPrecision: round(precision(auto)),
    autoPrecisionPerSet: round(mean(precisions)),
    bins: binsOf(predictions).map(({ from, entries }) => ({
      from,
      count: entries.length,
      confidence: round(mean(entries.map((entry) => entry.confidence))),
      right: round(precision(entries)),
    })),
  };
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
const precision = (entries: readonly Prediction[]): number => mean(entries.map((entry) => (entry.right ? 1 : 0)));

function binsOf(
  predictions: readonly Prediction[],
): readonly { readonly from: number; readonly entries: readonly Prediction[] }[] {
  const proposed = predictions.filter((entry) => entry.confidence >= PROPOSED);
  return Array.from({ length: 10 }, (_, bin) => ({
    from: bin / 10,
    entries: proposed.filter((entry) => Math.min(9, Math.floor(entry.confidence * 10)) === bin),
  })).filter(({ entries }) => entries.length > 0);
}

const DRAWS = 200;

/** The mean error of a set whose answers are drawn with the probabilities that its confidences say. */
function errorByChance(predictions: readonly Prediction[]): number {
  let state = 1;
  const draw = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return mean(
    Array.from({ length: DRAWS }, () =>
      calibrationError(predictions.map((entry) => ({ ...entry, right: draw() < entry.confidence }))),
    ),
  );
}

function calibrationError(predictions: readonly Prediction[]): number {
  const bins = binsOf(predictions);
  const count = bins.reduce((sum, { entries }) => sum + entries.length, 0);
  const gap = bins.reduce(
    (sum, { entries }) =>
      sum + Math.abs(entries.reduce((difference, entry) => difference + (entry.right ? 1 : 0) - entry.confidence, 0)),
    0,
  );
  return count === 0 ? 0 : gap / count;
}
