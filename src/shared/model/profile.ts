/** What the data of a table looks like: figures that discovery measures in DuckDB. */
import { z } from 'zod';
import { ColumnRef } from './schema.ts';

export const ColumnProfile = z
  .object({
    name: z.string(),
    nulls: z.number().int(),
    distinct: z.number().int(),
    min: z.string().nullable(),
    max: z.string().nullable(),
    minLength: z.number().int().nullable(),
    maxLength: z.number().int().nullable(),
    /** Most frequent values, most frequent first, ties by value. */
    top: z.array(z.object({ value: z.string(), count: z.number().int() }).readonly()).readonly(),
    /** Value shapes such as `A9`, `999-9999`, most frequent first (letters A, digits 9, runs collapsed beyond 6). */
    patterns: z.array(z.object({ pattern: z.string(), count: z.number().int() }).readonly()).readonly(),
    /** e-mail, phone, date_text, number_text, postcode, iban, flag, code, name, address …; null where nothing fits well. */
    semanticType: z.string().nullable(),
    /** True where the values tell of people: names, addresses, numbers that belong to one person. */
    personal: z.boolean().optional(),
  })
  .readonly();
export type ColumnProfile = z.infer<typeof ColumnProfile>;

/** A defect seen in the data, with the query that counts it so that a person can check it. */
export const QualityIssue = z
  .object({
    table: z.string(),
    column: z.string().nullable(),
    kind: z.enum([
      'nulls_in_key',
      'nulls_in_required',
      'duplicate_key',
      'orphan',
      'bad_date',
      'bad_number',
      'too_long',
      'blank',
      'whitespace',
      'duplicate_row',
      'encoding',
      'unreadable_row',
    ]),
    rows: z.number().int(),
    message: z.string(),
    query: z.string().nullable(),
  })
  .readonly();
export type QualityIssue = z.infer<typeof QualityIssue>;

export const TableProfile = z
  .object({
    /** `tableKey` of the table. */
    table: z.string(),
    file: z.string(),
    rows: z.number().int(),
    columns: z.array(ColumnProfile).readonly(),
    candidateKeys: z.array(z.array(z.string()).readonly()).readonly(),
    duplicateRows: z.number().int(),
    /** The first rows as text, in file order. */
    sample: z.array(z.array(z.string().nullable()).readonly()).readonly(),
    issues: z.array(QualityIssue).readonly(),
    /** Rows of the file, where only `rows` of them were measured. */
    totalRows: z.number().int().optional(),
    /** Of a large table: distinct counts are estimates; frequent values, patterns and lengths of numbers come from a sample of one row in so many. */
    sampledEvery: z.number().int().optional(),
    /** Columns whose value follows from another column that repeats; keys are left out, as they determine everything. */
    dependencies: z
      .array(z.object({ from: z.string(), to: z.string() }).readonly())
      .readonly()
      .optional(),
  })
  .readonly();
export type TableProfile = z.infer<typeof TableProfile>;

/** About how many rows the sampled figures come from; null where all figures come from every row. */
export function sampledRows({ rows, sampledEvery }: Pick<TableProfile, 'rows' | 'sampledEvery'>): number | null {
  return sampledEvery === undefined ? null : Math.round(rows / sampledEvery);
}

/** A foreign key that nobody declared: by name and by value inclusion. Score 0..1. */
export const InferredRelationship = z
  .object({ from: ColumnRef, to: ColumnRef, score: z.number(), inclusion: z.number().nullable(), evidence: z.string() })
  .readonly();
export type InferredRelationship = z.infer<typeof InferredRelationship>;
