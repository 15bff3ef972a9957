/**
 * Generated rows for raw tables: of the right type, unique in keys, with partners in the tables that they are joined to,
 * and at the boundaries of the conditions that the pipeline tests. The same pipeline, number and seed give the same rows.
 */
import { quoteLiteral } from '../core/text.ts';
import { mineValues, type MinedValues } from './mine-values.ts';
import type { Pipeline, PipelineTable } from './model.ts';
import { tableOfSink } from './sink-statements.ts';
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

class ColumnGenerator {
  private readonly mined: MinedValues;
  private readonly rows: number;
  private readonly seed: number;
  private readonly members = new Map<BaseColumn, readonly TableColumn[]>();

  constructor(pipeline: Pipeline, rows: number, seed: number) {
    this.mined = mineValues(pipeline);
    this.rows = rows;
    this.seed = seed;
    for (const table of pipeline.tables ?? []) {
      for (const column of table.columns) {
        const root = this.mined.classOf.get(baseColumn(table, column.name));
        if (root !== undefined) this.members.set(root, [...(this.members.get(root) ?? []), column]);
      }
    }
  }

  /** A number below `below` for row `i`, spread evenly and different for every column. */
  private pick(name: string, below: number): string {
    const start = hash(name, this.seed);
    const factor = (start % 999_982) + 7;
    return `((i * ${factor} + ${start % 65_537}) % ${modulus}) % ${Math.max(1, below)}`;
  }

  value(table: PipelineTable, column: TableColumn): string {
    const base = baseColumn(table, column.name);
    const key = table.key ?? [];
    const leading = key[0]?.toLowerCase() === column.name.toLowerCase();
    const root = this.mined.classOf.get(base);
    const unique = leading && (key.length === 1 || root === undefined);
    const partners = Math.max(1, Math.ceil(this.rows * 1.25));
    const number = unique ? '(i + 1)' : `(${this.pick(base, partners)} + 1)`;
    if (root !== undefined || unique)
      return this.nullable(
        this.keyValue(column, number, root),
        column,
        base,
        unique || key.some((one) => one.toLowerCase() === column.name.toLowerCase()),
      );
    const literal = this.literalValue(column, base);
    return this.nullable(
      literal ?? this.plainValue(column, base),
      column,
      base,
      key.some((one) => one.toLowerCase() === column.name.toLowerCase()),
    );
  }

  /** About one row in twenty is NULL where the column may be. */
  private nullable(value: string, column: TableColumn, base: string, required: boolean): string {
    return required || !column.nullable
      ? value
      : `CASE WHEN ${this.pick(`${base}?`, 20)} = 0 THEN NULL ELSE ${value} END`;
  }

