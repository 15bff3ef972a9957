/** What changed between two versions of a schema. */
import { z } from 'zod';

export const propertyNames = ['type', 'nullable', 'default', 'comment', 'identity', 'generated'] as const;

/** One property of a column, as written before and after; null where it says nothing. */
export const PropertyChange = z
  .object({
    property: z.enum(propertyNames),
    before: z.string().nullable(),
    after: z.string().nullable(),
    /** Rows that fitted before may not fit any more. */
    breaking: z.boolean(),
  })
  .readonly();
export type PropertyChange = z.infer<typeof PropertyChange>;

export const ColumnChange = z
  .object({
    kind: z.enum(['added', 'removed', 'renamed', 'changed']),
    /** Null for an added column. */
    before: z.string().nullable(),
    /** Null for a removed column. */
    after: z.string().nullable(),
    /** How likely the two names mean one column, for a renamed one; else null. */
    score: z.number().min(0).max(1).nullable(),
    properties: z.array(PropertyChange).readonly(),
    breaking: z.boolean(),
  })
  .readonly();
export type ColumnChange = z.infer<typeof ColumnChange>;

/** A key, index or check that only one version has. */
export const ConstraintChange = z
  .object({
    kind: z.enum(['added', 'removed']),
    constraint: z.enum(['primary key', 'unique', 'foreign key', 'index', 'check']),
    text: z.string(),
    breaking: z.boolean(),
  })
  .readonly();
export type ConstraintChange = z.infer<typeof ConstraintChange>;

export const TableChange = z
  .object({
    kind: z.enum(['added', 'removed', 'renamed', 'changed']),
    /** `tableKey` before; null for an added table. */
    before: z.string().nullable(),
    /** `tableKey` after; null for a removed table. */
    after: z.string().nullable(),
    score: z.number().min(0).max(1).nullable(),
    /** The comment, where it changed. */
    comment: z.object({ before: z.string().nullable(), after: z.string().nullable() }).readonly().nullable(),
    columns: z.array(ColumnChange).readonly(),
    constraints: z.array(ConstraintChange).readonly(),
    breaking: z.boolean(),
  })
  .readonly();
export type TableChange = z.infer<typeof TableChange>;

export const SchemaDiff = z
  .object({
    /** Tables with a change, by name. */
    tables: z.array(TableChange).readonly(),
    unchanged: z.number().int(),
  })
  .readonly();
export type SchemaDiff = z.infer<typeof SchemaDiff>;

export const changeKinds = ['added', 'removed', 'renamed', 'changed'] as const;
export const changeSubjects = [
  'table',
  'column',
  ...propertyNames,
  'primary key',
  'unique',
  'foreign key',
  'index',
  'check',
] as const;

/** One change on one line: a table, a column, one property of a column, or a key. */
export const SchemaDiffLine = z
  .object({
    kind: z.enum(changeKinds),
    subject: z.enum(changeSubjects),
    /** `tableKey` after; of a removed table before. */
    table: z.string(),
    /** The column; null for tables and for keys. */
    column: z.string().nullable(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    score: z.number().min(0).max(1).nullable(),
    breaking: z.boolean(),
  })
  .readonly();
export type SchemaDiffLine = z.infer<typeof SchemaDiffLine>;
