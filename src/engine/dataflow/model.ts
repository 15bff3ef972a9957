/**
 * The DataFlow contract: one model from which the JSON Schema, the validator, the runner and the exporters are derived.
 * Optional members are absent, never null, so that the YAML stays as short as the facts.
 */
import { z } from 'zod';

export const operators = [
  'source_connector_sql_pushdown',
  'sql_expression',
  'sql_join_pushdown',
  'sql_group_by',
  'sql_where',
  'sql_join',
  'sql_order_by',
  'conditional_branch',
  'sequence_generator',
  'upsert_strategy',
  'sql_union_all',
  'sql_rank',
  'normalizer',
  'sink',
  'pivot',
  'deduplicate',
  'change_capture',
  'scd',
  'script',
  'stored_procedure',
  'lookup',
  'row_state',
  'row_operation',
  'unsupported',
] as const;
export const Operator = z.enum(operators);
export type Operator = z.infer<typeof Operator>;

export const nodeConversions = ['rule_engine', 'llm', 'llm_unavailable', 'unsupported', 'human'] as const;

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
type ConfigValue = string | number | boolean | null | readonly ConfigValue[] | { readonly [key: string]: ConfigValue };
const ConfigValue: z.ZodType<ConfigValue> = z.lazy(() =>
  z.union([Scalar, z.array(ConfigValue).readonly(), z.record(z.string(), ConfigValue)]),
);

export const PipelineColumn = z
  .strictObject({
    name: z.string().min(1),
    type: z.string().min(1),
    nullable: z.boolean().optional(),
    /** SQL over the node's inputs; absent where the column is passed through. */
    expression: z.string().optional(),
    /** `NODE.COLUMN` of an input, or `TABLE.COLUMN` of a source. */
    from: z.array(z.string()).readonly().optional(),
    /** The expression as written in the source tool. */
    original: z.string().optional(),
  })
  .readonly();
export type PipelineColumn = z.infer<typeof PipelineColumn>;

export const NodeOutput = z
  .strictObject({
    name: z.string().min(1),
    condition: z.string().optional(),
    columns: z.array(PipelineColumn).readonly(),
    sql: z.string(),
  })
  .readonly();
export type NodeOutput = z.infer<typeof NodeOutput>;

export const NodeInput = z.strictObject({ node: z.string().min(1), output: z.string().min(1).optional() }).readonly();
export type NodeInput = z.infer<typeof NodeInput>;

/** One statement of DuckDB over the tables and variables of the run. */
export const TaskStatement = z
  .strictObject({
    sql: z.string().min(1),
    /** SQL of a condition: the statement runs only where it holds. */
    when: z.string().min(1).optional(),
    /** The variable that holds all rows of the query: they lie in the table of `rowsOf`. */
    rows: z.string().min(1).optional(),
    /** Variables that take values of the first row, by the column's name or its number from 0. */
    result: z
      .array(
        z.strictObject({ variable: z.string(), column: z.union([z.string(), z.number().int().min(0)]) }).readonly(),
      )
      .readonly()
      .optional(),
  })
  .readonly();
export type TaskStatement = z.infer<typeof TaskStatement>;

export const PipelineNode = z
  .strictObject({
    id: z.string().min(1),
    type: z.enum(['source', 'transform', 'sink']),
    operator: Operator,
    connector: z.string().optional(),
    connection: z.string().optional(),
    config: z.record(z.string(), ConfigValue).optional(),
    depends_on: z.array(NodeInput).readonly().optional(),
    columns: z.array(PipelineColumn).readonly().optional(),
    /** One SELECT over its inputs, in the declared dialect. Absent where nothing could be converted. */
    sql: z.string().optional(),
    /** Instead of `sql`, where rows leave by several outputs; an output's relation is `NODE__OUTPUT`. */
    outputs: z.array(NodeOutput).readonly().optional(),
    /** Statements that run before the first node, and after the last one where this node has passed. */
    before: z.array(TaskStatement).readonly().optional(),
    after: z.array(TaskStatement).readonly().optional(),
    confidence: z.number().min(0).max(1),
    conversion: z.enum(nodeConversions),
    /** What the source tool has here, where it could not be converted. */
    original: z.string().optional(),
    notes: z.array(z.string()).readonly().optional(),
  })
  .readonly();
export type PipelineNode = z.infer<typeof PipelineNode>;

export const PipelineTable = z
  .strictObject({
    name: z.string().min(1),
    /** Sources are read as `src.NAME`, targets written (and looked up) as `tgt.NAME`. */
    role: z.enum(['source', 'target']),
    connector: z.string().optional(),
    connection: z.string().optional(),
    schema: z.string().optional(),
    columns: z
      .array(z.strictObject({ name: z.string().min(1), type: z.string().min(1), nullable: z.boolean() }).readonly())
      .readonly(),
    key: z.array(z.string()).readonly().optional(),
    references: z
      .array(
        z
          .strictObject({
            columns: z.array(z.string()).readonly(),
            table: z.string(),
            to: z.array(z.string()).readonly(),
          })
          .readonly(),
      )
      .readonly()
      .optional(),
  })
  .readonly();
export type PipelineTable = z.infer<typeof PipelineTable>;

