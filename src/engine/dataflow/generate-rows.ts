/**
 * Generated rows for raw tables: of the right type, unique in keys, with partners in the tables that they are joined to,
 * and at the boundaries of the conditions that the pipeline tests. The same pipeline, number and seed give the same rows.
 */
import { quoteLiteral } from '../core/text.ts';
import { mineValues, type MinedValues, type RequiredKey } from './mine-values.ts';
import type { Pipeline, PipelineTable } from './model.ts';
import { tableOfSink } from './sink-statements.ts';
import { samplePattern } from './pattern-sample.ts';
import { sqlName, tableRelation } from './sql-name.ts';
import { baseColumn, type BaseColumn } from './trace-columns.ts';

type TableColumn = PipelineTable['columns'][number];

const modulus = 1_000_003;

/** A number from text and seed, the same everywhere. */
function hash(text: string, seed: number): number {
  let value = (seed * 2_654_435_761) >>> 0;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 16_777_619) >>> 0;
  return value;
}

/** The column that a column of a declared foreign key, or of a lookup that must not fail, takes its values from. */
interface Parent {
  readonly table: PipelineTable;
  readonly column: TableColumn;
  /** Columns of one key take their values from one row of the parent. */
  readonly key: string;
}

const maxParents = 6;

class ColumnGenerator {
  private readonly mined: MinedValues;
  private readonly parents: ReadonlyMap<BaseColumn, Parent>;
  /** Tables as `role/table` in which a lookup has to find a row: all their rows pass the conditions on the way. */
  private readonly referenced: ReadonlySet<string>;
  /** Columns that hold no NULL, since a lookup would fail on it. */
  private readonly present: ReadonlySet<BaseColumn>;
  /** The number of the row that is written, as SQL. */
  private row = 'i';
  private readonly rows: number;
  /** How many keys two tables draw theirs from: most rows have a partner, some have none. */
  private readonly partners: number;
  private readonly seed: number;
  private readonly members = new Map<BaseColumn, readonly TableColumn[]>();

  constructor(pipeline: Pipeline, rows: number, seed: number) {
    this.mined = mineValues(pipeline);
    this.rows = rows;
    this.partners = Math.max(1, Math.ceil(rows * 1.25));
    this.seed = seed;
    this.parents = new Map([...lookedUp(pipeline, this.mined.required), ...parentsOf(pipeline)]);
    this.referenced = new Set(this.mined.required.map(({ among }) => among.slice(0, among.lastIndexOf('.'))));
    const keys = this.mined.required.flatMap(({ column, among }) => [column, among]);
    this.present = new Set([...keys, ...this.mined.guarded]);
    for (const table of pipeline.tables ?? []) {
      for (const column of table.columns) {
        const root = this.mined.classOf.get(baseColumn(table, column.name));
        if (root !== undefined) this.members.set(root, [...(this.members.get(root) ?? []), column]);
      }
    }
  }

  /** A number below `below` for row `i`, different for every column; squared, since a progression of rows would clump. */
  private pick(name: string, below: number): string {
    const start = hash(name, this.seed);
    const factor = (start % 999_982) + 7;
    return `(CAST(pow((${this.row} * ${factor} + ${start % 65_537}) % ${modulus}, 2) AS BIGINT) % ${modulus}) % ${Math.max(1, below)}`;
  }

  value(table: PipelineTable, column: TableColumn, depth = 0): string {
    if (column.type.endsWith(']')) return 'NULL';
    const base = baseColumn(table, column.name);
    const parent = depth < maxParents ? this.parents.get(base) : undefined;
    if (parent !== undefined) return this.parentValue(parent, column, base, depth);
    const key = table.key ?? [];
    const leading = key[0]?.toLowerCase() === column.name.toLowerCase();
    const root = this.mined.classOf.get(base);
    const unique = leading && (key.length === 1 || root === undefined);
    const number = unique ? `(${this.row} + 1)` : `(${this.pick(base, this.partners)} + 1)`;
    if (root !== undefined || unique)
      return this.nullable(
        this.keyValue(column, number, root),
        column,
        base,
        unique || key.some((one) => one.toLowerCase() === column.name.toLowerCase()),
      );
    const literal = this.referenced.has(base.slice(0, base.lastIndexOf('.')))
      ? this.passingValue(column, base)
      : this.literalValue(column, base);
    return this.nullable(
      literal ?? this.plainValue(column, base),
      column,
      base,
      key.some((one) => one.toLowerCase() === column.name.toLowerCase()),
    );
  }

