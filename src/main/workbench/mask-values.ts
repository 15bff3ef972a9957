/** Personal data that the window shows: values keep their shape and lose what they say. */
import type { ColumnProfile, TableProfile } from '../../shared/model/profile.ts';

const personalTypes: ReadonlySet<string> = new Set([
  'email',
  'phone',
  'iban',
  'tax_number',
  'name',
  'address',
  'postcode',
  'ip_address',
]);

/** True for meanings of values that can point at a person. */
export function isPersonal(semanticType: string | null): boolean {
  return semanticType !== null && personalTypes.has(semanticType);
}

/** Letters and digits after the first become dots; separators stay, so that the format can still be judged. */
export function maskValue(value: string): string {
  const [first = '', ...rest] = value;
  return first + rest.join('').replace(/[\p{L}\p{N}]/gu, '•');
}

export function maskColumn(column: ColumnProfile): ColumnProfile {
  if (!isPersonal(column.semanticType)) return column;
  const mask = (value: string | null): string | null => (value === null ? null : maskValue(value));
  return {
    ...column,
    min: mask(column.min),
    max: mask(column.max),
    top: column.top.map(({ value, count }) => ({ value: maskValue(value), count })),
  };
}

/** The profile with the values of its personal columns masked, in the figures and in the first rows. */
export function maskProfile(profile: TableProfile): TableProfile {
  const masked = profile.columns.map((column) => isPersonal(column.semanticType));
  if (!masked.includes(true)) return profile;
  return {
    ...profile,
    columns: profile.columns.map(maskColumn),
    sample: profile.sample.map((row) =>
      row.map((value, index) => (value !== null && masked[index] === true ? maskValue(value) : value)),
    ),
  };
}
