/** A text that a regular expression finds, for rows that are generated to be taken apart by it. */

/** What stands before and after the number that tells one text from another. */
export interface PatternSample {
  readonly before: string;
  readonly after: string;
}

const maxLength = 400;
const maxDepth = 20;
const escapes: ReadonlyMap<string, string> = new Map([
  ['d', '7'],
  ['w', 'a'],
  ['s', ' '],
  ['D', 'x'],
  ['S', 'x'],
  ['W', '-'],
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['b', ''],
  ['B', ''],
]);

/** One character at a time; the number goes to the first place that takes any number of digits. */
class Sampler {
  private readonly pattern: string;
  private at = 0;
  private parts = ['', ''];
  private slot: 0 | 1 = 0;
  private depth = 0;

  constructor(pattern: string) {
    this.pattern = pattern.replace(/^\(\?[ims]+\)/, '');
  }

  sample(): PatternSample | null {
    if (this.pattern.length > maxLength || !this.alternatives() || this.at < this.pattern.length) return null;
    const [before = '', after = ''] = this.parts;
    return this.slot === 1 ? { before, after } : null;
  }

  /** The first alternative is taken; the others are read over. */
  private alternatives(): boolean {
    if (!this.sequence()) return false;
    while (this.pattern[this.at] === '|') {
      this.at += 1;
      const [parts, slot] = [[...this.parts], this.slot];
      if (!this.sequence()) return false;
      [this.parts, this.slot] = [parts, slot];
    }
    return true;
  }

  private sequence(): boolean {
    while (this.at < this.pattern.length && this.pattern[this.at] !== '|' && this.pattern[this.at] !== ')') {
      const [parts, slot] = [[...this.parts], this.slot];
      const atom = this.atom();
      if (atom === null) return false;
      const [least, many] = this.quantifier();
      if (atom.group) {
        if (least === 0) [this.parts, this.slot] = [parts, slot];
        else if (least > 1) return false;
      } else if (many && atom.digits && this.slot === 0) this.slot = 1;
      else this.write(atom.text.repeat(least));
    }
    return true;
  }

  private write(text: string): void {
    this.parts[this.slot] = `${this.parts[this.slot] ?? ''}${text}`;
  }

  private atom(): { readonly text: string; readonly digits: boolean; readonly group: boolean } | null {
    const char = this.pattern[this.at] ?? '';
    this.at += 1;
    const plain = (text: string, digits = false) => ({ text, digits, group: false });
    if (char === '(') return this.group();
    if (char === '[') return this.characterClass();
    if (char === '^' || char === '$') return plain('');
    if (char === '.') return plain('x', true);
    if (char !== '\\') return '*+?{'.includes(char) ? null : plain(char);
    const escaped = this.pattern[this.at] ?? '';
    this.at += 1;
    if (/[1-9pPkxuQE]/.test(escaped)) return null;
    return plain(escapes.get(escaped) ?? escaped, /[dwS]/.test(escaped));
  }

  private group(): { readonly text: string; readonly digits: boolean; readonly group: boolean } | null {
    if (this.pattern.startsWith('?:', this.at)) this.at += 2;
    else if (this.pattern[this.at] === '?') return null;
    this.depth += 1;
    if (this.depth > maxDepth || !this.alternatives() || this.pattern[this.at] !== ')') return null;
    this.depth -= 1;
    this.at += 1;
    return { text: '', digits: false, group: true };
  }

  private characterClass(): { readonly text: string; readonly digits: boolean; readonly group: boolean } | null {
    const end = this.pattern.indexOf(']', this.at + (/^\^?\]/.exec(this.pattern.slice(this.at))?.[0].length ?? 0));
    if (end === -1) return null;
    const text = this.pattern.slice(this.at, end);
    this.at = end + 1;
    const digits = /^[^^].*0-9|^0-9|\\[dw]/.test(text) && !text.startsWith('^');
    if (text.startsWith('^')) {
      const free = ['x', '7', ' ', '-'].find((one) => !text.includes(one)) ?? null;
      return free === null ? null : { text: free, digits: !/\d|\\[dw]/.test(text), group: false };
    }
    const first = text.startsWith('\\') ? (escapes.get(text[1] ?? '') ?? text[1] ?? '') : (text[0] ?? '');
    return { text: digits ? '7' : first, digits, group: false };
  }

  /** How often at least, at most once where it may be left out, and whether any number will do. */
  private quantifier(): readonly [number, boolean] {
    const [whole = '', braces, low] = /^(?:[*+?]|(\{(\d+)(?:,\d*)?\}))[?+]?/.exec(this.pattern.slice(this.at)) ?? [];
    this.at += whole.length;
    if (whole === '') return [1, false];
    if (braces === undefined) return [whole.startsWith('+') ? 1 : 0, !whole.startsWith('?')];
    return [Math.min(50, Number(low)), braces.endsWith(',}')];
  }
}

/** A text in which RE2 finds `pattern`, whatever number stands in the middle; null where none is found simply. */
export function samplePattern(pattern: string): PatternSample | null {
  return new Sampler(pattern).sample();
}
