/** Schemas for property tests: any names, all type families, keys, checks, defaults, comments. */
import fc from 'fast-check';
import type { Column, Dialect, ForeignKey, Table } from '../../src/shared/model/schema.ts';
import { type DdlStyle, ddlStyles } from '../../src/engine/sql/ddl/ddl-style.ts';

const reserved =
  'select table key index check primary constraint comment default order user from date like unique foreign null not as period exclude references group values timestamp interval end';
const awkward = Array.from('abcXYZ_019 $#@&"\'`[].,;:()-/\\*%éßñ中文🚀\t');

/** Names that a quoted identifier can hold: reserved words, spaces, quotes of every kind, Unicode. */
export const anyName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...reserved.split(' '), ...reserved.toUpperCase().split(' ')),
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,20}$/),
  fc.array(fc.constantFrom(...awkward), { minLength: 1, maxLength: 12 }).map((chars) => chars.join('')),
);

const uniqueNames = (max: number): fc.Arbitrary<readonly string[]> =>
  fc.uniqueArray(anyName, { minLength: 1, maxLength: max, selector: (name) => name.toLowerCase() });

/** Text of comments and literals. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...awkward, '\n', "''", '--', '/*', '*/', '$$', 'GO'), { minLength: 1, maxLength: 20 })
  .map((parts) => parts.join(''));

type Typed = Pick<Column, 'type' | 'length' | 'precision' | 'scale' | 'timeZone'>;
const typed = (type: Column['type'], rest: Partial<Typed> = {}): Typed => ({
  type,
  length: null,
  precision: null,
  scale: null,
  timeZone: false,
  ...rest,
});
const decimals = (maxDigits: number, minScale: number): fc.Arbitrary<Typed> =>
  fc
    .tuple(fc.integer({ min: 1, max: maxDigits }), fc.nat(maxDigits))
    .map(([precision, scale]) =>
      typed('decimal', { precision, scale: Math.max(minScale, Math.min(scale, precision)) }),
    );

/** Types that every dialect holds exactly. */
export const commonType: fc.Arbitrary<Typed> = fc.oneof(
  fc.constantFrom(5, 10, 19).map((precision) => typed('integer', { precision, scale: 0 })),
  decimals(31, 1),
  fc.constant(typed('float')),
  fc.integer({ min: 1, max: 4000 }).map((length) => typed('string', { length })),
  fc.constant(typed('timestamp')),
);

/** Every family, with widths and zones. */
export const anyType: fc.Arbitrary<Typed> = fc.oneof(
  commonType,
  fc.integer({ min: 1, max: 40 }).map((precision) => typed('integer', { precision, scale: 0 })),
  decimals(60, 0),
  fc.constant(typed('decimal')),
  fc
    .constantFrom('boolean', 'date', 'interval', 'uuid', 'json', 'xml', 'geometry', 'array', 'struct', 'other')
    .map((type) => typed(type as Column['type'])),
  fc.constantFrom(null, 1, 255, 5000, 40_000).map((length) => typed('string', { length })),
  fc.constantFrom(null, 1, 16, 5000, 40_000).map((length) => typed('binary', { length })),
  fc
    .tuple(fc.constantFrom('time', 'timestamp'), fc.boolean())
    .map(([type, timeZone]) => typed(type as Column['type'], { timeZone })),
);

const expressionOver = (names: readonly string[], style: DdlStyle): fc.Arbitrary<string> => {
  const column = fc.constantFrom(...names).map(style.quote);
  return fc.oneof(
    fc.tuple(column, fc.constantFrom('>', '<=', '<>', '='), fc.nat(1000)).map((parts) => parts.join(' ')),
    fc.tuple(column, anyText).map(([name, text]) => `${name} IN ('A', ${style.literal(text)})`),
    fc.tuple(column, column).map(([a, b]) => `(${a} IS NULL OR ${b} BETWEEN 1 AND 5) AND ${a} IS NOT NULL`),
    fc.tuple(column, column).map(([a, b]) => `CASE WHEN ${a} > 0 THEN 1 ELSE ${b} END = 1`),
  );
};

const defaultOf = (style: DdlStyle): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom('0', '-1.5', style.now), anyText.map(style.literal));

interface Options {
  readonly dialect: Dialect;
  readonly type: fc.Arbitrary<Typed>;
}

