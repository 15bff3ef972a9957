/** The engine's public face: the only file that the window, the command line and the child processes import. */
export type { BundleCheck } from './bundle/verify-bundle.ts';
export { canonicalJson } from './core/canonical-json.ts';
export { piecesOf, wholeText } from './core/kept-text.ts';
export { type CallContext, type Methods, type Peer, type Port, createPeer } from './core/peer.ts';
export { type Engine, createEngine, withDialect } from './engine.ts';
export { type Pipeline, type Workflow, dataFlowJsonSchema } from './dataflow/model.ts';
export { parsePipeline } from './dataflow/parse-pipeline.ts';
export { readDocument } from './dataflow/read-document.ts';
export { canonicalDdl } from './domains/canonical-ddl.ts';
export { domainPacks, withOwnPacks } from './domains/packs.ts';
export { packJsonSchema, readPack, writePack } from './domains/read-pack.ts';
export { withSourceSetting } from './etl/assumptions.ts';
export { settingOf } from './expr/source-settings.ts';
export { exportFileOf } from './etl/etl-outline.ts';
export { ExportLibrary } from './etl/export-library.ts';
export { estateOf } from './etl/estate/estate.ts';
export { standingOf } from './etl/release-gate.ts';
export { readEdit } from './etl/read-edit.ts';
export { reviseJob } from './etl/revise-job.ts';
export type { RunEvent, RunOutcome } from './graph/run-thread.ts';
export { compareInTurns } from './schema-diff/compare-in-turns.ts';
export { describeColumn } from './schema-diff/diff-lines.ts';
export { diffSchemas } from './schema-diff/diff-schemas.ts';
export { printSchemaDiff } from './schema-diff/print-schema-diff.ts';
export { schemaDiffMarkdown } from './schema-diff/schema-diff-markdown.ts';
export { printSchema } from './sql/ddl/print-schema.ts';
export { findDoubtful } from './learning/find-doubtful.ts';
export { importPack, preferences } from './learning/import-pack.ts';
export { learningPackText, parseLearningPack } from './learning/learning-pack.ts';
export { matchSchemas } from './matching/match-schemas.ts';
export { signalIds } from './matching/signals/registry.ts';
export type { ReviewPolicy } from './nodes/dependencies.ts';
export { maskPersonal } from './nodes/discovery/personal-data.ts';
export { patternOf } from './nodes/discovery/value-pattern.ts';
export type { ReadInput } from './nodes/discovery/read-input.ts';
export type { Embedder } from './ports/embedder.ts';
export type { ConversionRequest, EditTexts, ExportFile } from './ports/etl-converter.ts';
export type { SqlRows, SqlRunner } from './ports/sql-runner.ts';
export { type HostName, type HostProcess, type StartHost } from './ports/host.ts';
export type { ReadRequest, WorkbookRequest } from './ports/input-reader.ts';
export type { MatchInput } from './ports/matcher.ts';
export type { ProjectSession } from './project/project-session.ts';
export { readWorkbook } from './readers/excel/read-workbook.ts';
export { readDdlSet, readInput } from './readers/read-text-input.ts';
export { standingDecisions } from './review/apply-decisions.ts';
export { textEncodingOf } from './readers/text/decode.ts';
export { shippedCalibration } from './matching/confidence.ts';
export { orderQueue } from './review/order-queue.ts';
export { previewExpression } from './review/preview-expression.ts';
export { retarget } from './review/retarget.ts';
export { similarPatterns, similarProposals } from './review/similar-proposals.ts';
export {
  type ExecuteOptions,
  type GivenTable,
  type PipelineExecution,
  executeJob,
  executePipeline,
} from './etl/execute-job.ts';
export {
  type WorkflowDocuments,
  type WorkflowExecution,
  executeWorkflow,
  reachableFrom,
} from './etl/execute-workflow.ts';
export { WorkflowDatabase } from './etl/workflow-database.ts';
export { type GivenData, type GivenFile, givenFiles, tableOfFile } from './etl/given-files.ts';
export { etlToolOf } from './etl/registry.ts';
export { checkDocument } from './etl/check-document.ts';
export { translateExpression } from './expr/languages.ts';
