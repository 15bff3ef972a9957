/** First and last name → full name. */
import { columnExpression } from '../column-expression.ts';
import { type Form, type Part, type Rule, hasWord, isText, subjectOf } from './derivation.ts';

const nameWords: ReadonlySet<string> = new Set(
  'first last given family middle forename surname name init initial full display'.split(' '),
);
/** What a name is the name of, where it is a person's. */
const otherNames: ReadonlySet<string> = new Set(
  'file user login short company host domain product item column table city street country state first last given family middle forename surname'.split(
    ' ',
  ),
);

const isLast = (part: Part): boolean =>
  isText(part) && (hasWord(part, 'surname') || (hasWord(part, 'last', 'family') && hasWord(part, 'name')));
const isFirst = (part: Part): boolean =>
  isText(part) && (hasWord(part, 'forename') || (hasWord(part, 'first', 'given') && hasWord(part, 'name')));
const isMiddle = (part: Part): boolean => isText(part) && hasWord(part, 'middle');
/** `nome` beside `cognome`: in many languages a bare name is the first name. */
const isBare = (part: Part): boolean => isText(part) && part.words.length === 1 && part.words[0] === 'name';

export const mergeNames: Rule = (target, from, into) => {
  const isWhole =
    isText(target) &&
    target.words.at(target.words.at(-1) === 'full' ? -2 : -1) === 'name' &&
    !target.words.some((word) => otherNames.has(word));
  if (!isWhole) return null;
  // A bare name beside a last name is a first name there as well.
  if (!hasWord(target, 'full') && into.parts.some(isLast)) return null;
  const last = from.parts.find((part) => isLast(part) && fits(part, target));
  if (last === undefined) return null;
  const about = subjectOf(last, nameWords);
  const alike = (part: Part): boolean => subjectOf(part, nameWords) === about;
  const first = from.parts.find((part) => isFirst(part) && alike(part)) ?? from.parts.find(isBare);
  if (first === undefined || first === last) return null;
  const middle = from.parts.find((part) => isMiddle(part) && alike(part));
  const sources = middle === undefined ? [first, last] : [first, middle, last];
  return {
    type: 'merge',
    sources,
    forms: formsOf(sources),
    confidence: hasWord(target, 'full') ? 0.65 : 0.55,
    reason: 'First and last name that the target keeps as one',
    plausible: sources.map(() => (value: string) => !/\d{3}/.test(value)),
  };
};

/** The parts name their person as the whole does, or leave it to the table. */
function fits(last: Part, target: Part): boolean {
  const about = subjectOf(last, nameWords);
  const whole = subjectOf(target, nameWords);
  return about === whole || about === '' || whole === '';
}

const trimmed = (part: Part): string => `NULLIF(TRIM(${columnExpression(part.view.column.name)}), '')`;
const orNull = (text: string): string => `NULLIF(${text}, '')`;

/** In their order, or the last one first, with a comma or without. */
function formsOf(sources: readonly Part[]): readonly [Form, ...Form[]] {
  const all = sources.map(trimmed);
  const [last, rest] = [all.at(-1) as string, all.slice(0, -1)];
  const lastFirst = (values: readonly string[]): readonly string[] => [values.at(-1) ?? '', ...values.slice(0, -1)];
  return [
    { expression: orNull(`CONCAT_WS(' ', ${all.join(', ')})`), make: (values) => values.join(' ') },
    {
      expression: orNull(`CONCAT_WS(', ', ${last}, ${orNull(`CONCAT_WS(' ', ${rest.join(', ')})`)})`),
      make: (values) => [values.at(-1), values.slice(0, -1).join(' ')].join(', '),
    },
    {
      expression: orNull(`CONCAT_WS(' ', ${[last, ...rest].join(', ')})`),
      make: (values) => lastFirst(values).join(' '),
    },
  ];
}