export const QualityCheck = z
  .strictObject({
    check: z.enum(['row_count', 'null_percentage', 'duplicate', 'schema_validation', 'low_confidence_reconciliation']),
    node: z.string().min(1),
    min: z.number().optional(),
    max: z.number().optional(),
    columns: z.array(z.string()).readonly().optional(),
    /** Whether a run fails with it; absent, it is told of only. */
    on_failure: z.enum(['warn', 'fail']).optional(),
  })
  .readonly();
export type QualityCheck = z.infer<typeof QualityCheck>;

const Origin = z
  .strictObject({ tool: z.string(), file: z.string(), object: z.string(), sha256: z.string().optional() })
  .readonly();

const Metadata = z
  .strictObject({
    dialect: z.string(),
    generated_at: z.string().optional(),
    generator: z.string(),
    overall_confidence: z.number().min(0).max(1),
    warnings_count: z.number().int().min(0),
  })
  .readonly();

export const PipelineParameter = z
  .strictObject({ name: z.string().min(1), type: z.string(), default: z.string().optional() })
  .readonly();
export type PipelineParameter = z.infer<typeof PipelineParameter>;

export const Pipeline = z
  .strictObject({
    apiVersion: z.literal('dataflow/v1'),
    kind: z.literal('Pipeline'),
    name: z.string().min(1),
    description: z.string().optional(),
    origin: Origin.optional(),
    parameters: z.array(PipelineParameter).readonly().optional(),
    connections: z
      .array(z.strictObject({ id: z.string(), connector: z.string(), secret: z.boolean() }).readonly())
      .readonly()
      .optional(),
    tables: z.array(PipelineTable).readonly().optional(),
    /** SQL macros that the nodes call; they are part of the generator and of every script. */
    macros: z.array(z.string()).readonly().optional(),
    nodes: z.array(PipelineNode).readonly(),
    quality: z.array(QualityCheck).readonly().optional(),
    metadata: Metadata,
  })
  .readonly();
export type Pipeline = z.infer<typeof Pipeline>;
/** A pipeline but for its nodes, which may be written one after the other. */
export type PipelineHead = Omit<Pipeline, 'nodes'>;

/** What a task waits for. Without `outcome` the task before has to pass. */
export const TaskLink = z
  .strictObject({
    task: z.string(),
    /** How the task before has to end; `done`: however. */
    outcome: z.enum(['passed', 'failed', 'done']).optional(),
    /** SQL over variables that has to hold, too. */
    expression: z.string().optional(),
    /** Either is enough: how the task before ended, or the expression. */
    either: z.boolean().optional(),
    /** As written in the source tool. Without `outcome` and `expression` it is decided there only. */
    condition: z.string().optional(),
  })
  .readonly();
export type TaskLink = z.infer<typeof TaskLink>;

export const WorkflowTask = z
  .strictObject({
    id: z.string().min(1),
    type: z.string(),
    /** The pipeline that this task runs. */
    pipeline: z.string().optional(),
    /** The workflow of another document that this task runs. */
    workflow: z.string().optional(),
    depends_on: z.array(TaskLink).readonly().optional(),
    /** `any`: one of `depends_on` is enough. */
    join: z.enum(['all', 'any']).optional(),
    /** A task that is switched off passes and does nothing. */
    disabled: z.boolean().optional(),
    /** Values that parameters of its pipeline or workflow get: SQL over the variables of this workflow. */
    values: z
      .array(z.strictObject({ parameter: z.string().min(1), sql: z.string().min(1) }).readonly())
      .readonly()
      .optional(),
    statements: z.array(TaskStatement).readonly().optional(),
    /** A loop runs its workflow while the condition holds, or once for each row of a query, by its own order. */
    loop: z
      .union([
        z.strictObject({ start: z.string().optional(), while: z.string(), next: z.string().optional() }).readonly(),
        z
          .strictObject({
            each: z.string().min(1),
            /** Variables that take values of the row, by the number of the column from 0. */
            variables: z
              .array(z.strictObject({ variable: z.string(), column: z.number().int().min(0) }).readonly())
              .readonly(),
            /** The task that ends a round: where it is not reached there are no more rounds. */
            end: z.string().min(1).optional(),
          })
          .readonly(),
      ])
      .optional(),
    config: z.record(z.string(), ConfigValue).optional(),
    confidence: z.number().min(0).max(1).optional(),
    conversion: z.enum(nodeConversions),
    /** SQL or expression of the source tool. */
    original: z.string().optional(),
    notes: z.array(z.string()).readonly().optional(),
  })
  .readonly();
export type WorkflowTask = z.infer<typeof WorkflowTask>;

export const Workflow = z
  .strictObject({
    apiVersion: z.literal('dataflow/v1'),
    kind: z.literal('Workflow'),
    name: z.string().min(1),
    description: z.string().optional(),
    origin: Origin.optional(),
    parameters: z.array(PipelineParameter).readonly().optional(),
    /** SQL macros that the statements call. */
    macros: z.array(z.string()).readonly().optional(),
    tasks: z.array(WorkflowTask).readonly(),
    metadata: z.strictObject({ generated_at: z.string().optional(), generator: z.string() }).readonly(),
  })
  .readonly();
export type Workflow = z.infer<typeof Workflow>;

/** Any DataFlow document. */
export const DataFlow = z.discriminatedUnion('kind', [Pipeline, Workflow]);
export type DataFlow = z.infer<typeof DataFlow>;

/** The JSON Schema of DataFlow documents, derived from the model above. */
export function dataFlowJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(DataFlow, { io: 'input', unrepresentable: 'any' }), title: 'DataFlow v1' };
}
