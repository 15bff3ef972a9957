/** What the later nodes produce: SQL, documents, the validation verdict. */
import { z } from 'zod';
import { ColumnRef } from './schema.ts';

export const SqlStatement = z
  .object({
    /** Target table (`tableKey`), or the name of a check. */
    name: z.string(),
    kind: z.enum(['create', 'load', 'check', 'rollback']),
    complexity: z.enum(['simple', 'medium', 'complex']),
    sql: z.string(),
    /** What it reads and feeds, for lineage and documents. */
    columns: z
      .array(z.object({ target: ColumnRef, sources: z.array(ColumnRef).readonly(), expression: z.string() }).readonly())
      .readonly(),
    notes: z.array(z.string()).readonly(),
  })
  .readonly();
export type SqlStatement = z.infer<typeof SqlStatement>;

/** How a statement went when it was run in the DuckDB sandbox on the imported data. */
export const SqlRun = z
  .object({
    name: z.string(),
    kind: z.string(),
    status: z.enum(['passed', 'failed', 'skipped']),
    rows: z.number().int().nullable(),
    detail: z.string().nullable(),
  })
  .readonly();
export type SqlRun = z.infer<typeof SqlRun>;

export const SqlArtifacts = z
  .object({
    dialect: z.string(),
    /** Target tables in load order (parents before children); cycles are named in `notes`. */
    loadOrder: z.array(z.string()).readonly(),
    statements: z.array(SqlStatement).readonly(),
    runs: z.array(SqlRun).readonly(),
    notes: z.array(z.string()).readonly(),
  })
  .readonly();
export type SqlArtifacts = z.infer<typeof SqlArtifacts>;

export const documentIds = [
  'migration-overview',
  'source-schema-analysis',
  'mapping-specification',
  'transformation-guide',
  'data-quality-report',
  'validation-checklist',
  'deployment-instructions',
  'rollback-procedures',
  'troubleshooting-guide',
  'technical-reference',
] as const;
export type DocumentId = (typeof documentIds)[number];

export const MigrationDocument = z
  .object({ id: z.enum(documentIds), title: z.string(), markdown: z.string() })
  .readonly();
export type MigrationDocument = z.infer<typeof MigrationDocument>;

export const ValidationCheck = z
  .object({ id: z.string(), title: z.string(), result: z.enum(['PASS', 'WARNING', 'FAIL']), detail: z.string() })
  .readonly();
export type ValidationCheck = z.infer<typeof ValidationCheck>;

export const ValidationReport = z
  .object({ result: z.enum(['PASS', 'WARNING', 'FAIL']), checks: z.array(ValidationCheck).readonly() })
  .readonly();
export type ValidationReport = z.infer<typeof ValidationReport>;