  /** What the parent has in one of its rows: a foreign key never points nowhere. */
  private parentValue(parent: Parent, column: TableColumn, base: BaseColumn, depth: number): string {
    const own = this.row;
    const picked = `(${this.pick(parent.key, this.rows)})`;
    this.row = picked;
    const value = this.value(parent.table, { ...parent.column, nullable: false }, depth + 1);
    this.row = own;
    const cast = parent.column.type === column.type ? value : `TRY_CAST(${value} AS ${column.type})`;
    return this.nullable(cast, column, base, false);
  }

  /**
   * Of how many rows one may be the same as others: one in twenty, and of columns that rows are joined by two or so in all,
   * since what the equal rows of two tables give grows with the square of their number.
   */
  private oneIn(base: string): number {
    return this.mined.joined.has(base) ? Math.max(20, Math.floor(this.rows / 2)) : 20;
  }

  /** Whether a row is one of the few of their kind, other ones for every `name`. */
  private isRare(base: string, name: string): string {
    const few = this.oneIn(base);
    return this.mined.joined.has(base)
      ? `(${this.row} + ${hash(name, this.seed) % few}) % ${few} = 0`
      : `${this.pick(name, few)} = 0`;
  }

  /** How many values there are of a column that rows are joined by, at most `usual` otherwise. */
  private spread(base: string, usual: number): number {
    return this.mined.joined.has(base) ? Math.max(usual, this.partners) : usual;
  }

  /** About one row in twenty is NULL where the column may be. */
  private nullable(value: string, column: TableColumn, base: string, required: boolean): string {
    return required || !column.nullable || this.present.has(base)
      ? value
      : `CASE WHEN ${this.isRare(base, `${base}?`)} THEN NULL ELSE ${value} END`;
  }

  /** The value of a join key: equal numbers give equal values in every column of the class, whatever its type. */
  private keyValue(column: TableColumn, number: string, root: BaseColumn | undefined): string {
    const members = root === undefined ? [column] : (this.members.get(root) ?? [column]);
    const alike =
      root === undefined ? [] : [...this.mined.classOf].filter(([, one]) => one === root).map(([one]) => one);
    const texts = new Set(alike.flatMap((one) => [...(this.mined.texts.get(one) ?? [])]));
    const shortest = Math.min(...members.map((one) => lengthOf(one.type) ?? 99));
    const casts = alike.flatMap((one) => [...(this.mined.casts.get(one) ?? [])]);
    const numeric =
      members.some((one) => isNumber(one.type)) || casts.some((one) => one === 'NUMERIC' || isNumber(one));
    if (column.type.startsWith('VARCHAR')) {
      const general =
        numeric || shortest < 6
          ? `left(CAST(${number} AS VARCHAR), ${shortest})`
          : `'K' || lpad(CAST(${number} AS VARCHAR), 5, '0')`;
      const few = this.oneIn(root ?? column.name);
      const literals = numeric ? [] : [...texts].filter((text) => text.length <= shortest).map(quoteLiteral);
      return literals.length === 0
        ? general
        : `CASE WHEN ${number} % ${few} = 0 THEN ${pool(literals, `${number} // ${few}`)} ELSE ${general} END`;
    }
    if (isDate(column.type)) return `CAST(DATE '2020-01-01' + CAST(${number} % 3650 AS INTEGER) AS ${column.type})`;
    const limit = Math.min(...[column, ...members].filter((one) => isNumber(one.type)).map((one) => limitOf(one.type)));
    return isNumber(column.type)
      ? `CAST(${number} % ${limit} AS ${column.type})`
      : this.plainValue(column, root ?? column.name);
  }

