/** What the rules of derived columns see of a job, and what they find. */
import type { Transformation } from '../../../shared/model/mapping.ts';
import type { ColumnProfile, TableProfile } from '../../../shared/model/profile.ts';
import type { ColumnView, SideView, TableView } from '../column-view.ts';

/** A column with the words that rules go by. */
export interface Part {
  readonly view: ColumnView;
  readonly words: readonly string[];
  /** What it is about: its words without those of its table. */
  readonly subject: readonly string[];
  readonly profile: ColumnProfile | null;
  /** Its values in the sample rows of its table, row by row. */
  readonly sample: readonly (string | null)[];
}

export interface PartTable {
  readonly view: TableView;
  readonly parts: readonly Part[];
}

/** One way to write the value: `make` does in memory what the expression does in DuckDB, so that it can be tried on sample values. */
export interface Form {
  readonly expression: string;
  readonly make: (values: readonly string[]) => string;
}

export interface Found {
  readonly type: Transformation['type'];
  readonly sources: readonly Part[];
  /** Columns that would fill the target with something else: the code whose text is looked up. */
  readonly instead?: readonly Part[];
  /** The usual form first; the target's values may speak for another. */
  readonly forms: readonly [Form, ...Form[]];
  /** How likely it is by names and types alone, at most. */
  readonly confidence: number;
  readonly reason: string;
  /** Per source: what a value has to be like. Where too many are not, the proposal is refuted. */
  readonly plausible?: readonly ((value: string) => boolean)[];
}

/** Looks for what this target column could be made of in one source table; null where the rule has nothing to say. */
export type Rule = (target: Part, from: PartTable, into: PartTable) => Found | null;

/** A form whose value the sample cannot show. */
export const onlySql = (expression: string): readonly [Form] => [{ expression, make: () => '' }];

/** One side's table as the rules read it. */
export function partsOf(side: SideView, view: TableView, profile: TableProfile | undefined): PartTable {
  const tableWords = new Set(view.words);
  const columns = side.columns.slice(view.from, view.to);
  return {
    view,
    parts: columns.map((column) => {
      // What a domain calls a column by its whole name hides the parts that the rules look for; a comment may explain an opaque one.
      const words = plainWords(column.commentWords.length > 0 ? column.words : side.wordsOf(column.ref.column));
      const name = column.ref.column.toLowerCase();
      const at = profile?.columns.findIndex((one) => one.name.toLowerCase() === name) ?? -1;
      return {
        view: column,
        words,
        subject: words.filter((word) => !tableWords.has(word)),
        profile: profile?.columns[at] ?? null,
        sample: at < 0 ? [] : (profile?.sample ?? []).map((row) => row[at] ?? null),
      };
    }),
  };
}

/** Words of parts and wholes in other languages that the lexicons leave as they are. */
const otherWords: ReadonlyMap<string, string> = new Map([
  ...pairs('house number', 'hausnr hausnummer hsnr civico hnr'),
  ...pairs('house', 'domu hse haus'),
  ...pairs('full', 'completo completa complet complete pelne pelna voll entire'),
  ...pairs('unit price', 'einzelpreis stueckpreis stückpreis'),
  ...pairs('unit', 'unitario unitaria unitaire jednostkowa unt'),
  ...pairs('net', 'netto neto nett'),
  ...pairs('gross', 'brutto bruto lordo brut'),
  ...pairs('area code', 'vorwahl prefisso indicatif prefijo kierunkowy'),
  ...pairs('phone number', 'rufnummer rufnr telefonnummer'),
  ...pairs('tax', 'vat mwst ust iva tva gst'),
  ...pairs('inactive', 'inactv inaktiv inactif inactivo'),
  ...pairs('total', 'totale gesamt razem extended extd'),
  ...pairs('birth', 'ur urodzenia'),
]);

function pairs(words: string, others: string): readonly (readonly [string, string])[] {
  return others.split(' ').map((other) => [other, words] as const);
}

function plainWords(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => otherWords.get(word)?.split(' ') ?? [word]);
}

export const hasWord = (part: Pick<Part, 'words'>, ...words: readonly string[]): boolean =>
  words.some((word) => part.words.includes(word));

/** Two columns are about the same where nothing is left of their words but those that tell parts and wholes apart. */
export function sameSubject(a: Part, b: Part, apart: ReadonlySet<string>): boolean {
  return subjectOf(a, apart) === subjectOf(b, apart);
}

/** What is left of the subject without the words given, in a fixed order. */
export const subjectOf = (part: Pick<Part, 'subject'>, without: ReadonlySet<string>): string =>
  [...new Set(part.subject.filter((word) => !without.has(word)))].sort().join(' ');

export const isText = ({ view }: Part): boolean => view.column.type === 'string';
export const isNumber = ({ view }: Part): boolean =>
  view.column.type === 'integer' || view.column.type === 'decimal' || view.column.type === 'float';
export const isMoment = ({ view }: Part): boolean => view.column.type === 'date' || view.column.type === 'timestamp';
