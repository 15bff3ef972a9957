/** Names that say nothing without their table: of a lookup table `release_status` the column `name` is a release's status. */
const bareNames: ReadonlySet<string> = new Set([
  'name',
  'title',
  'label',
  'value',
  'code',
  'text',
  'description',
  'type',
]);

/** True for a column whose words are one such name. */
export const isBare = ({ words }: { readonly words: readonly string[] }): boolean =>
  words.length === 1 && bareNames.has(words[0] as string);
