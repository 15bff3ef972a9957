/** Scripts of control flow as single statements, each with the conditions that it stands under. */
import { symbolOf, wordOf, type SqlToken } from '../../sql/sql-tokens.ts';

export interface ScriptPart {
  readonly tokens: readonly SqlToken[];
  /** Names of the conditions (see `conditions`) that decide whether it runs. */
  readonly when: readonly { readonly condition: number; readonly holds: boolean }[];
}

export interface SplitScript {
  readonly parts: readonly ScriptPart[];
  /** Conditions of IF by their number, and the part before which each is evaluated. */
  readonly conditions: readonly { readonly tokens: readonly SqlToken[]; readonly before: number }[];
  /** Why the script cannot be cut into statements; null where it can. */
  readonly refusal: string | null;
}

const starters: ReadonlySet<string> = new Set(
  (
    'select insert update delete truncate create drop alter exec execute declare set if merge with begin end print return use commit ' +
    'rollback while go raiserror throw waitfor grant revoke deny else save dbcc bulk fetch open close deallocate goto'
  ).split(' '),
);
/** Words after which another starter belongs to the same statement. */
const continues: ReadonlySet<string> = new Set('union all except intersect as then on instead for with'.split(' '));
/** Starters that a statement with this head holds once. */
const within: Readonly<Record<string, readonly string[]>> = {
  insert: ['select', 'exec', 'execute', 'with'],
  update: ['set', 'with'],
  delete: ['with'],
  select: ['with'],
  with: ['select', 'insert', 'update', 'delete', 'merge'],
  merge: ['with'],
  drop: ['if'],
  create: ['with', 'select'],
  alter: ['drop', 'with', 'alter', 'set'],
};
const maximumDepth = 20;
const maximumParts = 500;

class Splitter {
  private readonly tokens: readonly SqlToken[];
  private at = 0;
  readonly parts: ScriptPart[] = [];
  readonly conditions: { tokens: readonly SqlToken[]; before: number }[] = [];
  refusal: string | null = null;

  constructor(tokens: readonly SqlToken[]) {
    this.tokens = tokens;
  }

  private word(offset = 0): string {
    return wordOf(this.tokens[this.at + offset]);
  }

  /** Statements up to the END of the block, or to the end of the script. */
  block(when: ScriptPart['when'], depth: number): void {
    while (this.at < this.tokens.length && this.refusal === null) {
      if (this.word() === 'end') {
        this.at += 1;
        if (depth > 0) return;
        continue;
      }
      this.statement(when, depth);
    }
  }

  statement(when: ScriptPart['when'], depth: number): void {
    if (depth > maximumDepth || this.parts.length > maximumParts) {
      this.refusal = 'it is too long or nested too deep';
      return;
    }
    const word = this.word();
    if (this.tokens[this.at]?.text === ';' || word === 'go') this.at += 1;
    else if (word === 'if') this.choice(when, depth);
    else if (word === 'while') this.refusal = 'it has a loop (WHILE)';
    else if (word === 'begin' && this.word(1) === 'try') this.refusal = 'it handles errors (TRY)';
    else if (word === 'begin' && !/^(?:tran|transaction|distributed)$/.test(this.word(1))) {
      this.at += 1;
      this.block(when, depth + 1);
    } else this.parts.push({ tokens: this.plain(), when });
  }

  private choice(when: ScriptPart['when'], depth: number): void {
    this.at += 1;
    const from = this.at;
    let open = 0;
    for (; this.at < this.tokens.length; this.at += 1) {
      const symbol = symbolOf(this.tokens[this.at]);
      if (symbol === '(') open += 1;
      if (symbol === ')') open -= 1;
      if (open === 0 && starters.has(this.word())) break;
    }
    const condition = this.conditions.length;
    this.conditions.push({ tokens: this.tokens.slice(from, this.at), before: this.parts.length });
    this.statement([...when, { condition, holds: true }], depth + 1);
    while (this.tokens[this.at]?.text === ';') this.at += 1;
    if (this.word() !== 'else') return;
    this.at += 1;
    this.statement([...when, { condition, holds: false }], depth + 1);
  }

  private plain(): readonly SqlToken[] {
    const from = this.at;
    const head = this.word();
    let open = 0;
    const used = new Set<string>();
    for (this.at += 1; this.at < this.tokens.length; this.at += 1) {
      const symbol = symbolOf(this.tokens[this.at]);
      if (symbol === '(') open += 1;
      if (symbol === ')') open -= 1;
      if (open > 0) continue;
      if (symbol === ';') break;
      if (!starters.has(this.word()) || this.belongs(head, from, used)) continue;
      break;
    }
    return this.tokens.slice(from, this.at);
  }

  /** Whether the starter at hand is part of the statement that begins at `from`. */
  private belongs(head: string, from: number, used: Set<string>): boolean {
    const word = this.word();
    if (head === 'merge' && word !== 'go') return true;
    if ((word === 'end' || word === 'else') && this.hasCase(from)) return true;
    if (continues.has(this.word(-1))) return true;
    return (within[head] ?? []).includes(word) && used.size < used.add(word).size;
  }

  /** Whether a CASE of the statement is still open here. */
  private hasCase(from: number): boolean {
    let open = 0;
    for (let index = from; index < this.at; index += 1) {
      const word = wordOf(this.tokens[index]);
      if (word === 'case') open += 1;
      if (word === 'end') open -= 1;
    }
    return open > 0;
  }
}

/** T-SQL, where a statement ends where the next one begins. */
export function splitTsql(tokens: readonly SqlToken[]): SplitScript {
  const splitter = new Splitter(tokens);
  splitter.block([], 0);
  return splitter;
}

/** Other databases: statements end with `;`. A block of a procedural language is refused. */
export function splitAtSemicolons(tokens: readonly SqlToken[]): SplitScript {
  const parts: SqlToken[][] = [[]];
  for (const token of tokens) {
    if ([';', '\\'].includes(symbolOf(token))) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  const found = parts.filter((part) => part.some((token) => token.text !== '/'));
  const block = found.some((part) => /^(?:declare|begin)$/.test(wordOf(part[0])));
  return {
    parts: found.map((part) => ({ tokens: part, when: [] })),
    conditions: [],
    refusal: block ? 'it has a block of a procedural language' : null,
  };
}
