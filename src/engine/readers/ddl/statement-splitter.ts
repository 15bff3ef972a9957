import type { Dialect } from '../../../shared/model/schema.ts';
import { Lexer } from './lexer.ts';
import { skipBatchEnd, skipBraces, skipCopyRows, skipLineCommand } from './line-commands.ts';
import { RoutineTracker } from './routine-tracker.ts';
import { syntaxOf } from './syntax.ts';
import type { Statement, Syntax, Token } from './token.ts';

const routineWords: ReadonlySet<string> = new Set([
  'PROCEDURE',
  'PROC',
  'FUNCTION',
  'TRIGGER',
  'PACKAGE',
  'EVENT',
  'MACRO',
  'JAVA',
]);
const objectWords: ReadonlySet<string> = new Set([
  'TABLE',
  'VIEW',
  'INDEX',
  'SEQUENCE',
  'DOMAIN',
  'SCHEMA',
  'DATABASE',
  'SYNONYM',
  'USER',
  'ROLE',
  'EXTENSION',
  'RULE',
  'POLICY',
  'SERVER',
  'TYPE',
  'TABLESPACE',
  ...routineWords,
]);
/** Statements of data: recognised by their first word, their tokens are not kept. */
const dataWords: ReadonlySet<string> = new Set([
  'INSERT',
  'UPDATE',
  'DELETE',
  'MERGE',
  'VALUES',
  'GRANT',
  'REVOKE',
  'COPY',
  'CALL',
  'SET',
]);
const starter =
  /(?:CREATE\s+(?:[A-Z_]+\s+){0,5}?(?:TABLE(?!\s*#)|VIEW|INDEX|PROCEDURE|PROC|FUNCTION|TRIGGER|SEQUENCE|TYPE|DOMAIN|SYNONYM|PACKAGE)|ALTER\s+(?:TABLE|VIEW|SEQUENCE)|COMMENT\s+ON|INSERT\s+INTO|DROP\s+(?:TABLE|VIEW|PROCEDURE|SEQUENCE|TRIGGER)|GRANT\s+\w+|EXEC(?:UTE)?\s+(?:\[?sys\]?\.|\[?dbo\]?\.)?\[?sp_\w+\]?|EXEC(?:UTE)?(?=\s*\(\s*N?'))(?=[\s"[`'(])/iy;
const createTable = /CREATE\s+(?:[A-Z_]+\s+){0,5}?TABLE\s/iy;
const simpleBegin =
  /BEGIN\s*(?:;|$|(?:TRAN|TRANSACTION|WORK|TRY|CATCH|DEFERRED|IMMEDIATE|EXCLUSIVE|ISOLATION|READ)\b)/iy;
const simpleDeclare = /DECLARE\s+(?:@|GLOBAL\s+TEMPORARY|EXTERNAL\s+FUNCTION|\w+\s+(?:\w+\s+)?CURSOR)/iy;
const typeBody = /TYPE\s+BODY\s/iy;
const passWords: ReadonlySet<string> = new Set(['END', 'ELSE', 'TRY', 'CATCH']);
const maxStatementTokens = 2_000_000;

const startsWith = (pattern: RegExp, source: string, at: number): boolean => {
  pattern.lastIndex = at;
  return pattern.test(source);
};

/** Cuts a script of any dialect into statements. Every table definition comes out alone, whatever stands around it. */
export class StatementSplitter {
  readonly #lexer: Lexer;
  readonly #syntax: Syntax;
  readonly #dialect: Dialect | null;
  /** Lines of routines whose end was not found. */
  readonly endless: number[] = [];
  /** Lines with a quote between two statements. */
  readonly strayQuotes: number[] = [];
  #eager = false;
  #tokens: Token[] = [];
  #first: Token | null = null;
  #seen = 0;
  #depth = 0;
  #object = '';
  #keep = true;
  #branch = false;
  #routine: RoutineTracker | null = null;
  #end = 0;

  /** `inBlock`: the text is the body of a block or one that a block runs, whose BEGIN and IF only stand around statements. */
  constructor(
    source: string,
    dialect: Dialect | null,
    { line = 1, inBlock = false }: { readonly line?: number; readonly inBlock?: boolean } = {},
  ) {
    this.#dialect = dialect;
    const syntax = syntaxOf(dialect);
    this.#syntax = inBlock ? { ...syntax, batches: true } : syntax;
    this.#lexer = new Lexer(source, this.#syntax);
    this.#lexer.line = line;
    if (dialect === 'db2' && /@[ \t]*\r?$/m.test(source)) this.#lexer.terminator = '@';
  }

  /** Lines where a quote or comment is not closed. */
  get unclosed(): readonly number[] {
    return this.#lexer.unclosed;
  }

  /** The statements in order. Tokens of data statements are left out after the first three, of SET after a value. */
  *statements(): Generator<Statement> {
    const lexer = this.#lexer;
    while (lexer.skipTrivia() || this.#rewindEndless()) {
      if (this.#skipTerminator()) {
        yield* this.#flush();
        continue;
      }
      if (this.#first === null && this.#skipBetween()) continue;
      const token = lexer.next();
      if (token.word === ';' && this.#endsAtSemicolon()) {
        yield* this.#flush();
        continue;
      }
      if (this.#first !== null && this.#beginsNext(token)) yield* this.#flush();
      if (token.word !== ';' || this.#first !== null) this.#take(token);
    }
    yield* this.#flush();
  }

  /** Over GO, a lone slash or the client's own terminator. */
  #skipTerminator(): boolean {
    const lexer = this.#lexer;
    if (lexer.fresh && skipBatchEnd(lexer)) return true;
    if (lexer.terminator === ';' || !lexer.source.startsWith(lexer.terminator, lexer.pos)) return false;
    lexer.pos += lexer.terminator.length;
    return true;
  }

  /** Over what stands between two statements: commands of client programs, stray quotes. */
  #skipBetween(): boolean {
    const lexer = this.#lexer;
    if (lexer.fresh && skipLineCommand(lexer, this.#syntax)) return true;
    if (skipBraces(lexer)) return true;
    if (lexer.source[lexer.pos] !== "'") return false;
    // No statement begins with a string: the quote is a stray one, and its pair belongs to what follows.
    this.strayQuotes.push(lexer.line);
    lexer.pos += 1;
    return true;
  }

  #endsAtSemicolon(): boolean {
    const routine = this.#routine;
    // PostgreSQL: `CREATE RULE … DO ( INSERT …; UPDATE … )`.
    if (routine === null) return this.#object !== 'RULE' || this.#depth <= 0;
    if (this.#syntax.batches || this.#lexer.terminator !== ';') return false;
    return routine.closed && !((this.#object === 'MACRO' || this.#object === 'TRIGGER') && this.#depth > 0);
  }

  /** A statement begins although the one before has no terminator. */
  #beginsNext(token: Token): boolean {
    if (this.#branch && this.#depth <= 0 && token.word === 'BEGIN') return true;
    if (!token.fresh && !this.#branch) return false;
    if (token.kind !== 'word' || !startsWith(starter, this.#lexer.source, token.start)) return false;
    if (this.#routine !== null) return this.#eager || (this.#syntax.batches && this.#routine.bodyClosed);
    return this.#depth <= 0 || startsWith(createTable, this.#lexer.source, token.start);
  }

  #take(token: Token): void {
    if (this.#first === null && !this.#begin(token)) return;
    if (token.word === '(') this.#depth += 1;
    else if (token.word === ')') this.#depth -= 1;
    if (this.#object === '' && this.#seen < 16 && this.#first?.word !== 'COMMENT' && objectWords.has(token.word))
      this.#setObject(token);
    this.#routine?.step(token);
    this.#seen += 1;
    this.#end = token.end;
    if (this.#keeps()) this.#tokens.push(token);
  }

  #keeps(): boolean {
    if (this.#keep && this.#tokens.length < maxStatementTokens) return true;
    return this.#seen <= (this.#first?.word === 'SET' ? 4 : 3);
  }

  /** False for words that only open or close a block around statements. */
  #begin(token: Token): boolean {
    const { word } = token;
    const { source } = this.#lexer;
    if (passWords.has(word)) return false;
    if (word === 'BEGIN' && (this.#syntax.batches || startsWith(simpleBegin, source, token.start))) return false;
    this.#first = token;
    this.#branch = word === 'IF' || word === 'WHILE';
    this.#keep = !dataWords.has(word) && !this.#branch;
    this.#lexer.guardStrings = word === 'CREATE' || word === 'ALTER' || word === 'COMMENT';
    if (word === 'PROCEDURE' || word === 'FUNCTION') this.#startRoutine(word);
    else if (
      word === 'BEGIN' ||
      (word === 'DECLARE' && !this.#syntax.batches && !startsWith(simpleDeclare, source, token.start))
    )
      this.#startRoutine('BLOCK');
    return true;
  }

  #setObject({ word, start }: Token): void {
    const first = this.#first?.word;
    if (first !== 'CREATE' && first !== 'ALTER' && first !== 'REPLACE' && first !== 'RECREATE') return;
    this.#object = word;
    if (first === 'ALTER' && !this.#syntax.batches) return;
    // T-SQL's PARTITION FUNCTION is one line, no routine.
    if (routineWords.has(word) && this.#tokens.at(-1)?.word !== 'PARTITION') this.#startRoutine(word);
    else if (startsWith(typeBody, this.#lexer.source, start)) this.#startRoutine('PACKAGE');
  }

  #startRoutine(object: string): void {
    const first = this.#first;
    if (first === null) return;
    this.#keep = false;
    this.#lexer.guardStrings = false;
    const lineEnd = this.#lexer.source.indexOf('\n', first.start);
    const declares = this.#syntax.oracle || this.#dialect === null || this.#dialect === 'ansi';
    this.#routine = new RoutineTracker(first, lineEnd === -1 ? this.#lexer.source.length : lineEnd, object, {
      batches: this.#syntax.batches,
      declares,
    });
  }

  /** At the end of the script a routine is still open: what it swallowed is read again, ending it at the next statement. */
  #rewindEndless(): boolean {
    const routine = this.#routine;
    if (routine === null || routine.closed || this.#eager) return false;
    this.endless.push(routine.startLine);
    this.#eager = true;
    this.#lexer.pos = routine.resumeAt;
    this.#lexer.line = routine.startLine;
    return this.#lexer.skipTrivia();
  }

  *#flush(): Generator<Statement> {
    const first = this.#first;
    const tokens = this.#tokens;
    if (first !== null && tokens.length > 0) {
      if (
        first.word === 'COPY' &&
        /\bSTDIN\b/i.test(this.#lexer.source.slice(Math.max(first.start, this.#end - 200), this.#end))
      )
        skipCopyRows(this.#lexer);
      yield { tokens, line: first.line, start: first.start, end: this.#end };
    }
    this.#tokens = [];
    this.#first = null;
    this.#seen = 0;
    this.#depth = 0;
    this.#object = '';
    this.#keep = true;
    this.#branch = false;
    this.#routine = null;
    this.#lexer.guardStrings = false;
  }
}
