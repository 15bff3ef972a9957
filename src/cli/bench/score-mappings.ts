/** Figures of one run of matching against known true pairs. */
import { type Mapping, isDerived } from '../../shared/model/mapping.ts';
import { pairKey, type Truth } from './truth.ts';

export interface MappingScore {
  readonly scored: number;
  readonly mappable: number;
  readonly 'acc@1': number | null;
  readonly 'acc@5': number | null;
  readonly mrr: number | null;
  readonly precision: number | null;
  readonly auto_share: number | null;
  readonly auto_precision: number | null;
  /** Expected calibration error of `confidence` in ten bins. */
  readonly ece: number | null;
}

/** Columns that the truth does not name are left out. Shares of nothing are null. */
export function scoreMappings(mappings: readonly Mapping[], truth: Truth): MappingScore {
  const own = mappings.filter((mapping) => !isDerived(mapping));
  const bySource = new Map(own.map((mapping) => [pairKey(mapping.source.table, mapping.source.column), mapping]));
  let mappable = 0;
  let first = 0;
  let among = 0;
  let reciprocal = 0;
  const chosen: { readonly confidence: number; readonly right: boolean; readonly auto: boolean }[] = [];
  for (const [source, targets] of truth) {
    const mapping = bySource.get(source);
    if (targets.size > 0) {
      mappable += 1;
      const rank =
        (mapping?.candidates ?? []).findIndex((candidate) => targets.has(pairKey(candidate.table, candidate.column))) +
        1;
      if (rank === 1) first += 1;
      if (rank > 0 && rank <= 5) among += 1;
      if (rank > 0) reciprocal += 1 / rank;
    }
    if (mapping === undefined || mapping.target === null) continue;
    chosen.push({
      confidence: mapping.confidence,
      right: targets.has(pairKey(mapping.target.table, mapping.target.column)),
      auto: mapping.status === 'auto_approved',
    });
  }
  const auto = chosen.filter((entry) => entry.auto);
  const right = (entries: typeof chosen): number => entries.filter((entry) => entry.right).length;
  return {
    scored: truth.size,
    mappable,
    'acc@1': ratio(first, mappable),
    'acc@5': ratio(among, mappable),
    mrr: ratio(reciprocal, mappable),
    precision: ratio(right(chosen), chosen.length),
    auto_share: ratio(auto.length, truth.size),
    auto_precision: ratio(right(auto), auto.length),
    ece: calibrationError(chosen),
  };
}

const ratio = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

function calibrationError(chosen: readonly { readonly confidence: number; readonly right: boolean }[]): number | null {
  const gaps = Array.from({ length: 10 }, () => 0);
  for (const { confidence, right } of chosen) {
    const bin = Math.min(9, Math.floor(Math.min(1, Math.max(0, confidence)) * 10));
    gaps[bin] = (gaps[bin] as number) + (right ? 1 : 0) - confidence;
  }
  return ratio(
    gaps.reduce((sum, gap) => sum + Math.abs(gap), 0),
    chosen.length,
  );
}
