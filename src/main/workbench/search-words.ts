/** The words of a search, in lower case; a dot parts them like a space. */
export function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[\s.]+/)
    .filter((word) => word !== '');
}
