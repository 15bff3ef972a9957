const SUBJECTS = [
  'customer',
  'account',
  'meter',
  'service location',
  'invoice',
  'payment',
  'contract',
  'tariff',
  'usage',
  'order',
  'employee',
  'supplier',
  'product',
  'shipment',
  'claim',
  'policy',
  'subscriber',
  'device',
  'ledger',
  'campaign',
] as const;
const ROLES = [
  '',
  ' history',
  ' detail',
  ' header',
  ' address',
  ' status',
  ' balance',
  ' audit',
  ' staging',
  ' reference',
] as const;
const QUALIFIERS = [
  '',
  'prev',
  'curr',
  'last',
  'orig',
  'eff',
  'net',
  'gross',
  'tot',
  'min',
  'max',
  'bill',
  'ship',
  'ext',
] as const;
const NOUNS = [
  ['cust', 'customer'],
  ['acct', 'account'],
  ['mtr', 'meter'],
  ['serv_loc', 'service_location'],
  ['inv', 'invoice'],
  ['pymt', 'payment'],
  ['cntrct', 'contract'],
  ['rt', 'rate'],
  ['kwh', 'usage'],
  ['ord', 'order'],
  ['emp', 'employee'],
  ['vndr', 'supplier'],
  ['prod', 'product'],
  ['shp', 'shipment'],
  ['clm', 'claim'],
  ['plcy', 'policy'],
] as const;
const ENDINGS = [
  ['nbr', 'number', 'VARCHAR2(20)'],
  ['id', 'identifier', 'NUMBER(12)'],
  ['dt', 'date', 'DATE'],
  ['cd', 'code', 'CHAR(4)'],
  ['amt', 'amount', 'DECIMAL(15,2)'],
  ['nm', 'name', 'VARCHAR(80)'],
  ['desc', 'description', 'NVARCHAR(255)'],
  ['flg', 'flag', 'CHAR(1)'],
  ['ts', 'timestamp', 'TIMESTAMP'],
  ['qty', 'quantity', 'INTEGER'],
  ['pct', 'percent', 'NUMERIC(5,2)'],
] as const;

/**
 * Distinct descriptions of table columns in the conventions that legacy schemas mix: abbreviated and written out, upper
 * and lower case, with underscores and without. The same size always gives the same texts.
 */
export function columnTexts(size: number): readonly string[] {
  const next = sequence(size);
  const texts = new Set<string>();
  while (texts.size < size) texts.add(columnText(next, texts.size));
  return [...texts];
}

function columnText(next: (below: number) => number, serial: number): string {
  const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
  const long = next(2) as 0 | 1;
  const ending = pick(ENDINGS);
  const words: string[] = [pick(QUALIFIERS), pick(NOUNS)[long], ending[long]].filter((word) => word.length > 0);
  // Wide legacy tables number repeated columns; the number also keeps large benchmarks distinct.
  if (next(4) === 0) words.push(String(serial % 1000));
  const table = `${pick(SUBJECTS)}${pick(ROLES)}`;
  return `${table} table: ${spelled(words, next(3))}, ${ending[2]}`;
}

function spelled(words: readonly string[], convention: number): string {
  const joined = words.join('_');
  if (convention === 0) return joined.toUpperCase();
  if (convention === 1) return joined;
  return joined.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** A seeded sequence of whole numbers (the generator of Numerical Recipes, its upper bits). */
function sequence(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
