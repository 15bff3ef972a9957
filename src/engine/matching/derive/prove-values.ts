/** What the data says of a proposal: which form the target writes, how many made values it has, or that it cannot be. */
import type { Form, Found, Part } from './derivation.ts';

export interface Proof {
  readonly form: Form;
  /** Null where no data speaks for or against it. */
  readonly made: number | null;
  /** Of those, how many the target's data has. */
  readonly seen: number;
}

/** A proposal is refuted where fewer of the values are as they would have to be. */
const LEAST_PLAUSIBLE = 0.9;
/** Of target values with a shape of their own, this share has to look like what is made. */
const LEAST_ALIKE = 0.2;
const LEAST_VALUES = 5;

/** Null where the values refute the proposal. */
export function proveByValues(found: Found, target: Part): Proof | null {
  if (found.plausible?.some((test, at) => !isPlausible(found.sources[at] as Part, test)) === true) return null;
  const rows = rowsOf(found.sources);
  const [usual] = found.forms;
  if (rows.length === 0 || usual.make(rows[0] as readonly string[]) === '') return { form: usual, made: null, seen: 0 };
  const values = [
    ...(target.profile?.top ?? []).map(({ value }) => value),
    ...target.sample.flatMap((one) => one ?? []),
  ]
    .map((value) => value.trim())
    .filter((value) => value !== '');
  const known = new Set(values.map(plain));
  const made = found.forms.map((form) => rows.map(form.make));
  const seen = made.map((list) => list.filter((value) => known.has(plain(value))).length);
  const most = Math.max(...seen);
  if (most > 0) return { form: found.forms[seen.indexOf(most)] as Form, made: rows.length, seen: most };
  if (known.size < LEAST_VALUES) return { form: usual, made: rows.length, seen: 0 };
  const shapes = made.map((list) => new Set(list.map(shapeOf)));
  const alike = shapes.map((own) => values.filter((value) => own.has(shapeOf(value))).length);
  const best = Math.max(...alike);
  if (best < LEAST_ALIKE * values.length) return null;
  return { form: found.forms[alike.indexOf(best)] as Form, made: rows.length, seen: 0 };
}

function isPlausible(part: Part, test: (value: string) => boolean): boolean {
  const values = [...(part.profile?.top ?? []).map(({ value }) => value), ...part.sample.flatMap((one) => one ?? [])]
    .map((value) => value.trim())
    .filter((value) => value !== '');
  return values.length === 0 || values.filter(test).length >= LEAST_PLAUSIBLE * values.length;
}

/** Sample rows in which every part has a value. */
function rowsOf(sources: readonly Part[]): readonly (readonly string[])[] {
  const count = Math.min(...sources.map(({ sample }) => sample.length));
  return Array.from({ length: Number.isFinite(count) ? count : 0 }, (_, row) =>
    sources.map(({ sample }) => (sample[row] ?? '').trim()),
  ).filter((values) => values.every((value) => value !== ''));
}

/** Without regard to case; `2024-01-05T08:30` and `2024-01-05 08:30:00` are one moment. */
const plain = (value: string): string =>
  value
    .toLowerCase()
    .replace(/(\d)t(\d)/, '$1 $2')
    .replace(/(:\d\d):00(?:\.0+)?$/, '$1');

/** Words as A, numbers as 9, several words as two; marks as they are. */
const shapeOf = (value: string): string =>
  value
    .replaceAll(/[\p{L}][\p{L}.'’-]*/gu, 'A')
    .replaceAll(/\d+/g, '9')
    .replaceAll(/A(?:\s+A){2,}/g, 'A A');
