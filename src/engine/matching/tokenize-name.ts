/** Cutting identifiers into words: `CUST_ACCT_NBR`, `custAcctNbr`, `Cust-Acct 2` all give their parts in lower case. */

const MAX_NAME = 300;

const isPlain = /^[\x20-\x7e]*$/;

/** Letters without their accents, ß as ss. Other scripts stay as they are. */
export function plainLetters(text: string): string {
  if (isPlain.test(text)) return text;
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae');
}

/** Parts of a name in order, lower case, without accents; digits are parts of their own. Only the first 300 characters are read. */
export function tokenizeName(name: string): readonly string[] {
  const spaced = plainLetters(name.slice(0, MAX_NAME))
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replaceAll(/(\p{L})(\d)/gu, '$1 $2')
    .replaceAll(/(\d)(\p{L})/gu, '$1 $2');
  return spaced.toLowerCase().match(/[\p{L}]+|\d+/gu) ?? [];
}

/** A name reduced to its letters and digits: equal for names that differ in case, accents and separators only. */
export function squeezeName(name: string): string {
  return plainLetters(name.slice(0, MAX_NAME))
    .toLowerCase()
    .replaceAll(/[^\p{L}\d]/gu, '');
}
