/** The figures of docs/matching.md, written between its two markers. */
import type { Embedder } from '../../../src/engine/ports/embedder.ts';
import { matchSchemas } from '../../../src/engine/matching/match-schemas.ts';
import { scoreMappings, type MappingScore } from '../../../src/cli/bench/score-mappings.ts';
import type { Ablation } from './ablation.ts';
import type { Fitted, HeldOut } from './fit.ts';
import { learningGain, type LearningGain } from './learning-gain.ts';
import { familyOf, type BenchmarkSet } from './read-set.ts';
import type { Reliability } from './reliability.ts';

const BEGIN = '<!-- figures: node scripts/fit-matching.mjs DIR --write -->';
const END = '<!-- end of figures -->';

export interface Measured {
  readonly set: string;
  readonly minilm: MappingScore;
  readonly rules: MappingScore;
  readonly learning: LearningGain;
}

/** Every set through the product as it ships. */
export async function measureShipped(sets: readonly BenchmarkSet[], embedder: Embedder): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const set of sets) {
    const { name, input, truth } = set;
    const minilm = scoreMappings(await matchSchemas(input, embedder), truth);
    const rules = scoreMappings(await matchSchemas(input, null), truth);
    measured.push({ set: name, minilm, rules, learning: await learningGain(set, embedder) });
  }
  return measured;
}

/** `document` with the text between its markers replaced. Throws where it has no markers. */
export function withFigures(document: string, figures: string): string {
  const from = document.indexOf(BEGIN);
  const to = document.indexOf(END);
  if (from < 0 || to < from) throw new Error('docs/matching.md has no place for the figures');
  return `${document.slice(0, from + BEGIN.length)}\n\n${figures}\n${document.slice(to)}`;
}

/** Tables of accuracy by set and of reliability. */
export function figuresText(minilm: Fitted, rules: Fitted, shipped: readonly Measured[]): string {
  return [
    '### Accuracy by set\n',
    'acc@1 / acc@5 / mrr. *Shipped*: weights fitted on all sets. *Without the set*, *without the family*: weights fitted without it.\n',
    ...accuracyTable(minilm, rules, shipped),
    '\n### Shipped confidence by set, with MiniLM\n',
    'Automatic: approved without a person (confidence 0.80 or more). ECE of a set of ten columns is mostly chance.\n',
    ...confidenceTable(shipped),
    '\n### What each signal is worth\n',
    'Shipped weights with one signal at 0, the others not fitted anew; means over the sets, acc@1 / acc@5 / mrr.\n',
    ...ablationTable(minilm.ablation, rules.ablation),
    '\n### What reviewing the least certain fifth is worth\n',
    'The least certain 20 % of a set are decided as the truth says, and the set is matched again with those lessons. Right at first choice among the columns that nobody looked at.\n',
    ...learningTable(shipped.map((entry) => entry.learning)),
    '\n### Reliability on held-out data, with MiniLM\n',
    'Ranker and calibration fitted without the family, and without the set.\n',
    ...reliabilityTable('Without the family', minilm.withoutFamily.reliability),
    ...reliabilityTable('Without the set', minilm.withoutSet.reliability),
    '### Reliability on held-out data, without a model\n',
    ...reliabilityTable('Without the family', rules.withoutFamily.reliability),
  ].join('\n');
}

const three = (figures: Pick<HeldOut, 'acc@1' | 'acc@5' | 'mrr'> | MappingScore | undefined): string =>
  figures === undefined ? '' : [figures['acc@1'], figures['acc@5'], figures.mrr].map(digits).join(' / ');
const digits = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
const mean = (values: readonly (number | null)[]): number => {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
};
const meanOf = (figures: readonly (Pick<HeldOut, 'acc@1' | 'acc@5' | 'mrr'> | MappingScore)[]): string =>
  (['acc@1', 'acc@5', 'mrr'] as const).map((name) => digits(mean(figures.map((entry) => entry[name])))).join(' / ');

