/** What a column is for, told from its last words, type and place: an identifier and an amount are no counterparts. */
import type { Column } from '../../shared/model/schema.ts';

export const columnRoles = [
  'identifier',
  'code',
  'flag',
  'name',
  'text',
  'amount',
  'quantity',
  'date',
  'time',
  'contact',
  'place',
  'other',
] as const;
export type ColumnRole = (typeof columnRoles)[number];

const roleOfWord: ReadonlyMap<string, ColumnRole> = new Map<string, ColumnRole>(
  (
    [
      ['identifier', 'identifier id key number uuid guid code_number'],
      [
        'code',
        'code type class category status kind state indicator reason method group concept unit currency language gender sex race ethnicity level grade stage source',
      ],
      ['flag', 'flag active enabled deleted yes is has'],
      ['name', 'name title label surname forename username first last middle'],
      ['text', 'description note comment text remark message memo detail value content abstract'],
      [
        'amount',
        'amount price cost fee charge balance tax total salary payment rate revenue income debit credit interest discount',
      ],
      [
        'quantity',
        'quantity count length width height weight size duration age score rank percent volume area capacity reading usage',
      ],
      ['date', 'date day month year birth death'],
      ['time', 'time timestamp datetime hour minute second created updated modified'],
      ['contact', 'phone email fax website mobile web url'],
      ['place', 'address street city country county region district province postal location latitude longitude house'],
    ] as const
  ).flatMap(([role, words]) => words.split(' ').map((word): [string, ColumnRole] => [word, role])),
);

/** The role by the last word that has one, corrected by the type where the type leaves no doubt. */
export function columnRole(words: readonly string[], column: Pick<Column, 'type'>): ColumnRole {
  const named = roleByName(words);
  if (column.type === 'boolean') return 'flag';
  if (column.type === 'date' && named !== 'time') return 'date';
  if (column.type === 'timestamp') return named === 'date' ? 'date' : 'time';
  return named ?? 'other';
}

function roleByName(words: readonly string[]): ColumnRole | null {
  for (let i = words.length - 1; i >= 0; i -= 1) {
    const role = roleOfWord.get(words[i] as string);
    if (role !== undefined) return role;
  }
  return null;
}