  /** A value for which the comparisons of the column hold. */
  private passingValue(column: TableColumn, base: BaseColumn): string | null {
    const near: Readonly<Record<string, string>> = { '>': ' + 1', '<': ' - 1', '=': '', '>=': '', '<=': '' };
    const values = (this.mined.compared.get(base) ?? []).flatMap(({ operator, literal, isText }) => {
      const step = near[operator];
      if (step === undefined || (isText && operator !== '=')) return [];
      return [isText ? quoteLiteral(literal) : `${literal}${step}`];
    });
    return values.length === 0 ? null : `TRY_CAST(${pool(values, this.pick(`${base}v`, modulus))} AS ${column.type})`;
  }

  private literalValue(column: TableColumn, base: BaseColumn): string | null {
    const texts = [...(this.mined.texts.get(base) ?? [])];
    const numbers = [...(this.mined.numbers.get(base) ?? [])];
    const formats = [...(this.mined.formats.get(base) ?? [])];
    if (column.type.startsWith('VARCHAR')) {
      const length = lengthOf(column.type) ?? 4000;
      const dates = formats.map(
        (format) =>
          `strftime(DATE '2020-01-01' + CAST(${this.pick(`${base}d`, 3650)} AS INTEGER), ${quoteLiteral(format)})`,
      );
      const cast = this.castValue(base, length);
      if (cast !== null) return cast;
      const matching = this.matchingValues(base, length);
      if (matching.length > 0)
        return `CASE WHEN ${this.isRare(base, `${base}m`)} THEN ${this.plainValue(column, base)} ELSE ${pool(matching, this.pick(`${base}v`, modulus))} END`;
      const around = [...(this.mined.parts.get(base) ?? [])].map((part) => `'V' || ${quoteLiteral(part)} || 'W'`);
      if (around.length > 0) return `left(${pool(around, this.pick(`${base}v`, modulus))}, ${length})`;
      const values = [...texts.filter((text) => text.length <= length && !text.includes('%')), ...numbers].map(
        quoteLiteral,
      );
      if (values.length + dates.length === 0) return null;
      return this.among([...dates, ...values], this.plainValue(column, base), base);
    }
    if (isNumber(column.type) && numbers.length > 0) {
      const limit = limitOf(column.type);
      const near = numbers
        .flatMap((text) => [text, `${text} + 1`, `${text} - 1`])
        .filter((text) => Math.abs(Number.parseFloat(text)) + 1 < limit);
      return near.length === 0
        ? null
        : `CAST(${this.among(near, this.plainValue(column, base), base)} AS ${column.type})`;
    }
    return null;
  }

  /** One of `values`, or `plain`: as often, and mostly where rows are joined by the column. */
  private among(values: readonly string[], plain: string, base: BaseColumn): string {
    const number = this.pick(`${base}v`, modulus);
    return this.mined.joined.has(base)
      ? `CASE WHEN ${this.isRare(base, `${base}l`)} THEN ${pool(values, number)} ELSE ${plain} END`
      : pool([...values, plain], number);
  }

  /** Texts that the pipeline's regular expressions find, with a number that tells them apart. */
  private matchingValues(base: BaseColumn, length: number): readonly string[] {
    const number = `CAST(${this.pick(`${base}p`, this.partners)} AS VARCHAR)`;
    return [...(this.mined.patterns.get(base) ?? [])].flatMap((pattern) => {
      const sample = samplePattern(pattern);
      if (sample === null || sample.before.length + sample.after.length + 4 > length) return [];
      return [`${quoteLiteral(sample.before)} || ${number} || ${quoteLiteral(sample.after)}`];
    });
  }

  /** Text of the type that the pipeline casts the column to; null where it casts it to none, or to several kinds. */
  private castValue(base: BaseColumn, length: number): string | null {
    const [type = null, ...others] = this.mined.casts.get(base) ?? [];
    if (type === null || others.length > 0) return null;
    const typed = { name: base, type: type === 'NUMERIC' ? 'INTEGER' : type, nullable: false };
    const literal = isNumber(typed.type) ? this.literalValue(typed, base) : null;
    const text = `CAST(${literal ?? this.plainValue(typed, base)} AS VARCHAR)`;
    return isNumber(typed.type) ? `left(${text}, ${length})` : text;
  }