function accuracyTable(minilm: Fitted, rules: Fitted, shipped: readonly Measured[]): readonly string[] {
  const find = (list: readonly HeldOut[], set: string): HeldOut | undefined => list.find((entry) => entry.set === set);
  const rows = shipped.map(({ set, minilm: score, rules: plain }) => {
    const cells = [
      three(score),
      three(find(minilm.withoutSet.sets, set)),
      three(find(minilm.withoutFamily.sets, set)),
      three(plain),
      three(find(rules.withoutFamily.sets, set)),
    ];
    return `| ${set} | ${cells.join(' | ')} |`;
  });
  const means = [
    meanOf(shipped.map((entry) => entry.minilm)),
    meanOf(minilm.withoutSet.sets),
    meanOf(minilm.withoutFamily.sets),
    meanOf(shipped.map((entry) => entry.rules)),
    meanOf(rules.withoutFamily.sets),
  ];
  return [
    '| set | shipped | without the set | without the family | shipped, no model | without the family, no model |',
    '|---|---|---|---|---|---|',
    ...rows,
    `| **mean** | ${means.join(' | ')} |`,
  ];
}

function confidenceTable(shipped: readonly Measured[]): readonly string[] {
  const figures = ['auto_share', 'auto_precision', 'ece'] as const;
  const row = (name: string, cells: readonly (number | null)[]): string =>
    `| ${name} | ${cells.map(digits).join(' | ')} |`;
  return [
    '| set | automatic, share | automatic, right | ece |',
    '|---|---|---|---|',
    ...shipped.map(({ set, minilm }) =>
      row(
        set,
        figures.map((name) => minilm[name]),
      ),
    ),
    row(
      '**mean**',
      figures.map((name) => mean(shipped.map(({ minilm }) => minilm[name]))),
    ),
  ];
}

function ablationTable(minilm: readonly Ablation[], rules: readonly Ablation[]): readonly string[] {
  return [
    '| without | with MiniLM | without a model |',
    '|---|---|---|',
    ...minilm.map((entry, i) => `| ${entry.without ?? '(all signals)'} | ${three(entry)} | ${three(rules[i])} |`),
  ];
}

function learningTable(gains: readonly LearningGain[]): readonly string[] {
  const families = [...new Set(gains.map(({ set }) => familyOf(set)))].sort();
  const row = (name: string, some: readonly LearningGain[]): string => {
    const sum = (figure: 'reviewed' | 'others' | 'before' | 'after'): number =>
      some.reduce((total, gain) => total + gain[figure], 0);
    const others = Math.max(1, sum('others'));
    return `| ${name} | ${sum('reviewed')} | ${sum('others')} | ${digits(sum('before') / others)} | ${digits(sum('after') / others)} |`;
  };
  return [
    '| family | reviewed | others | right before | right after |',
    '|---|---|---|---|---|',
    ...families.map((family) =>
      row(
        family,
        gains.filter(({ set }) => familyOf(set) === family),
      ),
    ),
    row('**all**', gains),
  ];
}

function reliabilityTable(title: string, figures: Reliability): readonly string[] {
  return [
    `${title}: ECE ${digits(figures.ece)} over all columns, ${digits(figures.ecePerSet)} as a mean over sets (a perfect confidence of the same spread: ${digits(figures.ecePerSetOfPerfect)}); ${digits(figures.autoShare)} automatic, of which ${digits(figures.autoPrecision)} right (mean over sets ${digits(figures.autoPrecisionPerSet)}).\n`,
    '| confidence | columns | mean confidence | right |',
    '|---|---|---|---|',
    ...figures.bins.map(
      (bin) => `| ${bin.from.toFixed(1)}– | ${bin.count} | ${digits(bin.confidence)} | ${digits(bin.right)} |`,
    ),
    '',
  ];
}
