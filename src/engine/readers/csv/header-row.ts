const numberLike = /^[-+]?[\d.,]+%?$/;
const dateLike = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/;

function isValueLike(cell: string): boolean {
  return numberLike.test(cell) || dateLike.test(cell);
}

/** Whether the first record names the columns: names are short, differ, and are not values of their column. */
export function looksLikeHeader(cells: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const names = cells.map((cell) => cell.trim());
  const filled = names.filter((name) => name !== '');
  if (filled.length === 0 || filled.length * 2 < names.length) return false;
  if (filled.some((name) => name.length > 128) || !valuesAreYears(filled)) return false;
  const valuesBelow = rows.some((row) =>
    row.some((cell, index) => isValueLike(cell.trim()) && (names[index] ?? '') !== ''),
  );
  if (valuesBelow) return true;
  if (new Set(filled.map((name) => name.toLowerCase())).size < filled.length * 0.8) return false;
  return !names.some((name, index) => name !== '' && rows.some((row) => (row[index] ?? '').trim() === name));
}

/** Numbers name columns only as years beside other names, as in a pivoted extract. */
function valuesAreYears(names: readonly string[]): boolean {
  const values = names.filter(isValueLike);
  if (values.length === 0) return true;
  return values.length < names.length && values.every((name) => /^(19|20)\d\d$/.test(name));
}
