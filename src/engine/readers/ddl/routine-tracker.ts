import type { Token } from './token.ts';

const blockWords: ReadonlySet<string> = new Set(['IF', 'LOOP', 'WHILE', 'REPEAT', 'FOR']);
const transactionWords: ReadonlySet<string> = new Set([
  'TRAN',
  'TRANSACTION',
  'WORK',
  'DISTRIBUTED',
  'DIALOG',
  'CONVERSATION',
]);

/** Follows the blocks of a procedure, trigger or anonymous block to find where it ends. */
export class RoutineTracker {
  readonly startLine: number;
  /** Where the script is read again if the routine turns out to have no end. */
  readonly resumeAt: number;
  readonly #object: string;
  readonly #batches: boolean;
  readonly #declares: boolean;
  #level = 0;
  #depth = 0;
  #bodySeen = false;
  #declareOpen = false;
  #afterAs = false;
  #asSeen = false;
  #previous = '';

  constructor(
    first: Token,
    resumeAt: number,
    object: string,
    options: { readonly batches: boolean; readonly declares: boolean },
  ) {
    this.startLine = first.line;
    this.resumeAt = resumeAt;
    this.#object = object;
    this.#batches = options.batches;
    this.#declares = options.declares;
    // Java source has no SQL in it: it goes to the slash that ends the command.
    if (object === 'JAVA') this.#level = 1;
  }

  /** All blocks that were opened are closed. */
  get closed(): boolean {
    return this.#level === 0 && !this.#declareOpen;
  }

  get bodyClosed(): boolean {
    return this.#bodySeen && this.closed;
  }

  step(token: Token): void {
    const { word } = token;
    if (this.#object === 'JAVA') return;
    if (word === '(') this.#depth += 1;
    else if (word === ')') this.#depth -= 1;
    if (this.#afterAs) this.#openDeclarations(token);
    this.#level = Math.max(0, this.#level + this.#levelChange(word));
    if (word === 'BEGIN') this.#openBody();
    else if (this.#level === 0) this.#stepOutside(word);
    this.#previous = word;
  }

  /** CASE is closed by END like a block; IF and loops close with END IF, so that their END counts for nothing. */
  #levelChange(word: string): number {
    switch (word) {
      case 'BEGIN':
        return 1;
      case 'END':
        return -1;
      // Oracle: the timing points of a compound trigger stand before its own END.
      case 'COMPOUND':
        return this.#object === 'TRIGGER' && !this.#bodySeen ? 1 : 0;
      case 'CASE':
        return this.#previous === 'END' ? 0 : 1;
      default:
        if (this.#previous === 'BEGIN' && transactionWords.has(word)) return -1;
        return this.#previous === 'END' && blockWords.has(word) && !this.#batches ? 1 : 0;
    }
  }

  #stepOutside(word: string): void {
    if (word === 'DECLARE') this.#declareOpen = !this.#batches;
    if ((word !== 'AS' && word !== 'IS') || this.#asSeen || this.#depth !== 0) return;
    this.#asSeen = true;
    this.#afterAs = this.#object === 'PACKAGE' || (this.#declares && this.#object !== 'TRIGGER');
  }

  #openBody(): void {
    this.#bodySeen = true;
    this.#declareOpen = false;
  }

  /** Between IS and BEGIN stand declarations, each with its own semicolon; a package has no BEGIN at all. */
  #openDeclarations(token: Token): void {
    this.#afterAs = false;
    if (this.#object === 'PACKAGE') this.#level = 1;
    else if (token.kind !== 'string' && token.word !== 'LANGUAGE' && token.word !== 'EXTERNAL')
      this.#declareOpen = true;
  }
}
