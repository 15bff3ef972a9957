/** Which columns tell of people, and their figures without the values. */
import type { ColumnProfile, TableProfile } from '../../../shared/model/profile.ts';
import { compareText } from '../../core/text.ts';
import { nameTokens } from './semantic-type.ts';
import { patternOf } from './value-pattern.ts';

const personalMeanings: ReadonlySet<string> = new Set([
  'email',
  'phone',
  'iban',
  'tax_number',
  'ip_address',
  'address',
]);
/** Words of names of people and of what belongs to one of them; a product has a name as well. */
const personWords: ReadonlySet<string> = new Set(
  (
    'first last middle maiden given family surname firstname lastname fname lname forename vorname nachname fullname person people contact customer cust client member ' +
    'patient employee emp staff user owner holder tenant passenger subscriber insured debtor signatory'
  ).split(' '),
);
const secretWords: ReadonlySet<string> = new Set(
  'ssn passport dob birthdate birthday geburtsdatum licence license nino sin bsn pesel salary iban password pin'.split(
    ' ',
  ),
);

/** Judged by what the values mean and by the name: true where they tell of single people. */
export function isPersonal(name: string, semanticType: string | null): boolean {
  if (semanticType !== null && personalMeanings.has(semanticType)) return true;
  const tokens = nameTokens(name);
  if (tokens.some((token) => secretWords.has(token)) || (tokens.includes('birth') && !tokens.includes('place')))
    return semanticType !== 'flag';
  return semanticType === 'name' && tokens.some((token) => personWords.has(token));
}

/** The profile with shapes in place of the values of personal columns. */
export function maskPersonal(profile: TableProfile): TableProfile {
  const hidden = profile.columns.map((column) => column.personal === true);
  return {
    ...profile,
    columns: profile.columns.map((column, i) => (hidden[i] === true ? masked(column) : column)),
    sample: profile.sample.map((row) =>
      row.map((value, i) => (value === null || hidden[i] !== true ? value : patternOf(value))),
    ),
  };
}

function masked(column: ColumnProfile): ColumnProfile {
  const counts = new Map<string, number>();
  for (const { value, count } of column.top) counts.set(patternOf(value), (counts.get(patternOf(value)) ?? 0) + count);
  const top = [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || compareText(a.value, b.value));
  return { ...column, top, min: null, max: null };
}
