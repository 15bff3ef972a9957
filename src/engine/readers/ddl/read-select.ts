/** The columns that a query gives, as far as its text and the tables that are known tell. */
import type { Dialect } from '../../../shared/model/schema.ts';
import type { StatementContext } from './catalogue.ts';
import { newColumnDraft, type ColumnDraft } from './column-draft.ts';
import type { QueryColumns } from './query-columns.ts';
import { isName, readColumnList, readIdentifier, readNameParts, tableNameOf } from './read-name.ts';
import { columnsOf, readSelectItem, type SelectScope, type Source } from './read-select-item.ts';
import { readValueType } from './read-value-type.ts';
import { TokenCursor } from './token-cursor.ts';

const maxDepth = 20;
const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const selectWords = words('SELECT SEL WITH VALUES FROM LOCKING LOCK');
const setWords = words('UNION INTERSECT MINUS EXCEPT');
const endOfList = words('FROM INTO WHERE');
const endOfFrom = words('WHERE GROUP ORDER HAVING QUALIFY LIMIT FETCH WINDOW CONNECT START SELECT OPTION OFFSET');
/** A table follows, or goes on to follow. */
const passWords = words(', JOIN APPLY STRAIGHT_JOIN LATERAL ONLY');
const joinWords = words('INNER LEFT RIGHT FULL CROSS NATURAL OUTER ON USING SEMI ANTI ASOF');
const notAliases = words(
  'INNER LEFT RIGHT FULL CROSS NATURAL OUTER ON USING SEMI ANTI ASOF JOIN APPLY STRAIGHT_JOIN LATERAL TABLESAMPLE SAMPLE PIVOT UNPIVOT PARTITION FORCE USE IGNORE FOR WITH MATCH_RECOGNIZE FINAL AT BEFORE WITHIN',
);

/** True if a query begins at the cursor. */
export function isSelect(cursor: TokenCursor): boolean {
  let at = 0;
  while (cursor.word(at) === '(') at += 1;
  return selectWords.has(cursor.word(at)) || (cursor.word(at) === 'TABLE' && isName(ahead(cursor, at + 1)));
}

/** The columns of the query at the cursor; null where no query stands there. */
export function readSelectColumns(cursor: TokenCursor, context: StatementContext): QueryColumns | null {
  const reader = new SelectReader(context);
  const columns = reader.read(cursor, [], 0);
  return columns === null ? null : { columns, open: reader.open, unknown: reader.unknown };
}

class SelectReader {
  readonly #context: StatementContext;
  open = false;
  unknown = false;

  constructor(context: StatementContext) {
    this.#context = context;
  }

