/** Statements with `?` for each row: UPDATE, DELETE and INSERT of one table as sets of columns. */
import { tokenizeSql, type SqlToken } from '../../sql/sql-tokens.ts';
import { splitTableName } from './definitions.ts';

/** A parameter by its position from 0, or a constant as SQL; `otherwise` takes the place of a parameter that is NULL. */
export type StatementValue = { readonly parameter: number; readonly otherwise?: string } | { readonly sql: string };

export interface RowStatement {
  readonly kind: 'update' | 'delete' | 'insert';
  readonly schema: string | null;
  readonly table: string;
  readonly set: readonly { readonly column: string; readonly value: StatementValue }[];
  readonly where: readonly { readonly column: string; readonly value: StatementValue | 'null' | 'not null' }[];
}

class Reader {
  private readonly tokens: readonly SqlToken[];
  private at = 0;
  private parameters = 0;

  constructor(text: string) {
    this.tokens = tokenizeSql(text, 'tsql').filter((token) => token.text !== ';');
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  word(...words: readonly string[]): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== 'word' || !words.includes(token.text.toLowerCase())) return false;
    this.at += 1;
    return true;
  }

  symbol(text: string): boolean {
    if (this.tokens[this.at]?.text !== text) return false;
    this.at += 1;
    return true;
  }

  name(): string | null {
    const token = this.tokens[this.at];
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted')) return null;
    this.at += 1;
    return token.text;
  }

  /** A name with its qualifiers, as parts. */
  path(): readonly string[] | null {
    const first = this.name();
    if (first === null) return null;
    const parts = [first];
    while (this.symbol('.')) {
      const next = this.name();
      if (next === null) return null;
      parts.push(next);
    }
    return parts;
  }

  value(): StatementValue | null {
    if (this.tokens[this.at + 1]?.kind === 'string') this.word('n');
    const token = this.tokens[this.at];
    if (token === undefined) return null;
    if (token.text === '?') {
      this.at += 1;
      this.parameters += 1;
      return { parameter: this.parameters - 1 };
    }
    if (token.kind === 'string') {
      this.at += 1;
      return { sql: `'${token.text.replaceAll("'", "''")}'` };
    }
    if (/^\d+(?:\.\d+)?$/.test(token.text)) {
      this.at += 1;
      return { sql: token.text };
    }
    if (this.word('null')) return { sql: 'NULL' };
    if (this.word('isnull', 'coalesce')) return this.replacedNull();
    if (this.word('getdate', 'sysdatetime', 'getutcdate') && this.symbol('(') && this.symbol(')'))
      return { sql: 'pc_run_ts()' };
    return null;
  }

  /** `ISNULL(?, constant)` after its first word. */
  private replacedNull(): StatementValue | null {
    const value = this.symbol('(') ? this.value() : null;
    const otherwise = value !== null && this.symbol(',') ? this.value() : null;
    if (value === null || !('parameter' in value) || otherwise === null || !('sql' in otherwise)) return null;
    return this.symbol(')') ? { parameter: value.parameter, otherwise: otherwise.sql } : null;
  }

  assignments(): RowStatement['set'] | null {
    const found: { column: string; value: StatementValue }[] = [];
    do {
      const column = this.path()?.at(-1) ?? null;
      const value = column !== null && this.symbol('=') ? this.value() : null;
      if (column === null || value === null) return null;
      found.push({ column, value });
    } while (this.symbol(','));
    return found;
  }

  conditions(): RowStatement['where'] | null {
    const found: { column: string; value: RowStatement['where'][number]['value'] }[] = [];
    do {
      const column = this.path()?.at(-1) ?? null;
      if (column === null) return null;
      if (this.word('is')) {
        const negated = this.word('not');
        if (!this.word('null')) return null;
        found.push({ column, value: negated ? 'not null' : 'null' });
        continue;
      }
      const value = this.symbol('=') ? this.value() : null;
      if (value === null) return null;
      found.push({ column, value });
    } while (this.word('and'));
    return found;
  }
}

function tableOf(path: readonly string[]): Pick<RowStatement, 'schema' | 'table'> {
  const { schema, name } = splitTableName(path.map((part) => `[${part}]`).join('.'));
  return { schema, table: name };
}

function update(reader: Reader): RowStatement | null {
  const path = reader.path();
  const set = path !== null && reader.word('set') ? reader.assignments() : null;
  const where = set !== null && reader.word('where') ? reader.conditions() : null;
  return path === null || set === null || where === null || !reader.done
    ? null
    : { kind: 'update', ...tableOf(path), set, where };
}

function remove(reader: Reader): RowStatement | null {
  reader.word('from');
  const path = reader.path();
  const where = path !== null && reader.word('where') ? reader.conditions() : null;
  return path === null || where === null || !reader.done ? null : { kind: 'delete', ...tableOf(path), set: [], where };
}

function insert(reader: Reader): RowStatement | null {
  reader.word('into');
  const path = reader.path();
  if (path === null || !reader.symbol('(')) return null;
  const columns: string[] = [];
  do columns.push(reader.name() ?? '');
  while (reader.symbol(','));
  if (!reader.symbol(')') || !reader.word('values') || !reader.symbol('(')) return null;
  const values: (StatementValue | null)[] = [];
  do values.push(reader.value());
  while (reader.symbol(','));
  if (!reader.symbol(')') || !reader.done || values.length !== columns.length) return null;
  const set = values.flatMap((value, index) => (value === null ? [] : [{ column: columns[index] ?? '', value }]));
  return set.length === columns.length ? { kind: 'insert', ...tableOf(path), set, where: [] } : null;
}

/** The statement where it changes one table by simple values; null for procedures, joins and everything else. */
export function parseRowStatement(text: string): RowStatement | null {
  if (text.length > 50_000) return null;
  const reader = new Reader(text);
  if (reader.word('update')) return update(reader);
  if (reader.word('delete')) return remove(reader);
  return reader.word('insert') ? insert(reader) : null;
}

/** Conditions joined by AND as SQL over columns of the table, for filters without parameters; null where it is anything else. */
export function plainConditions(text: string): readonly string[] | null {
  const reader = new Reader(text);
  const found = reader.conditions();
  if (found === null || !reader.done) return null;
  const conditions = found.map(({ column, value }) => {
    const name = `"${column.replaceAll('"', '""')}"`;
    if (value === 'null') return `${name} IS NULL`;
    if (value === 'not null') return `${name} IS NOT NULL`;
    return 'sql' in value ? `${name} = ${value.sql}` : null;
  });
  return conditions.every((one) => one !== null) ? conditions : null;
}
