/** A legacy ETL file → a conversion job: pipelines, an account of every object, and the gate's verdict. */
import type {
  ConversionJob,
  ConvertedTransformation,
  JobIssue,
  PipelineArtifact,
} from '../../shared/model/conversion.ts';
import type { EtlFile, EtlMapping, EtlSettings } from '../../shared/model/etl.ts';
import { keepText } from '../core/kept-text.ts';
import type { Pipeline, WorkflowTask } from '../dataflow/model.ts';
import { parsePipeline } from '../dataflow/parse-pipeline.ts';
import { yamlPieces } from '../dataflow/print-yaml.ts';
import { FootprintCount } from './estate/footprint.ts';
import { etlToolRegistry } from './registry.ts';
import { countObjects, effortHours, isBlocking, releaseGate } from './release-gate.ts';
import { assumptionsOf } from './assumptions.ts';
import { withOpenIssues } from './settle-node.ts';
import { overallConfidence, pipelineHead } from './pipeline-head.ts';
import { PipelineWriter } from './pipeline-writer.ts';
import { toWorkflows } from './to-workflow.ts';

export interface ConvertOptions {
  readonly dialect: 'duckdb';
  /** The time to write into the documents; null takes the export's own time, which keeps output reproducible. */
  readonly reproducibleTime: string | null;
  readonly sha256?: string;
  /** What is known of the source system; usual values are assumed of what is missing. */
  readonly settings?: EtlSettings;
}

interface Conversion {
  readonly artifacts: readonly PipelineArtifact[];
  readonly transformations: readonly ConvertedTransformation[];
  readonly issues: readonly JobIssue[];
}

/** File names within one folder: safe on every system and told apart without regard to case. */
class FileNames {
  private readonly taken = new Set<string>();

  next(name: string): string {
    const safe =
      name
        .replace(/[^A-Za-z0-9._-]+/g, '_')
        .replace(/^\.+/, '_')
        .slice(0, 100) || 'pipeline';
    let candidate = `${safe}.yaml`;
    for (let count = 2; this.taken.has(candidate.toLowerCase()); count += 1) candidate = `${safe}_${count}.yaml`;
    this.taken.add(candidate.toLowerCase());
    return candidate;
  }
}

function convertPipelines(
  file: EtlFile,
  options: ConvertOptions,
  { names, footprint }: { readonly names: FileNames; readonly footprint: FootprintCount },
): Conversion {
  const convertMapping = etlToolRegistry[file.tool].convertMapping;
  const artifacts: PipelineArtifact[] = [];
  const transformations: ConvertedTransformation[] = [];
  const issues: JobIssue[] = [];
  const mappings: readonly EtlMapping[] = file.mappings.filter((one) => one.kind === 'mapping');
  for (const mapping of mappings) {
    let writer = new PipelineWriter();
    const start = (): PipelineWriter => (writer = new PipelineWriter());
    const parts = convertMapping(file, { ...mapping, settings: options.settings ?? {} }, start);
    for (const transformation of parts.transformations) transformations.push(transformation);
    for (const issue of parts.issues) issues.push(issue);
    const warnings = parts.issues.filter((issue) => issue.severity !== 'info').length;
    const { quality, confidences } = writer;
    const head = pipelineHead(
      { ...parts, quality, confidences, warnings },
      { file, mapping, sha256: options.sha256 ?? null, time: options.reproducibleTime ?? file.exportedAt },
    );
    for (const problem of writer.problems(head))
      issues.push({
        severity: problem.severity,
        where: problem.node ?? mapping.name,
        message: problem.message,
        line: mapping.line,
      });
    footprint.add({ tables: parts.tables, sinks: writer.sinks, complexity: writer.complexity });
    artifacts.push({
      name: mapping.name,
      kind: 'Pipeline',
      fileName: names.next(mapping.name),
      ...writer.texts(head),
    });
  }
  return { artifacts, transformations, issues };
}

function workflowArtifacts(
  file: EtlFile,
  options: ConvertOptions,
  names: FileNames,
): { readonly artifacts: readonly PipelineArtifact[]; readonly tasks: readonly WorkflowTask[] } {
  const pipelines = new Set(file.mappings.filter((one) => one.kind === 'mapping').map((one) => one.name));
  const how = {
    pipelines,
    time: options.reproducibleTime ?? file.exportedAt,
    ...(options.settings === undefined ? {} : { settings: options.settings }),
  };
  const tasks: WorkflowTask[] = [];
  const documents = file.workflows.flatMap((workflow) => toWorkflows(workflow, file, how));
  const artifacts = documents.map((document) => {
    for (const task of document.tasks) if (task.notes !== undefined) tasks.push(task);
    return {
      name: document.name,
      kind: 'Workflow' as const,
      fileName: names.next(document.name),
      yaml: keepText(yamlPieces(document)),
      sql: '',
      lineage: [],
    };
  });
  return { artifacts, tasks };
}

const notRun: ConversionJob['execution'] = { status: 'skipped', nodes: 0, detail: 'Not run' };

export interface ConvertedFile {
  readonly job: ConversionJob;
  readonly pipelines: readonly Pipeline[];
}

/** The job with the pipelines as documents, read back from their texts. */
export function convertFile(file: EtlFile, options: ConvertOptions): ConvertedFile {
  const job = convertEtl(file, options);
  const documents = job.pipelines.map(({ yaml }) => parsePipeline(yaml).document);
  return { job, pipelines: documents.filter((one) => one?.kind === 'Pipeline') };
}

/** Converts every mapping and workflow of `file`. Equal files and options give equal jobs. */
export function convertEtl(file: EtlFile, options: ConvertOptions): ConversionJob {
  const names = new FileNames();
  const footprint = new FootprintCount();
  const { artifacts, transformations, issues } = convertPipelines(file, options, { names, footprint });
  const diagnostics: readonly JobIssue[] = file.diagnostics.map((one) => ({
    severity: one.severity,
    where: one.statement ?? file.file,
    message: one.message,
    line: one.line,
  }));
  const confidence = overallConfidence(transformations.map((one) => one.confidence));
  const all = [...diagnostics, ...withOpenIssues(issues, transformations)];
  const problems = [
    ...new Set([
      ...file.diagnostics.filter((one) => one.severity === 'error').map((one) => one.message),
      ...issues.filter(isBlocking).map((one) => `${one.where}: ${one.message}`),
    ]),
  ];
  const gate = releaseGate({ confidence, transformations, problems, pipelines: artifacts.length });
  const { artifacts: workflows, tasks } = workflowArtifacts(file, options, names);
  const onlyWorkflows = artifacts.length === 0 && workflows.length > 0;
  return {
    file: file.file,
    tool: file.tool,
    status: onlyWorkflows ? 'completed_with_warnings' : gate.status,
    confidence,
    objects: countObjects(transformations),
    transformations,
    issues: all,
    gate: onlyWorkflows
      ? ['The file has workflows but none of their mappings: export them with dependencies', ...problems]
      : gate.reasons,
    effortHours: effortHours(transformations, artifacts.length),
    pipelines: [...artifacts, ...workflows],
    execution: notRun,
    footprint: footprint.footprint(file),
    assumptions: assumptionsOf(file.tool, [...transformations, ...tasks], options.settings),
  };
}
