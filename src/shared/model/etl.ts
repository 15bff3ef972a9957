/** The tool-independent model of a legacy ETL export: what was in the file, before any conversion. */
import { z } from 'zod';
import { Diagnostic, Table } from './schema.ts';

export const etlTools = ['powercenter', 'ssis', 'alteryx', 'datastage'] as const;
export const EtlTool = z.enum(etlTools);
export type EtlTool = z.infer<typeof EtlTool>;

/** Attributes and properties of the tool, by their own names, in file order. Secrets are replaced by `null` by the parser. */
export const EtlProperties = z
  .array(z.object({ name: z.string(), value: z.string().nullable() }).readonly())
  .readonly();
export type EtlProperties = z.infer<typeof EtlProperties>;

export const EtlPort = z
  .object({
    name: z.string(),
    /** The tool's own type text, e.g. `string`, `decimal`, `date/time`. */
    dataType: z.string(),
    precision: z.number().int().nullable(),
    scale: z.number().int().nullable(),
    direction: z.enum(['input', 'output', 'input_output', 'variable', 'return', 'lookup']),
    /** Expression text as in the file, line ends normalised to \n; null where there is none. */
    expression: z.string().nullable(),
    defaultValue: z.string().nullable(),
    /** Router/union group, input or output name; null where the transformation has a single group. */
    group: z.string().nullable(),
    nullable: z.boolean(),
    properties: EtlProperties,
  })
  .readonly();
export type EtlPort = z.infer<typeof EtlPort>;

export const EtlGroup = z
  .object({
    name: z.string(),
    kind: z.enum(['input', 'output', 'default']),
    condition: z.string().nullable(),
    order: z.number().int(),
  })
  .readonly();
export type EtlGroup = z.infer<typeof EtlGroup>;

export const EtlTransformation = z
  .object({
    /** Name of the instance in its mapping: unique within it. */
    id: z.string(),
    /** Name of the transformation definition (differs for instances of reusable ones). */
    name: z.string(),
    /** The tool's own type name, e.g. `Expression`, `Lookup Procedure`. Sources and targets are `Source Definition` and `Target Definition`. */
    type: z.string(),
    kind: z.enum(['source', 'transform', 'target']),
    reusable: z.boolean(),
    description: z.string().nullable(),
    ports: z.array(EtlPort).readonly(),
    groups: z.array(EtlGroup).readonly(),
    properties: EtlProperties,
    /** The table or file definition of a source, target or lookup. */
    definition: z.string().nullable(),
    /** Where a reusable definition stands, or is to be found; absent for what belongs to a mapping. */
    folder: z.string().optional(),
    line: z.number().int().nullable(),
  })
  .readonly();
export type EtlTransformation = z.infer<typeof EtlTransformation>;

export const EtlConnector = z
  .object({
    from: z.string(),
    fromPort: z.string(),
    fromGroup: z.string().nullable(),
    to: z.string(),
    toPort: z.string(),
    toGroup: z.string().nullable(),
  })
  .readonly();
export type EtlConnector = z.infer<typeof EtlConnector>;

export const EtlParameter = z
  .object({
    name: z.string(),
    dataType: z.string(),
    defaultValue: z.string().nullable(),
    isParameter: z.boolean(),
    /** By which other parts of the file mean it, where that is not its name. */
    id: z.string().optional(),
  })
  .readonly();
export type EtlParameter = z.infer<typeof EtlParameter>;

/** What a person said of the source system that exports do not carry, by the id of the setting. */
export const EtlSettings = z.record(z.string(), z.string()).readonly();
export type EtlSettings = z.infer<typeof EtlSettings>;

/** A mapping, mapplet or data flow. */
export const EtlMapping = z
  .object({
    folder: z.string().nullable(),
    name: z.string(),
    kind: z.enum(['mapping', 'mapplet']),
    description: z.string().nullable(),
    transformations: z.array(EtlTransformation).readonly(),
    connectors: z.array(EtlConnector).readonly(),
    parameters: z.array(EtlParameter).readonly(),
    /** Names of targets in their declared load order. */
    targetLoadOrder: z.array(z.string()).readonly(),
    properties: EtlProperties,
    line: z.number().int().nullable(),
    /** Not of the file: put there when it is converted. */
    settings: EtlSettings.optional(),
  })
  .readonly();
export type EtlMapping = z.infer<typeof EtlMapping>;

export const EtlTask = z
  .object({
    name: z.string(),
    type: z.string(),
    /** The mapping that a session runs; null for every other task. */
    mapping: z.string().nullable(),
    /** The workflow of another file that the task runs. */
    workflow: z.string().optional(),
    /** The task's own properties; what it sets on one transformation of its mapping is named `INSTANCE.PROPERTY`. */
    properties: EtlProperties,
    line: z.number().int().nullable(),
  })
  .readonly();
export type EtlTask = z.infer<typeof EtlTask>;

export const EtlWorkflow = z
  .object({
    folder: z.string().nullable(),
    name: z.string(),
    kind: z.enum(['workflow', 'worklet']),
    tasks: z.array(EtlTask).readonly(),
    links: z
      .array(z.object({ from: z.string(), to: z.string(), condition: z.string().nullable() }).readonly())
      .readonly(),
    parameters: z.array(EtlParameter).readonly(),
    properties: EtlProperties,
    line: z.number().int().nullable(),
  })
  .readonly();
export type EtlWorkflow = z.infer<typeof EtlWorkflow>;

/** A source or target definition, which is also a schema source. */
export const EtlDefinition = z
  .object({
    id: z.string(),
    role: z.enum(['source', 'target']),
    databaseType: z.string(),
    connection: z.string().nullable(),
    table: Table,
    properties: EtlProperties,
  })
  .readonly();
export type EtlDefinition = z.infer<typeof EtlDefinition>;

export const EtlFile = z
  .object({
    file: z.string(),
    tool: EtlTool,
    version: z.string().nullable(),
    /** Time written in the export itself, ISO, or null: the input's own time for reproducible output. */
    exportedAt: z.string().nullable(),
    definitions: z.array(EtlDefinition).readonly(),
    mappings: z.array(EtlMapping).readonly(),
    workflows: z.array(EtlWorkflow).readonly(),
    /** Reusable transformations as defined, whether or not a mapping of this file uses them. */
    reusable: z.array(EtlTransformation).readonly(),
    /** Sessions and tasks as defined, whether or not a workflow of this file runs them. */
    tasks: z.array(EtlTask).readonly(),
    /** Session configurations and other settings that belong to no mapping. */
    configurations: z.array(z.object({ name: z.string(), properties: EtlProperties }).readonly()).readonly(),
    diagnostics: z.array(Diagnostic).readonly(),
  })
  .readonly();
export type EtlFile = z.infer<typeof EtlFile>;

/** What a project keeps of an export: what lists and schemas need. The whole model stays with the process that reads it. */
export const EtlOutline = z
  .object({
    file: z.string(),
    /** Of its content: with the file's name it tells which input it is. */
    sha256: z.string(),
    tool: EtlTool,
    mappings: z.array(z.object({ name: z.string(), line: z.number().int().nullable() }).readonly()).readonly(),
    transformations: z.number().int(),
    workflows: z.number().int(),
    definitions: z.array(z.object({ role: z.enum(['source', 'target']), table: Table }).readonly()).readonly(),
    diagnostics: z.array(Diagnostic).readonly(),
  })
  .readonly();
export type EtlOutline = z.infer<typeof EtlOutline>;
