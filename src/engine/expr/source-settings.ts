/**
 * Settings of the source systems that exports do not carry and that expressions depend on. Until a person says what they are,
 * their usual values are assumed, which lowers the confidence of what uses them.
 */
import type { EtlSettings, EtlTool } from '../../shared/model/etl.ts';

export interface SourceSetting {
  readonly tool: EtlTool;
  readonly title: string;
  /** Where it is to be found in the source system. */
  readonly where: string;
  readonly initial: string;
  /** The first one is the usual one. Null: any format of dates as the tool writes them. */
  readonly choices: readonly { readonly value: string; readonly label: string }[] | null;
  /** What a converted object says that uses it. */
  readonly note: (value: string) => string;
  /** At most this, while nobody has confirmed the value. */
  readonly confidence: number;
}

const chosen =
  (notes: Readonly<Record<string, string>>) =>
  (value: string): string =>
    notes[value] ?? value;

export const sourceSettings = {
  'powercenter.null_comparison': {
    tool: 'powercenter',
    title: 'Treat NULL in comparison operators as',
    where: 'Administrator, Integration Service, advanced properties',
    initial: 'NULL',
    choices: [
      { value: 'NULL', label: 'NULL: the comparison gives NULL' },
      { value: 'HIGH', label: 'High: NULL is greater than any value' },
      { value: 'LOW', label: 'Low: NULL is less than any value' },
    ],
    note: chosen({
      NULL: 'A comparison with NULL gives NULL',
      HIGH: 'NULL is greater than any value in comparisons',
      LOW: 'NULL is less than any value in comparisons',
    }),
    confidence: 0.96,
  },
  'powercenter.date_format': {
    tool: 'powercenter',
    title: 'Date format of sessions',
    where: 'Session, Config Object, DateTime Format String',
    initial: 'MM/DD/YYYY HH24:MI:SS.US',
    choices: null,
    note: (value: string) => `Text turns to a date by the session format ${value}`,
    confidence: 0.9,
  },
  'powercenter.sort_order': {
    tool: 'powercenter',
    title: 'Sort order of text',
    where: 'Session, Properties, Session Sort Order',
    initial: 'binary',
    choices: [
      { value: 'binary', label: 'Binary: byte by byte' },
      { value: 'case_insensitive', label: 'Of a language, without regard to case' },
    ],
    note: chosen({
      binary: 'Texts are compared byte by byte, as with the sort order Binary',
      case_insensitive: 'Texts are ordered without regard to case',
    }),
    confidence: 0.94,
  },
  'ssis.date_order': {
    tool: 'ssis',
    title: 'Order of day and month in texts',
    where: 'Locale of the package and of the server',
    initial: 'mdy',
    choices: [
      { value: 'mdy', label: 'Month, day, year (locale en-US)' },
      { value: 'dmy', label: 'Day, month, year' },
    ],
    note: chosen({
      mdy: 'Texts are read as dates in ISO format or in that of the locale en-US',
      dmy: 'Texts are read as dates in ISO format or with the day before the month',
    }),
    confidence: 0.9,
  },
  'ssis.collation': {
    tool: 'ssis',
    title: 'Collation of the databases',
    where: 'SERVERPROPERTY or the properties of the database, Collation',
    initial: 'ci_as',
    choices: [
      { value: 'ci_as', label: 'Without regard to case, with regard to accents (CI_AS)' },
      { value: 'ci_ai', label: 'Without regard to case and accents (CI_AI)' },
      { value: 'cs_as', label: 'With regard to case and accents (CS_AS, BIN)' },
    ],
    note: chosen({
      ci_as: 'The database compares texts without regard to case',
      ci_ai: 'The database compares texts without regard to case and accents',
      cs_as: 'The database compares texts with regard to case',
    }),
    confidence: 0.92,
  },
  'alteryx.text_comparison': {
    tool: 'alteryx',
    title: 'Comparison of text with =',
    where: 'Try "a" = "A" in a Formula tool',
    initial: 'case_sensitive',
    choices: [
      { value: 'case_sensitive', label: 'With regard to case' },
      { value: 'case_insensitive', label: 'Without regard to case' },
    ],
    note: chosen({
      case_sensitive: 'Text is compared with regard to case',
      case_insensitive: 'Text is compared without regard to case',
    }),
    confidence: 0.94,
  },
  'datastage.date_format': {
    tool: 'datastage',
    title: 'Default format of dates',
    where: 'Administrator, project properties, Parallel, default date format',
    initial: '%yyyy-%mm-%dd',
    choices: ['%yyyy-%mm-%dd', '%dd/%mm/%yyyy', '%mm/%dd/%yyyy', '%dd-%mm-%yyyy', '%dd.%mm.%yyyy', '%yyyy%mm%dd'].map(
      (value) => ({ value, label: value }),
    ),
    note: (value: string) => `Text turns to a date in the default format ${value}`,
    confidence: 0.9,
  },
} as const satisfies Readonly<Record<string, SourceSetting>>;

export type SourceSettingId = keyof typeof sourceSettings;

export const sourceSettingIds = Object.keys(sourceSettings) as readonly SourceSettingId[];

const dateFormat = /^[A-Za-z0-9 /:.,'-]{2,60}$/;

/** Why `value` cannot be the value of the setting; null where it can. */
export function refusedValue(id: string, value: string): string | null {
  const setting = settingOf(id);
  if (setting === null) return `There is no setting ${id}`;
  if (setting.choices === null)
    return dateFormat.test(value) ? null : `${value} is no date format such as ${setting.initial}`;
  if (setting.choices.some((one) => one.value === value)) return null;
  return `${id} is one of ${setting.choices.map((one) => one.value).join(', ')}`;
}

/** Null where there is none of that id. */
export function settingOf(id: string): SourceSetting | null {
  return Object.hasOwn(sourceSettings, id) ? sourceSettings[id as SourceSettingId] : null;
}

/** What a person said, or what is usual. A stored value that this version does not know counts as not said. */
export function valueOf(id: SourceSettingId, said: EtlSettings | undefined): string {
  return saidValue(id, said) ?? sourceSettings[id].initial;
}

export function saidValue(id: SourceSettingId, said: EtlSettings | undefined): string | undefined {
  const value = said !== undefined && Object.hasOwn(said, id) ? said[id] : undefined;
  return value === undefined || refusedValue(id, value) !== null ? undefined : value;
}
