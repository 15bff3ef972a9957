/** What a column of values means, judged by the values first and by its name where values alone do not tell. */

interface ValueTest {
  readonly type: string;
  readonly share: number;
  readonly test: (value: string) => boolean;
}

const matching = (type: string, share: number, pattern: RegExp): ValueTest => ({
  type,
  share,
  test: (value) => pattern.test(value),
});

const byValue: readonly ValueTest[] = [
  matching('email', 0.9, /^[^\s@]{1,64}@[^\s@]{1,180}\.[A-Za-z]{2,24}$/),
  matching('url', 0.9, /^https?:\/\/\S+$/i),
  matching('uuid', 0.95, /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i),
  { type: 'iban', share: 0.9, test: isIban },
  matching('ip_address', 0.95, /^(\d{1,3}\.){3}\d{1,3}$/),
  { type: 'date_text', share: 0.8, test: isDateText },
  matching('tax_number', 0.9, /^(\d{3}-\d{2}-\d{4}|\d{2}-\d{7})$/),
  matching('phone', 0.8, /^(\+\d{1,3}[ .-]?)?(\(\d{2,4}\)[ .-]?|\d{2,4}[ .-])\d{3,4}[ .-]?\d{2,4}([ .-]?\d{2,4})?$/),
  matching('postcode', 0.9, /^(\d{5}-\d{4}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]\d[A-Z] \d[A-Z]\d)$/),
];

const nameHints: readonly {
  readonly type: string;
  readonly tokens: readonly string[];
  readonly shape: RegExp;
  readonly share: number;
}[] = [
  {
    type: 'postcode',
    tokens: ['zip', 'postcode', 'postal', 'plz', 'zipcode', 'postalcode'],
    shape: /^[A-Z0-9][A-Z0-9 -]{2,9}$/i,
    share: 0.9,
  },
  {
    type: 'phone',
    tokens: ['phone', 'ph', 'tel', 'telephone', 'mobile', 'fax', 'cell'],
    shape: /^[-+(). \d]{7,20}$/,
    share: 0.8,
  },
  { type: 'email', tokens: ['email', 'mail'], shape: /@/, share: 0.6 },
  {
    type: 'address',
    tokens: ['addr', 'address', 'street', 'strt', 'strasse'],
    shape: /^(?=.*[\p{L}])(?=.*\d).{4,}$/u,
    share: 0.6,
  },
  { type: 'city', tokens: ['city', 'town', 'municipality'], shape: /^[\p{L}][\p{L} .'-]*$/u, share: 0.8 },
  {
    type: 'name',
    tokens: ['name', 'nm', 'firstname', 'lastname', 'surname', 'fname', 'lname'],
    shape: /^[\p{L}][\p{L}\p{N} .,&'()-]*$/u,
    share: 0.8,
  },
];

const flags: readonly (readonly string[])[] = [
  ['y', 'n'],
  ['yes', 'no'],
  ['t', 'f'],
  ['true', 'false'],
  ['0', '1'],
  ['j', 'n'],
  ['x'],
];

/** `values` are non-null sample values; null where nothing fits well. */
export function semanticTypeOf(name: string, values: readonly string[], distinct: number): string | null {
  const filled = values.map((value) => value.trim()).filter((value) => value !== '');
  if (filled.length === 0) return null;
  const share = (test: (value: string) => boolean): number => filled.filter(test).length / filled.length;
  const different = new Set(filled.map((value) => value.toLowerCase()));
  if (distinct <= 2 && flags.some((flag) => [...different].every((value) => flag.includes(value)))) return 'flag';
  for (const candidate of byValue) {
    if (share(candidate.test) >= candidate.share) return candidate.type;
  }
  const tokens = nameTokens(name);
  for (const hint of nameHints) {
    if (hint.tokens.some((token) => tokens.includes(token)) && share((value) => hint.shape.test(value)) >= hint.share)
      return hint.type;
  }
  if (share((value) => /^[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?$/.test(value)) >= 0.95) return 'number_text';
  if (
    filled.length >= 20 &&
    different.size <= Math.max(12, filled.length * 0.05) &&
    share((value) => /^[\p{L}\p{N}_./-]{1,12}$/u.test(value)) >= 0.95
  )
    return 'code';
  return null;
}

/** Lower-case words of a column name: snake, kebab, camel case and letters next to digits. */
export function nameTokens(name: string): readonly string[] {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== '');
}

/** Dates written as text: YYYYMMDD (with 00000000 for none), and the usual separated ways. */
export function isDateText(value: string): boolean {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
  if (compact !== null)
    return value === '00000000' || (inYears(compact[1]) && inRange(compact[2], 12) && inRange(compact[3], 31));
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([ T]\d{1,2}:\d{2}.{0,20})?$/.exec(value);
  if (iso !== null) return inYears(iso[1]) && inRange(iso[2], 12) && inRange(iso[3], 31);
  const local = /^(\d{1,2})[-/.](\d{1,2}|[A-Za-z]{3})[-/.](\d{4}|\d{2})([ T]\d{1,2}:\d{2}.{0,20})?$/.exec(value);
  return local !== null && inRange(local[1], 31) && (/[A-Za-z]/.test(local[2] ?? '') || inRange(local[2], 31));
}

function inYears(year: string | undefined): boolean {
  return Number(year) >= 1850 && Number(year) <= 2199;
}

function inRange(text: string | undefined, most: number): boolean {
  return Number(text) >= 1 && Number(text) <= most;
}

function isIban(value: string): boolean {
  const compact = value.replaceAll(' ', '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false;
  let remainder = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const number = Number.parseInt(character, 36);
    remainder = (remainder * (number > 9 ? 100 : 10) + number) % 97;
  }
  return remainder === 1;
}
