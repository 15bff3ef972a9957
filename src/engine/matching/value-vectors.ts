/** The data of columns as weighted bags of values, words and letter triples, and how alike those of one column are to all of the other side's. */
import type { ColumnView } from './column-view.ts';

/** Tokens kept of one column; long texts repeat themselves. */
const MAX_TOKENS = 2000;

/** Of one source column to each target column. All 0 where either has no text. */
export interface LikenessRow {
  /** How many values, and how many words of values, both have. */
  readonly sharedValues: Float32Array;
  readonly sharedWords: Float32Array;
  /** Share of the source's values that the target has too; values that many columns have count less. */
  readonly values: Float32Array;
  /** Cosine of the words in the values, and of their letter triples, weighted in the same way. */
  readonly words: Float32Array;
  readonly triples: Float32Array;
  /** Share of the source's letter triples that the target has: high where its codes are written a little differently. */
  readonly covered: Float32Array;
}

export interface ValueLikeness {
  /** Worked out when it is asked for, the last one kept: all pairs of a large job would not fit in memory. */
  rowOf(source: number): LikenessRow;
}

/** Null where one side has no data. */
export function compareValues(source: readonly ColumnView[], target: readonly ColumnView[]): ValueLikeness | null {
  if (!source.some((column) => column.values !== null) || !target.some((column) => column.values !== null)) return null;
  const values = compareBags(source, target, (column) => column.values?.values ?? []);
  const words = compareBags(source, target, (column) =>
    textOf(column, (value) => value.match(/[\p{L}\d]{2,}/gu) ?? []),
  );
  const triples = compareBags(source, target, (column) => textOf(column, triplesOf));
  const valueWords = compareBags(source, target, (column) => column.values?.words ?? []);
  let last: { readonly source: number; readonly row: LikenessRow } | null = null;
  const compare = (source: number): LikenessRow => {
    const [ofValues, ofWords, ofTriples] = [values(source), words(source), triples(source)];
    return {
      sharedValues: ofValues.count,
      sharedWords: valueWords(source).count,
      values: ofValues.share,
      words: ofWords.cosine,
      triples: ofTriples.cosine,
      covered: ofTriples.share,
    };
  };
  return {
    rowOf(source) {
      if (last?.source !== source) last = { source, row: compare(source) };
      return last.row;
    },
  };
}

/** Letter triples of each word with its borders: `pT1a` and `T1a` share most of theirs. */
function triplesOf(value: string): readonly string[] {
  const found: string[] = [];
  for (const word of value.slice(0, 120).match(/[\p{L}\d]+/gu) ?? []) {
    const padded = ` ${word} `;
    for (let i = 0; i + 3 <= padded.length; i += 1) found.push(padded.slice(i, i + 3));
  }
  return found;
}

const isText = (value: string): boolean => /\p{L}/u.test(value);

function textOf(column: ColumnView, tokensOf: (value: string) => readonly string[]): ReadonlySet<string> {
  const tokens = new Set<string>();
  for (const value of column.values?.values ?? []) {
    if (!isText(value)) continue;
    for (const token of tokensOf(value)) if (tokens.size < MAX_TOKENS) tokens.add(token);
  }
  return tokens;
}

interface Comparison {
  readonly count: Float32Array;
  readonly share: Float32Array;
  readonly cosine: Float32Array;
}

/** A token weighs by its rarity: log(1 + columns / columns with the token), over the columns of both sides. */
function compareBags(
  source: readonly ColumnView[],
  target: readonly ColumnView[],
  tokensOf: (column: ColumnView) => Iterable<string>,
): (row: number) => Comparison {
  const { bags, holders } = number([...source, ...target], tokensOf);
  const filled = bags.filter((bag) => bag.length > 0).length;
  const rarity = Float64Array.from(holders, (count) => Math.log(1 + filled / count));
  const sum = bags.map((bag) => bag.reduce((total, id) => total + (rarity[id] as number), 0));
  const length = bags.map((bag) => Math.sqrt(bag.reduce((total, id) => total + (rarity[id] as number) ** 2, 0)));
  const columnsWith = postings(bags.slice(source.length), holders.length);
  const size = target.length;
  return (row) => {
    const [count, share, cosine] = [0, 1, 2].map(() => new Float32Array(size)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (const id of bags[row] as Int32Array) {
      const weight = rarity[id] as number;
      for (const column of columnsWith[id] ?? []) {
        count[column] = (count[column] as number) + 1;
        share[column] = (share[column] as number) + weight;
        cosine[column] = (cosine[column] as number) + weight * weight;
      }
    }
    for (let column = 0; column < size; column += 1) {
      if (count[column] === 0) continue;
      // The 1 stands for a value not seen: one shared value of a tiny set proves little.
      share[column] = (share[column] as number) / ((sum[row] as number) + 1);
      cosine[column] =
        (cosine[column] as number) / ((length[row] as number) * (length[source.length + column] as number));
    }
    return { count, share, cosine };
  };
}

/** Each column's distinct tokens as numbers, and how many columns hold each token. */
function number(
  columns: readonly ColumnView[],
  tokensOf: (column: ColumnView) => Iterable<string>,
): { readonly bags: readonly Int32Array[]; readonly holders: readonly number[] } {
  const ids = new Map<string, number>();
  const holders: number[] = [];
  const bags = columns.map((column) => {
    const bag: number[] = [];
    for (const token of tokensOf(column)) {
      const id = ids.get(token) ?? ids.size;
      ids.set(token, id);
      holders[id] = (holders[id] ?? 0) + 1;
      bag.push(id);
    }
    return Int32Array.from(bag);
  });
  return { bags, holders };
}

/** Of each token: the columns that hold it. */
function postings(bags: readonly Int32Array[], size: number): readonly (readonly number[] | undefined)[] {
  const found: number[][] = Array.from({ length: size });
  bags.forEach((bag, column) => {
    for (const id of bag) (found[id] ??= []).push(column);
  });
  return found;
}