  private plainValue(column: TableColumn, base: string): string {
    const { type } = column;
    if (isDate(type))
      return `CAST(TIMESTAMP '2018-01-01' + to_days(CAST(${this.pick(`${base}d`, 3000)} AS INTEGER)) + to_hours(${this.pick(`${base}h`, 24)}) AS ${type})`;
    if (isNumber(type)) {
      const limit = limitOf(type);
      const scale = /,(\d+)\)/.exec(type)?.[1] ?? '0';
      const whole = `${this.pick(`${base}n`, Math.min(limit, this.spread(base, 5000)))}`;
      return type === 'DOUBLE' || scale !== '0'
        ? `CAST((${whole}) + (${this.pick(`${base}f`, 100)}) / 100.0 AS ${type})`
        : `CAST(${whole} AS ${type})`;
    }
    if (type === 'BOOLEAN') return `${this.pick(`${base}b`, 2)} = 1`;
    if (type === 'TIME') return `TIME '00:00:00' + to_minutes(${this.pick(`${base}t`, 1440)})`;
    if (type === 'BLOB') return `encode('b' || (${this.pick(`${base}x`, 500)}))`;
    if (!type.startsWith('VARCHAR')) return `TRY_CAST(${quoteLiteral('1')} AS ${column.type})`;
    const length = lengthOf(type) ?? 20;
    const text = `CAST(${this.pick(`${base}s`, this.spread(base, 400))} AS VARCHAR)`;
    return length < 4 ? `left(${text}, ${length})` : `left('V' || ${text}, ${length})`;
  }
}

function pool(values: readonly string[], number: string, otherwise = 'NULL'): string {
  if (values.length === 0) return otherwise;
  return `CASE (${number}) % ${values.length} ${values.map((value, index) => `WHEN ${index} THEN ${value}`).join(' ')} END`;
}

/** Where columns of declared foreign keys get their values. Keys to tables that get no rows are left out. */
function parentsOf(pipeline: Pipeline): ReadonlyMap<BaseColumn, Parent> {
  const found = new Map<BaseColumn, Parent>();
  const tables = pipeline.tables ?? [];
  for (const table of tables) {
    for (const [at, reference] of (table.references ?? []).entries()) {
      const other = tables.find(
        (one) => one.role === table.role && one.name.toLowerCase() === reference.table.toLowerCase(),
      );
      if (other === undefined || (other.role === 'target' && !isReadOrChanged(pipeline, other))) continue;
      for (const [index, name] of reference.columns.entries()) {
        const to = (reference.to[index] ?? name).toLowerCase();
        const column = other.columns.find((one) => one.name.toLowerCase() === to);
        const base = baseColumn(table, name);
        const key = `${table.role}/${table.name}#${at}`.toLowerCase();
        if (column !== undefined && base !== baseColumn(other, to) && !found.has(base))
          found.set(base, { table: other, column, key });
      }
    }
  }
  return found;
}

/** Where columns that a lookup has to find get their values. What would lead back to the column itself is left out. */
function lookedUp(pipeline: Pipeline, required: readonly RequiredKey[]): ReadonlyMap<BaseColumn, Parent> {
  const columns = new Map(
    (pipeline.tables ?? []).flatMap((table) =>
      table.columns.map((column) => [baseColumn(table, column.name), { table, column }] as const),
    ),
  );
  const found = new Map<BaseColumn, Parent>();
  const leadsTo = (from: BaseColumn, to: BaseColumn): boolean => {
    let at: BaseColumn | undefined = from;
    for (let step = 0; at !== undefined && step < maxParents; step += 1) {
      if (at === to) return true;
      const parent: Parent | undefined = found.get(at);
      at = parent === undefined ? undefined : baseColumn(parent.table, parent.column.name);
    }
    return at !== undefined;
  };
  for (const { column, among, lookup } of required) {
    const parent = columns.get(among);
    if (parent !== undefined && !found.has(column) && !leadsTo(among, column))
      found.set(column, { ...parent, key: lookup });
  }
  return found;
}