  /** Only the first branch of a union counts: it names the columns. */
  read(cursor: TokenCursor, outer: readonly Source[], depth: number): readonly ColumnDraft[] | null {
    const select = ahead(cursor, 0);
    if (depth > maxDepth) return null;
    if (select.word() === '(') return this.read(select.group(), outer, depth + 1);
    if (select.word() === 'LOCKING' || select.word() === 'LOCK')
      select.at = findWord(select, select.at, (word) => word === 'SELECT' || word === 'SEL' || word === 'WITH');
    const scope = select.take('WITH') ? this.#readWith(select, outer, depth) : outer;
    if (select.word() === '(') return this.read(select.group(), scope, depth + 1);
    if (select.take('VALUES')) return readValues(select, this.#context.dialect);
    if (select.take('TABLE')) return this.#readTable(select, scope);
    // DuckDB allows FROM to come first, and alone.
    const from = select.word() === 'FROM' ? select.at : -1;
    if (from !== -1) select.at = findWord(select, from, (word) => word === 'SELECT');
    if (!select.take('SELECT') && !select.take('SEL') && from === -1) return null;
    const end = findWord(select, select.at, (word, at) => endOfList.has(word) || endsList(select, at));
    const sources = this.#readSources(select, from === -1 ? findWord(select, end, isFrom) : from, scope, depth);
    return this.#readList(new TokenCursor(select.source, select.tokens, select.at, end), {
      sources,
      dialect: this.#context.dialect,
      queryType: (query) => this.read(query, scope, depth + 1)?.[0]?.rawType ?? '',
    });
  }

  #readList(list: TokenCursor, scope: SelectScope): readonly ColumnDraft[] {
    if (list.done) return this.#star(scope.sources);
    skipQuantifier(list);
    return list.split().flatMap((item) => readSelectItem(item, scope) ?? this.#star([]));
  }

  #star(sources: readonly Source[]): readonly ColumnDraft[] {
    if (sources.length === 0 || sources.some(({ columns }) => columns === undefined)) this.open = true;
    return sources.flatMap((source) => columnsOf(source));
  }

  /** `name [(columns)] AS [[NOT] MATERIALIZED] (query), …`: the sources that the query may name. */
  #readWith(select: TokenCursor, outer: readonly Source[], depth: number): readonly Source[] {
    const scope = [...outer];
    select.take('RECURSIVE');
    while (isName(select) && !selectWords.has(select.word())) {
      const alias = readIdentifier(select, 'a query name');
      const names = select.word() === '(' ? readColumnList(select) : null;
      while (!select.done && select.word() !== '(') select.at += 1;
      if (select.done) break;
      scope.push({ alias, columns: renamed(this.read(select.group(), scope, depth + 1), names) });
      // SEARCH and CYCLE of recursive queries may follow.
      select.at = findWord(select, select.at, (word) => word === ',' || word === '(' || selectWords.has(word));
      if (!select.take(',')) break;
    }
    return scope;
  }

  #readTable(select: TokenCursor, scope: readonly Source[]): readonly ColumnDraft[] {
    return isName(select) ? this.#star([this.#named(readNameParts(select, 'a table'), scope)]) : [];
  }

  #readSources(select: TokenCursor, from: number, scope: readonly Source[], depth: number): readonly Source[] {
    const end = findWord(select, from + 1, (word, at) => endOfFrom.has(word) || isSetOperator(select, at));
    const clause = new TokenCursor(select.source, select.tokens, Math.min(from + 1, select.end), end);
    const sources: Source[] = [];
    let expectTable = true;
    while (!clause.done) {
      const word = clause.word();
      if (passWords.has(word)) {
        expectTable ||= word !== 'LATERAL' && word !== 'ONLY';
        clause.at += 1;
      } else if (word === 'PIVOT' || word === 'UNPIVOT') {
        sources.push({ alias: '', columns: undefined });
        clause.at += 1;
      } else if (!expectTable || joinWords.has(word)) clause.skip();
      else if (word === '(' && !isSelect(clause)) clause.at += 1;
      else if (word === '(' || isName(clause)) {
        sources.push(this.#readSource(clause, scope, depth));
        expectTable = false;
      } else clause.skip();
    }
    return sources;
  }

  /** A table, a query in parentheses or a function, with its alias. */
  #readSource(clause: TokenCursor, scope: readonly Source[], depth: number): Source {
    const source =
      clause.word() === '('
        ? { alias: '', columns: this.#nested(clause, scope, depth) }
        : this.#tableOrFunction(clause, scope);
    const said = clause.take('AS');
    if (!isName(clause) || (!said && notAliases.has(clause.word()))) return source;
    const alias = clause.next()?.text ?? '';
    const names = clause.word() === '(' && clause.word(1) !== 'NOLOCK' ? readColumnList(clause) : null;
    return { alias, columns: renamed(source.columns, names) };
  }

  #nested(clause: TokenCursor, scope: readonly Source[], depth: number): readonly ColumnDraft[] | undefined {
    return this.read(clause.group(), scope, depth + 1) ?? undefined;
  }

  #tableOrFunction(clause: TokenCursor, scope: readonly Source[]): Source {
    const parts = readNameParts(clause, 'a table');
    if (clause.word() !== '(') return this.#named(parts, scope);
    // What a function gives is not told by its call; `t (NOLOCK)` is a table.
    const table = clause.word(1) === 'NOLOCK';
    clause.skip();
    return table ? this.#named(parts, scope) : { alias: parts.at(-1) ?? '', columns: undefined };
  }

  #named(parts: readonly string[], scope: readonly Source[]): Source {
    const alias = parts.at(-1) ?? '';
    const query =
      parts.length > 1 ? undefined : scope.findLast((source) => source.alias.toLowerCase() === alias.toLowerCase());
    const columns = query === undefined ? this.#context.catalogue.find(tableNameOf(parts))?.columns : query.columns;
    if (query === undefined && columns === undefined) this.unknown = true;
    return { alias, columns };
  }
}

