/** The part of the contract about schemas: the tree, one table or column, data quality, relations, and texts of inputs. */
import { z } from 'zod';
import { ColumnProfile, QualityIssue, TableProfile } from '../model/profile.ts';
import { Column, ColumnRef, Table } from '../model/schema.ts';
import { id, page, route } from './route.ts';

const side = z.enum(['source', 'target']);
export type Side = z.infer<typeof side>;
const words = z.string().max(200).default('');

/** One visible line of the tree of schemas, tables and columns. */
export const TreeRow = z.object({
  kind: z.enum(['schema', 'table', 'column']),
  /** Of its own among all rows of a side. */
  key: z.string(),
  name: z.string(),
  /** `tableKey` of the table that it is or belongs to; null for schemas. */
  table: z.string().nullable(),
  level: z.number(),
  /** Its place among those of the same parent, from 1, and how many those are. */
  position: z.number(),
  siblings: z.number(),
  /** Null where nothing can be below. */
  open: z.boolean().nullable(),
  /** Tables of a schema, columns of a table. */
  count: z.number(),
  rows: z.number().nullable(),
  type: z.string(),
  mark: z.enum(['primary', 'foreign', 'none']),
});
export type TreeRow = z.infer<typeof TreeRow>;

export const ColumnReference = z.object({
  from: ColumnRef,
  to: ColumnRef,
  declared: z.boolean(),
  /** Of an inferred one; null where it is declared. */
  score: z.number().nullable(),
  evidence: z.string(),
});
export type ColumnReference = z.infer<typeof ColumnReference>;

export const qualitySorts = [
  'name',
  'rows',
  'nulls',
  'distinct',
  'duplicates',
  'outliers',
  'orphans',
  'defects',
] as const;
export type QualitySort = (typeof qualitySorts)[number];

/** What the data of one table or column is like. Counts are rows unless they say otherwise; null: not measured or not meaningful. */
export const QualityLine = z.object({
  key: z.string(),
  table: z.string(),
  column: z.string().nullable(),
  rows: z.number(),
  nullShare: z.number().nullable(),
  distinct: z.number().nullable(),
  /** Of a column: rows whose value was there before. Of a table: rows that repeat another as a whole. */
  duplicates: z.number(),
  /** Values of another shape than nearly all have. */
  outliers: z.number().nullable(),
  orphans: z.number(),
  /** How many defects were found. */
  defects: z.number(),
});
export type QualityLine = z.infer<typeof QualityLine>;

/** A reference between two tables, of one column or several. */
export const TableRelation = z.object({
  from: z.string(),
  to: z.string(),
  fromColumns: z.array(z.string()),
  toColumns: z.array(z.string()),
  declared: z.boolean(),
  score: z.number().nullable(),
  evidence: z.string(),
});
export type TableRelation = z.infer<typeof TableRelation>;

export const TableNode = z.object({
  key: z.string(),
  columns: z.number(),
  rows: z.number().nullable(),
  /** Columns of the primary key, then those that refer elsewhere. */
  keys: z.array(z.object({ name: z.string(), mark: z.enum(['primary', 'declared', 'inferred']) })),
});
export type TableNode = z.infer<typeof TableNode>;

export const schemaRequests = {
  /** The lines of the tree that can be seen. Schemas are open and tables closed unless toggled; with words, what fits is open. */
  'schema.tree': route(
    z.strictObject({ side, text: words, toggled: z.array(id).max(5000).default([]), ...page }),
    z.object({ total: z.number(), tables: z.number(), columns: z.number(), rows: z.array(TreeRow) }),
  ),
  'schema.table': route(
    z.strictObject({ side, key: id }),
    z.object({ table: Table, profile: TableProfile.nullable(), masked: z.array(z.string()) }),
  ),
  'schema.column': route(
    z.strictObject({ side, table: id, column: id }),
    z.object({
      column: Column,
      primaryKey: z.boolean(),
      uniques: z.array(z.array(z.string())),
      references: z.array(ColumnReference),
      referencedBy: z.array(ColumnReference),
      /** Null: the table has no data. */
      rows: z.number().nullable(),
      profile: ColumnProfile.nullable(),
      /** Where some figures come from a part of the rows: how many. */
      sampledRows: z.number().nullable(),
      /** From the first rows, in their order, each once. */
      samples: z.array(z.string()),
      personal: z.boolean(),
      /** Values are shown masked: the project says so for personal data. */
      masked: z.boolean(),
      issues: z.array(QualityIssue),
    }),
  ),
  /** For "search all target columns": name search, best first. */
  'schema.searchTargets': route(
    z.strictObject({ text: z.string().max(200), limit: z.number().int().min(1).max(200).default(50) }),
    z.object({
      total: z.number(),
      columns: z.array(z.object({ ref: ColumnRef, rawType: z.string(), comment: z.string().nullable() })),
    }),
  ),
  'schema.quality': route(
    z.strictObject({
      side,
      text: words,
      level: z.enum(['tables', 'columns']),
      sort: z.enum(qualitySorts).default('defects'),
      descending: z.boolean().default(true),
      ...page,
    }),
    z.object({
      total: z.number(),
      /** Tables of the side, with and without data. */
      profiled: z.number(),
      tables: z.number(),
      lines: z.array(QualityLine),
    }),
  ),
  'schema.relations': route(
    z.strictObject({ side }),
    z.object({ tables: z.array(TableNode), relations: z.array(TableRelation) }),
  ),
  /** The lines around a line of an input's text. */
  'inputs.text': route(
    z.strictObject({ id, line: z.number().int().positive() }),
    z.object({
      /** Number of the first line in `text`. */
      first: z.number(),
      text: z.string(),
      /** False where the file goes on. */
      complete: z.boolean(),
    }),
  ),
} as const;
