/** The normalised schema: what every reader of DDL, data or ETL definitions produces. */
import { z } from 'zod';
import { KnownMapping } from './known-mapping.ts';

export const dialects = [
  'oracle',
  'teradata',
  'sqlserver',
  'db2',
  'mysql',
  'postgres',
  'snowflake',
  'redshift',
  'sybase',
  'sqlite',
  'duckdb',
  'spark',
  'ansi',
] as const;
export const Dialect = z.enum(dialects);
export type Dialect = z.infer<typeof Dialect>;

export const inputFormats = [
  'ddl',
  'dictionary',
  'csv',
  'parquet',
  'json',
  'excel',
  'powercenter',
  'ssis',
  'alteryx',
  'datastage',
  'unknown',
] as const;
export const InputFormat = z.enum(inputFormats);
export type InputFormat = z.infer<typeof InputFormat>;

/** A defect or remark about a customer's file: the rest of the file is still used. Lines count from 1. */
export const Diagnostic = z
  .object({
    severity: z.enum(['error', 'warning', 'info']),
    message: z.string(),
    file: z.string(),
    line: z.number().int().positive().nullable(),
    /** The first characters of the statement or element that is meant. */
    statement: z.string().nullable(),
  })
  .readonly();
export type Diagnostic = z.infer<typeof Diagnostic>;

/** Families of types: what matters for matching and conversion. `string` is bounded or unbounded character data. */
export const typeFamilies = [
  'integer',
  'decimal',
  'float',
  'boolean',
  'string',
  'date',
  'time',
  'timestamp',
  'interval',
  'binary',
  'uuid',
  'json',
  'xml',
  'geometry',
  'array',
  'struct',
  'other',
] as const;
export const TypeFamily = z.enum(typeFamilies);
export type TypeFamily = z.infer<typeof TypeFamily>;

export const Column = z
  .object({
    name: z.string(),
    /** The type exactly as written in the source, whitespace collapsed. */
    rawType: z.string(),
    type: TypeFamily,
    /** Characters (or bytes) of a bounded string or binary. */
    length: z.number().int().nullable(),
    /** Decimal digits of a decimal or integer: 5, 10, 19 for SMALLINT, INTEGER, BIGINT, so that widths compare. */
    precision: z.number().int().nullable(),
    scale: z.number().int().nullable(),
    timeZone: z.boolean(),
    nullable: z.boolean(),
    default: z.string().nullable(),
    comment: z.string().nullable(),
    identity: z.boolean(),
    /** The expression of a computed column. */
    generated: z.string().nullable(),
  })
  .readonly();
export type Column = z.infer<typeof Column>;

export const ForeignKey = z
  .object({
    name: z.string().nullable(),
    columns: z.array(z.string()).readonly(),
    references: z
      .object({ schema: z.string().nullable(), table: z.string(), columns: z.array(z.string()).readonly() })
      .readonly(),
  })
  .readonly();
export type ForeignKey = z.infer<typeof ForeignKey>;

export const Table = z
  .object({
    schema: z.string().nullable(),
    name: z.string(),
    /** Where it comes from: a table or view of DDL, a data file, or a source/target definition of a legacy job. */
    kind: z.enum(['table', 'view', 'data', 'definition']),
    comment: z.string().nullable(),
    columns: z.array(Column).readonly(),
    primaryKey: z.array(z.string()).readonly(),
    uniques: z.array(z.array(z.string()).readonly()).readonly(),
    foreignKeys: z.array(ForeignKey).readonly(),
    indexes: z
      .array(
        z
          .object({ name: z.string().nullable(), columns: z.array(z.string()).readonly(), unique: z.boolean() })
          .readonly(),
      )
      .readonly(),
    checks: z.array(z.string()).readonly(),
    line: z.number().int().positive().nullable(),
  })
  .readonly();
export type Table = z.infer<typeof Table>;

/** The constraints of a table of which only the columns are known. */
export const withoutKeys = {
  primaryKey: [],
  uniques: [],
  foreignKeys: [],
  indexes: [],
  checks: [],
} as const satisfies Partial<Table>;

/** What one input file says about schemas. `file` is the input's name as the user gave it, never an absolute path in output. */
export const SchemaFile = z
  .object({
    file: z.string(),
    format: InputFormat,
    dialect: Dialect.nullable(),
    tables: z.array(Table).readonly(),
    diagnostics: z.array(Diagnostic).readonly(),
    /** What the file says of where columns go, where it is a mapping table. */
    mappings: z.array(KnownMapping).readonly().optional(),
  })
  .readonly();
export type SchemaFile = z.infer<typeof SchemaFile>;

/** A column among all tables of one side. */
export const ColumnRef = z.object({ schema: z.string().nullable(), table: z.string(), column: z.string() }).readonly();
export type ColumnRef = z.infer<typeof ColumnRef>;

/** The identity of a table within one side, for map keys and ids: `schema.table` or `table`. Parts with a dot are quoted. */
export function tableKey(table: { readonly schema: string | null; readonly table: string }): string {
  return table.schema === null ? quotePart(table.table) : `${quotePart(table.schema)}.${quotePart(table.table)}`;
}

/** The identity of a column within one side: `schema.table.column` or `table.column`. */
export function columnKey(ref: ColumnRef): string {
  return `${tableKey(ref)}.${quotePart(ref.column)}`;
}

function quotePart(part: string): string {
  return part.includes('.') || part.includes('"') ? `"${part.replaceAll('"', '""')}"` : part;
}