  /** The value of a join key: equal numbers give equal values in every column of the class, whatever its type. */
  private keyValue(column: TableColumn, number: string, root: BaseColumn | undefined): string {
    const members = root === undefined ? [column] : (this.members.get(root) ?? [column]);
    const alike =
      root === undefined ? [] : [...this.mined.classOf].filter(([, one]) => one === root).map(([one]) => one);
    const texts = new Set(alike.flatMap((one) => [...(this.mined.texts.get(one) ?? [])]));
    const shortest = Math.min(...members.map((one) => lengthOf(one.type) ?? 99));
    const numeric = members.some((one) => isNumber(one.type));
    if (column.type.startsWith('VARCHAR')) {
      const general =
        numeric || shortest < 6
          ? `left(CAST(${number} AS VARCHAR), ${shortest})`
          : `'K' || lpad(CAST(${number} AS VARCHAR), 5, '0')`;
      const literals = numeric ? [] : [...texts].filter((text) => text.length <= shortest).map(quoteLiteral);
      return literals.length === 0
        ? general
        : `CASE WHEN ${number} % 20 = 0 THEN ${pool(literals, `${number} // 20`)} ELSE ${general} END`;
    }
    if (isDate(column.type)) return `CAST(DATE '2020-01-01' + CAST(${number} % 3650 AS INTEGER) AS ${column.type})`;
    return isNumber(column.type)
      ? `CAST(${number} % ${limitOf(column.type)} AS ${column.type})`
      : this.plainValue(column, root ?? column.name);
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
      const values = [...texts.filter((text) => text.length <= length && !text.includes('%')), ...numbers].map(
        quoteLiteral,
      );
      if (values.length + dates.length === 0) return null;
      return pool([...dates, ...values, this.plainValue(column, base)], this.pick(`${base}v`, modulus));
    }
    if (isNumber(column.type) && numbers.length > 0) {
      const limit = limitOf(column.type);
      const near = numbers
        .flatMap((text) => [text, `${text} + 1`, `${text} - 1`])
        .filter((text) => Math.abs(Number.parseFloat(text)) + 1 < limit);
      return near.length === 0
        ? null
        : `CAST(${pool([...near, this.plainValue(column, base)], this.pick(`${base}v`, modulus))} AS ${column.type})`;
    }
    return null;
  }

  private plainValue(column: TableColumn, base: string): string {
    const { type } = column;
    if (isDate(type))
      return `CAST(TIMESTAMP '2018-01-01' + to_days(CAST(${this.pick(`${base}d`, 3000)} AS INTEGER)) + to_hours(${this.pick(`${base}h`, 24)}) AS ${type})`;
    if (isNumber(type)) {
      const limit = limitOf(type);
      const scale = /,(\d+)\)/.exec(type)?.[1] ?? '0';
      const whole = `${this.pick(`${base}n`, Math.min(limit, 5000))}`;
      return type === 'DOUBLE' || scale !== '0'
        ? `CAST((${whole}) + (${this.pick(`${base}f`, 100)}) / 100.0 AS ${type})`
        : `CAST(${whole} AS ${type})`;
    }
    if (type === 'BOOLEAN') return `${this.pick(`${base}b`, 2)} = 1`;
    if (type === 'TIME') return `TIME '00:00:00' + to_minutes(${this.pick(`${base}t`, 1440)})`;
    if (type === 'BLOB') return `encode('b' || (${this.pick(`${base}x`, 500)}))`;
    const length = lengthOf(type) ?? 20;
    const text = `CAST(${this.pick(`${base}s`, 400)} AS VARCHAR)`;
    return length < 4 ? `left(${text}, ${length})` : `left('V' || ${text}, ${length})`;
  }
}

function pool(values: readonly string[], number: string, otherwise = 'NULL'): string {
  if (values.length === 0) return otherwise;
  return `CASE (${number}) % ${values.length} ${values.map((value, index) => `WHEN ${index} THEN ${value}`).join(' ')} END`;
}

function isDate(type: string): boolean {
  return type === 'DATE' || type.startsWith('TIMESTAMP');
}

function isNumber(type: string): boolean {
  return /^(?:DECIMAL|INTEGER|BIGINT|SMALLINT|TINYINT|DOUBLE|FLOAT|HUGEINT)/.test(type);
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

/** INSERT statements that fill every raw table of `pipeline` with `rows` rows. */
export function generateStatements(
  pipeline: Pipeline,
  rows: number,
  seed: number,
): readonly { readonly table: PipelineTable; readonly sql: string }[] {
  const generator = new ColumnGenerator(pipeline, rows, seed);
  return (pipeline.tables ?? [])
    .filter((table) => table.columns.length > 0 && (table.role === 'source' || isReadOrChanged(pipeline, table)))
    .map((table) => {
      const values = table.columns.map((column) => generator.value(table, column));
      const names = table.columns.map((column) => sqlName(column.name));
      return {
        table,
        sql: `INSERT INTO ${tableRelation(table)} (${names.join(', ')}) SELECT ${values.join(', ')} FROM range(${Math.max(0, Math.trunc(rows))}) AS r(i)`,
      };
    });
}
