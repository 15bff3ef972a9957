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

/** One of a few values, each with its label and what a converted object says that uses it; the first one is the usual one. */
function oneOf(...values: readonly [Choice, ...Choice[]]): Pick<SourceSetting, 'initial' | 'choices' | 'note'> {
  return {
    initial: values[0][0],
    choices: values.map(([value, label]) => ({ value, label })),
    note: (value) => values.find((one) => one[0] === value)?.[2] ?? value,
  };
}

type Choice = readonly [value: string, label: string, note: string];

export const sourceSettings = {
  'powercenter.null_comparison': {
    tool: 'powercenter',
    title: 'Treat NULL in comparison operators as',
    where: 'Administrator, Integration Service, advanced properties',
    ...oneOf(
      ['NULL', 'NULL: the comparison gives NULL', 'A comparison with NULL gives NULL'],
      ['HIGH', 'High: NULL is greater than any value', 'NULL is greater than any value in comparisons'],
      ['LOW', 'Low: NULL is less than any value', 'NULL is less than any value in comparisons'],
    ),
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
    ...oneOf(
      ['binary', 'Binary: byte by byte', 'Texts are compared byte by byte, as with the sort order Binary'],
      ['case_insensitive', 'Of a language, without regard to case', 'Texts are ordered without regard to case'],
    ),
    confidence: 0.94,
  },
  'ssis.date_order': {
    tool: 'ssis',
    title: 'Order of day and month in texts',
    where: 'Locale of the package and of the server',
    ...oneOf(
      [
        'mdy',
        'Month, day, year (locale en-US)',
        'Texts are read as dates in ISO format or in that of the locale en-US',
      ],
      ['dmy', 'Day, month, year', 'Texts are read as dates in ISO format or with the day before the month'],
    ),
    confidence: 0.9,
  },
  'ssis.collation': {
    tool: 'ssis',
    title: 'Collation of the databases',
    where: 'SERVERPROPERTY or the properties of the database, Collation',
    ...oneOf(
      [
        'ci_as',
        'Without regard to case, with regard to accents (CI_AS)',
        'The database compares texts without regard to case',
      ],
      [
        'ci_ai',
        'Without regard to case and accents (CI_AI)',
        'The database compares texts without regard to case and accents',
      ],
      ['cs_as', 'With regard to case and accents (CS_AS, BIN)', 'The database compares texts with regard to case'],
    ),
    confidence: 0.92,
  },
  'ssis.code_page': {
    tool: 'ssis',
    title: 'Characters outside of the code page of non-Unicode texts',
    where: 'DT_STR columns hold one code page, mostly 1252: look whether the sources have other characters',
    ...oneOf(
      [
        'none',
        'There are none: all characters are kept',
        'Texts of DT_STR have no characters outside of their code page',
      ],
      [
        'replaced_1252',
        'Characters outside of Windows-1252 turn to a question mark',
        'Characters outside of Windows-1252 turn to a question mark in DT_STR',
      ],
    ),
    confidence: 0.95,
  },
  'alteryx.text_comparison': {
    tool: 'alteryx',
    title: 'Comparison of text with =',
    where: 'Try "a" = "A" in a Formula tool',
    ...oneOf(
      ['case_sensitive', 'With regard to case', 'Text is compared with regard to case'],
      ['case_insensitive', 'Without regard to case', 'Text is compared without regard to case'],
    ),
    confidence: 0.94,
  },
  'datastage.null_processing': {
    tool: 'datastage',
    title: 'NULL in a derivation that no function handles',
    where: 'Transformer, stage properties, General, Legacy null processing; jobs from before version 8.5 have it on',
    ...oneOf(
      [
        'propagate',
        'Gives NULL',
        'A NULL in a derivation gives NULL; with legacy null processing the source tool would drop the row',
      ],
      [
        'legacy',
        'Drops the row (legacy null processing)',
        'Legacy null processing: a row whose derivation meets a NULL that no function handles is dropped',
      ],
    ),
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

/** The most that what uses the setting can be trusted: fully once a person has said it. */
export const trustOf = (id: SourceSettingId, said: EtlSettings | undefined): number =>
  saidValue(id, said) === undefined ? sourceSettings[id].confidence : 1;

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
