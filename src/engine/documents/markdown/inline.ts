/**
 * Markdown that is safe to put anywhere in a line. Only this file makes `Inline` out of text, so a template cannot forget to
 * escape: `md` takes `Inline` and counts, never a plain string.
 */
import { redactSecrets } from '../../bundle/redact-secrets.ts';

declare const safe: unique symbol;
/** A piece of one line of Markdown, free of line breaks and escaped. */
export type Inline = string & { readonly [safe]: true };

/** Longest customer text that a line shows; the whole of it is in the JSON and CSV files of the bundle. */
const TEXT_LIMIT = 400;
const CODE_LIMIT = 240;

/** Control, bidirectional and other invisible characters would make a reader see something else than what is there. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** One line of visible characters, cut to `limit`, without the secrets that were found in it. */
export function oneLine(value: string, limit: number): string {
  const head = value.length > limit * 8 ? value.slice(0, limit * 8) : value;
  const line = redactSecrets(head).text.replace(/\s+/g, ' ').trim().replace(invisible, '\uFFFD');
  const characters = Array.from(line);
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
  '@': '&#64;',
};

/** Customer text as prose: shown literally, whatever Markdown or HTML it resembles. Empty text is a dash. */
export function text(value: string | null, limit = TEXT_LIMIT): Inline {
  const line = oneLine(value ?? '', limit);
  if (line === '') return '—' as Inline;
  const escaped = line
    .replace(/[\\`*{[\]~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/[&<>|@]/g, (character) => entities[character] ?? character)
    .replace(/:\/\//g, '&#58;//')
    .replace(/www\./gi, (match) => `${match.slice(0, 3)}&#46;`)
    .replace(/^([-+=#])/, '\\$1')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replaceAll('\\[removed secret\\]', '[removed secret]');
  return escaped as Inline;
}

/** Customer text as code: names, types, expressions. Falls back to prose where a code span could not hold it in a table. */
export function code(value: string | null, limit = CODE_LIMIT): Inline {
  const line = oneLine(value ?? '', limit);
  if (line === '') return '—' as Inline;
  if (line.includes('\\|')) return text(line, limit);
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}` as Inline;
}

/** Length of the longest run of backticks. */
export function longestRun(value: string): number {
  return (value.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
}

/** A line of a template. What is put in is already safe; numbers are written with grouped digits. */
export function md(strings: TemplateStringsArray, ...values: readonly (Inline | number)[]): Inline {
  const parts = strings.map((part, i) => {
    const value = values[i];
    return part + (value === undefined ? '' : typeof value === 'number' ? count(value) : value);
  });
  return parts.join('') as Inline;
}

export function joinInline(parts: readonly Inline[], separator: ', ' | '; ' | ' ' = ', '): Inline {
  return parts.join(separator) as Inline;
}

/** 41208 is "41,208"; what is no number is a dash. */
export function count(value: number | null): Inline {
  if (value === null || !Number.isFinite(value)) return '—' as Inline;
  const [digits = '0', decimals = '00'] = Math.abs(value).toFixed(2).split('.');
  const grouped = digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
  const fraction = decimals === '00' ? '' : `.${decimals.replace(/0$/, '')}`;
  return `${value < 0 ? '-' : ''}${grouped}${fraction}` as Inline;
}

/** "1 table", "23 tables". */
export function plural(value: number, one: string, many = `${one}s`): Inline {
  return `${count(value)} ${value === 1 ? one : many}` as Inline;
}

/** A score of 0..1 with two places, rounded down so that 0.799 never looks like 0.80. */
export function score(value: number | null): Inline {
  if (value === null || !Number.isFinite(value)) return '—' as Inline;
  return (Math.floor(Math.min(1, Math.max(0, value)) * 100 + 1e-9) / 100).toFixed(2) as Inline;
}

/** "99.2 %", never "100 %" for less than all. */
export function percent(part: number, whole: number): Inline {
  if (!(whole > 0) || !Number.isFinite(part)) return '—' as Inline;
  if (part >= whole) return '100 %' as Inline;
  const tenths = Math.floor((part / whole) * 1000 + 1e-9);
  return (tenths === 0 && part > 0 ? '< 0.1 %' : `${(tenths / 10).toFixed(1)} %`).replace('<', '&lt;') as Inline;
}
