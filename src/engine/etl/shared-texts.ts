/** Longer texts are seldom there twice. */
const longestShared = 64;

/** A piece of a longer text keeps all of it in memory; its copy does not. Pieces below 13 characters are copies anyway. */
const copyOf = (text: string): string => (text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le'));

/** The texts of one file, which says the same names over and over: each once, and apart from the file's own text. */
export class SharedTexts {
  private readonly texts = new Map<string, string>();

  own(text: string): string {
    if (text.length > longestShared) return copyOf(text);
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    const copy = copyOf(text);
    this.texts.set(copy, copy);
    return copy;
  }
}
