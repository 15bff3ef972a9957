/** Two names that say units of one kind, such as `usage_kwh` and `usage_mwh`. */
import { tokenizeName } from './tokenize-name.ts';

/** Kind of unit → unit → how many of the smallest one it is. */
const kinds: readonly ReadonlyMap<string, number>[] = [
  new Map([
    ['wh', 1],
    ['kwh', 1e3],
    ['mwh', 1e6],
    ['gwh', 1e9],
  ]),
  new Map([
    ['mm', 1],
    ['cm', 10],
    ['meter', 1e3],
    ['metre', 1e3],
    ['km', 1e6],
  ]),
  new Map([
    ['mg', 1],
    ['gram', 1e3],
    ['grams', 1e3],
    ['kg', 1e6],
    ['tonne', 1e9],
    ['tonnes', 1e9],
  ]),
  new Map([
    ['ms', 1],
    ['sec', 1e3],
    ['seconds', 1e3],
    ['minutes', 6e4],
    ['hours', 3.6e6],
  ]),
  new Map([
    ['bytes', 1],
    ['kb', 1e3],
    ['mb', 1e6],
    ['gb', 1e9],
  ]),
];

export interface UnitConversion {
  readonly from: string;
  readonly to: string;
  /** What a value is multiplied by, or divided by where that is the whole number. */
  readonly operator: '*' | '/';
  readonly by: number;
}

/** Null where one name says no unit, or both say the same: what is not said is not guessed. */
export function unitConversion(source: string, target: string): UnitConversion | null {
  const [from, to] = [tokenizeName(source), tokenizeName(target)];
  for (const units of kinds) {
    const [left, right] = [from, to].map((tokens) => tokens.filter((token) => units.has(token)));
    const [first, second] = [left?.[0], right?.[0]];
    if (left?.length !== 1 || right?.length !== 1 || first === undefined || second === undefined) continue;
    const [small, large] = [units.get(first) as number, units.get(second) as number];
    if (small === large) continue;
    const divides = small < large;
    return { from: first, to: second, operator: divides ? '/' : '*', by: divides ? large / small : small / large };
  }
  return null;
}