function isDate(type: string): boolean {
  return type === 'DATE' || type.startsWith('TIMESTAMP');
}

function isNumber(type: string): boolean {
  return /^(?:DECIMAL|U?(?:INTEGER|BIGINT|SMALLINT|TINYINT|HUGEINT)|DOUBLE|FLOAT|REAL)(?:\(|$)/.test(type);
}

function lengthOf(type: string): number | null {
  const length = /^VARCHAR\((\d+)\)/.exec(type)?.[1];
  return length === undefined ? null : Number(length);
}

/** One more than the greatest whole number that the type holds, at most a billion. */
function limitOf(type: string): number {
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)/.exec(type) ?? [];
  if (precision !== undefined) return 10 ** Math.min(9, Math.max(0, Number(precision) - Number(scale ?? '0')));
  if (type === 'TINYINT') return 100;
  return type === 'SMALLINT' ? 30_000 : 1_000_000_000;
}

/** Whether what a target holds before the run matters: it is looked up, or rows in it are changed by key. */
function isReadOrChanged(pipeline: Pipeline, table: PipelineTable): boolean {
  const relation = tableRelation(table).toLowerCase();
  return pipeline.nodes.some((node) => {
    if (node.type === 'sink') return tableOfSink(node, [table]) !== null && node.config?.['mode'] !== 'insert';
    return [node.sql ?? '', ...(node.outputs ?? []).map((output) => output.sql)].some((sql) =>
      sql.toLowerCase().includes(relation),
    );
  });
}

/** Rows with a key of their own: where values run out, as of a short text, there are fewer of them. */
function selection(table: PipelineTable, values: readonly string[], rows: number): string {
  const names = new Set(table.columns.map((column) => column.name.toLowerCase()));
  const key = (table.key ?? []).filter((name) => names.has(name.toLowerCase()));
  if (key.length === 0 || key.length < (table.key ?? []).length)
    return `SELECT ${values.join(', ')} FROM range(${rows}) AS r(i)`;
  const named = table.columns.map((column, index) => `${values[index] ?? 'NULL'} AS ${sqlName(column.name)}`);
  const own = `SELECT ${named.join(', ')}, i AS __row FROM range(${rows * 4}) AS r(i)`;
  return `SELECT * EXCLUDE (__row) FROM (${own}) QUALIFY row_number() OVER (PARTITION BY ${key.map(sqlName).join(', ')} ORDER BY __row) = 1 ORDER BY __row LIMIT ${rows}`;
}

/** Types as the generator knows them: people write them in lower case, too. */
function withPlainTypes(pipeline: Pipeline): Pipeline {
  const plain = (type: string): string =>
    type
      .trim()
      .toUpperCase()
      .replace(/^NUMERIC\b/, 'DECIMAL');
  const tables = (pipeline.tables ?? []).map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, type: plain(column.type) })),
  }));
  return { ...pipeline, tables };
}

/** INSERT statements that fill every raw table of `pipeline` with `rows` rows. Keys are unique and foreign keys find a row. */
export function generateStatements(
  given: Pipeline,
  rows: number,
  seed: number,
): readonly { readonly table: string; readonly sql: string }[] {
  const pipeline = withPlainTypes(given);
  const generator = new ColumnGenerator(pipeline, rows, seed);
  return (pipeline.tables ?? [])
    .filter((table) => table.columns.length > 0 && (table.role === 'source' || isReadOrChanged(pipeline, table)))
    .map((table) => {
      const values = table.columns.map((column) => generator.value(table, column));
      const names = table.columns.map((column) => sqlName(column.name));
      return {
        table: tableRelation(table),
        sql: `INSERT INTO ${tableRelation(table)} (${names.join(', ')}) ${selection(table, values, Math.max(0, Math.trunc(rows)))}`,
      };
    });
}