const isFrom = (word: string): boolean => word === 'FROM';

function ahead(cursor: TokenCursor, by: number): TokenCursor {
  return new TokenCursor(cursor.source, cursor.tokens, cursor.at + by, cursor.end);
}

/** Index of the first such word outside parentheses, or the end. */
function findWord(cursor: TokenCursor, from: number, test: (word: string, at: number) => boolean): number {
  let depth = 0;
  for (let i = from; i < cursor.end; i += 1) {
    const word = cursor.tokens[i]?.word ?? '';
    if (depth === 0 && test(word, i)) return i;
    if (word === '(') depth += 1;
    else if (word === ')') depth -= 1;
  }
  return cursor.end;
}

/** UNION and its like between two queries; `* EXCEPT (a)` is none. */
function isSetOperator(cursor: TokenCursor, at: number): boolean {
  if (!setWords.has(cursor.tokens[at]?.word ?? '')) return false;
  const next = new TokenCursor(cursor.source, cursor.tokens, at + 1, cursor.end);
  if (next.word() === 'ALL' || next.word() === 'DISTINCT') next.at += 1;
  return isSelect(next);
}

/** A set operator, or LIMIT before its number: columns may be called so too. */
function endsList(cursor: TokenCursor, at: number): boolean {
  if (cursor.tokens[at]?.word !== 'LIMIT') return isSetOperator(cursor, at);
  return at > cursor.at && cursor.tokens[at - 1]?.kind !== 'op' && cursor.tokens[at + 1]?.kind === 'number';
}

/** DISTINCT, ALL, TOP and the like before the first column. */
function skipQuantifier(list: TokenCursor): void {
  for (;;) {
    if (list.take('DISTINCT')) {
      if (list.take('ON')) list.skip();
    } else if (
      list.word() === 'TOP' ||
      ((list.word() === 'FIRST' || list.word() === 'SKIP') && list.peek(1)?.kind === 'number')
    ) {
      list.at += 1;
      list.skip();
      list.take('PERCENT');
      list.take('WITH', 'TIES');
    } else if (!list.take('ALL') && !list.take('SQL_NO_CACHE') && !list.take('STRAIGHT_JOIN')) return;
  }
}

/** The row of VALUES: as many columns as its first group has. */
function readValues(select: TokenCursor, dialect: Dialect | null): readonly ColumnDraft[] {
  if (select.word() !== '(') return [];
  const { line } = select;
  return select
    .group()
    .split()
    .map((value, index) => ({
      ...newColumnDraft(`column${index + 1}`, line),
      rawType: readValueType(value, { dialect, columnType: () => undefined, queryType: () => '' }),
    }));
}

/** Columns under the names of a list beside them, as many as the list has. */
export function renamed(
  columns: readonly ColumnDraft[] | null | undefined,
  names: readonly string[] | null,
): readonly ColumnDraft[] | undefined {
  if (names === null) return columns ?? undefined;
  return names.map((name, index) => ({
    ...newColumnDraft(name, columns?.[index]?.line ?? 1),
    rawType: columns?.[index]?.rawType ?? '',
  }));
}