interface ColumnFeatures {
  readonly type: Typed;
  readonly nullable: boolean;
  readonly preset: string | null;
  readonly comment: string | null;
  readonly computed: string | null;
}

function columnsOf(names: readonly string[], { dialect, type }: Options): fc.Arbitrary<readonly Column[]> {
  const style = ddlStyles[dialect];
  const features: fc.Arbitrary<ColumnFeatures> = fc.record({
    type,
    nullable: fc.boolean(),
    preset: fc.option(defaultOf(style), { freq: 2 }),
    comment: style.comments === 'none' ? fc.constant(null) : fc.option(anyText),
    computed:
      style.generated === null
        ? fc.constant(null)
        : fc.option(
            fc.constantFrom(...names).map((name) => `${style.quote(name)} + 1`),
            { freq: 1 },
          ),
  });
  return fc.tuple(...names.map(() => features), fc.nat(names.length)).map((drawn) => {
    const identityAt = style.identity === null ? -1 : (drawn.at(-1) as number);
    return names.map((name, i) => columnOf(name, drawn[i] as ColumnFeatures, i === identityAt, style));
  });
}

function columnOf(name: string, features: ColumnFeatures, identity: boolean, style: DdlStyle): Column {
  const { type, preset, comment, computed } = features;
  const generated = identity || preset !== null ? null : computed;
  const numbered = identity && type.type === 'integer';
  return {
    name,
    rawType: '',
    ...type,
    nullable: !numbered && (features.nullable || (generated !== null && !style.generatedType)),
    default: numbered || generated !== null ? null : preset,
    comment,
    identity: numbered,
    generated,
  };
}

function tableOf(place: Pick<Table, 'schema' | 'name'>, options: Options): fc.Arbitrary<Table> {
  const style = ddlStyles[options.dialect];
  return uniqueNames(8).chain((names) => {
    const some = fc.subarray([...names], { minLength: 1, maxLength: Math.min(3, names.length) });
    return fc
      .record({
        columns: columnsOf(names, options),
        primaryKey: fc.oneof(fc.constant([]), some),
        uniques: style.uniques ? fc.array(some, { maxLength: 2 }) : fc.constant([]),
        indexes:
          style.indexes === 'none'
            ? fc.constant([])
            : fc.array(fc.record({ name: anyName, columns: some, unique: fc.boolean() }), { maxLength: 2 }),
        checks: style.checks ? fc.array(expressionOver(names, style), { maxLength: 2 }) : fc.constant([]),
        comment: style.comments === 'none' ? fc.constant(null) : fc.option(anyText),
      })
      .map(({ columns, primaryKey, ...rest }) => ({
        ...place,
        kind: 'table' as const,
        ...rest,
        columns: columns.map((column) => keyColumn(column, primaryKey, style)),
        primaryKey,
        foreignKeys: [],
        line: null,
      }));
  });
}

function keyColumn(column: Column, primaryKey: readonly string[], style: DdlStyle): Column {
  if (!primaryKey.includes(column.name)) return column;
  const { generated } = column;
  return { ...column, nullable: false, generated: generated !== null && style.generatedType ? generated : null };
}

/** Each table may refer to one before it, which every dialect can say. */
function withForeignKeys(tables: readonly Table[], names: readonly (string | null)[]): readonly Table[] {
  return tables.map((table, i) => {
    const parent = tables[i - 1];
    const name = names[i];
    if (parent === undefined || name === undefined) return table;
    const key: ForeignKey = {
      name,
      columns: [(table.columns[0] as Column).name],
      references: { schema: parent.schema, table: parent.name, columns: [(parent.columns[0] as Column).name] },
    };
    return { ...table, foreignKeys: [key] };
  });
}

/** One to three tables of one schema, all of which `dialect` can say; types as given. */
export function anySchema(options: Options): fc.Arbitrary<readonly Table[]> {
  return fc
    .tuple(uniqueNames(3), fc.option(anyName))
    .chain(([names, schema]) =>
      fc
        .tuple(
          fc.tuple(
            ...names.map((name) =>
              tableOf({ schema: options.dialect === 'sqlserver' ? (schema ?? 'dbo') : schema, name }, options),
            ),
          ),
          fc.array(fc.option(anyName), { maxLength: 3 }),
        )
        .map(([tables, keyNames]) => withForeignKeys(tables, keyNames)),
    );
}
