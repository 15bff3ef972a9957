/** A person's own version of a pipeline: checked like a generated one, and what it does to the job's gate. */
import type {
  ConversionJob,
  ConvertedTransformation,
  JobIssue,
  KeptText,
  PipelineArtifact,
  PipelineEdit,
} from '../../shared/model/conversion.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { keepText, sameText } from '../core/kept-text.ts';
import type { DataFlow, Pipeline, PipelineNode } from '../dataflow/model.ts';
import { parsePipeline } from '../dataflow/parse-pipeline.ts';
import { pipelineLineage } from '../dataflow/pipeline-lineage.ts';
import { scriptPieces } from '../dataflow/print-script.ts';
import { validatePipeline } from '../dataflow/validate-pipeline.ts';
import { countObjects, effortHours, isBlocking, releaseGate } from './release-gate.ts';
import { overallConfidence } from './pipeline-head.ts';

export interface PipelineDefect {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly line: number | null;
  readonly node: string | null;
}

export interface Revision {
  /** Null where the text cannot take the place of the pipeline at all; `defects` says why. */
  readonly job: ConversionJob | null;
  readonly defects: readonly PipelineDefect[];
}

const leftOut = 'Left out by hand';

/** Everything that is wrong with a DataFlow text, with lines: syntax, shape, references, dangerous SQL. */
export function checkPipelineText(yaml: KeptText): {
  readonly document: DataFlow | null;
  readonly defects: readonly PipelineDefect[];
} {
  const { document, diagnostics, lineOf } = parsePipeline(yaml);
  const shape = diagnostics.map(({ message, line }): PipelineDefect => ({
    severity: 'error',
    message,
    line,
    node: null,
  }));
  if (document?.kind !== 'Pipeline') return { document, defects: shape };
  const meaning = validatePipeline(document).map((problem): PipelineDefect => ({
    ...problem,
    line: problem.node === null ? null : lineOf(problem.node),
  }));
  return { document, defects: [...shape, ...meaning] };
}

function pipelineOf(yaml: KeptText): Pipeline | null {
  const { document } = parsePipeline(yaml);
  return document?.kind === 'Pipeline' ? document : null;
}

interface Change {
  readonly before: ReadonlyMap<string, PipelineNode>;
  readonly after: ReadonlyMap<string, PipelineNode>;
  /** Nodes whose text differs from the one before. */
  readonly changed: ReadonlySet<string>;
}

function changeOf(before: Pipeline, after: Pipeline): Change {
  const [old, now] = [before, after].map((one) => new Map(one.nodes.map((node) => [node.id, node]))) as [
    Map<string, PipelineNode>,
    Map<string, PipelineNode>,
  ];
  const changed = [...now].filter(([id, node]) => canonicalJson(node) !== canonicalJson(old.get(id) ?? null));
  return { before: old, after: now, changed: new Set(changed.map(([id]) => id)) };
}

/** The account of the objects of one mapping, with the nodes that differ as the text now has them. */
function accountOf(
  transformations: readonly ConvertedTransformation[],
  mapping: string,
  change: Change,
): readonly ConvertedTransformation[] {
  const known = new Set<string>();
  const kept = transformations.map((one): ConvertedTransformation => {
    if (one.mapping !== mapping) return one;
    known.add(one.id);
    const node = change.after.get(one.id);
    if (node === undefined)
      return change.before.has(one.id) ? { ...one, source: 'human', confidence: 1, notes: [leftOut] } : one;
    return change.changed.has(one.id) ? { ...one, ...worthOf(node) } : one;
  });
  const added = [...change.after.values()].filter((node) => !change.before.has(node.id) && !known.has(node.id));
  return [...kept, ...added.map((node) => ({ id: node.id, mapping, type: node.type, ...worthOf(node) }))];
}

function worthOf(node: PipelineNode): Pick<ConvertedTransformation, 'operator' | 'source' | 'confidence' | 'notes'> {
  return { operator: node.operator, source: node.conversion, confidence: node.confidence, notes: node.notes ?? [] };
}

const about = (issue: JobIssue, id: string): boolean => issue.where === id || issue.where.startsWith(`${id}.`);

/** Issues of what a person has since written are settled; what the checks found before is found anew. */
function openIssues(issues: readonly JobIssue[], change: Change, { before, after }: Texts): readonly JobIssue[] {
  const checked = new Set(validatePipeline(before).map((problem) => problem.message));
  const settled = [...change.changed].filter((id) => change.after.get(id)?.conversion === 'human');
  const kept = issues.filter((issue) => !checked.has(issue.message) && !settled.some((id) => about(issue, id)));
  const found = validatePipeline(after).map((problem): JobIssue => ({
    severity: problem.severity,
    where: problem.node ?? after.name,
    message: problem.message,
    line: null,
  }));
  return [...kept, ...found];
}

interface Texts {
  readonly before: Pipeline;
  readonly after: Pipeline;
}

type Account = NonNullable<ConversionJob['converted']>;

/** What the conversion found, with every edit taken in. */
function withEdits(converted: Account, pipelines: readonly PipelineArtifact[]): Account {
  return pipelines.reduce<Account>((account, { name, yaml, generated }) => {
    const before = generated === undefined ? null : pipelineOf(generated);
    const after = pipelineOf(yaml);
    if (before === null || after === null) return account;
    const change = changeOf(before, after);
    return {
      transformations: accountOf(account.transformations, name, change),
      issues: openIssues(account.issues, change, { before, after }),
    };
  }, converted);
}

function revisedArtifact(artifact: PipelineArtifact, yaml: KeptText, document: DataFlow): PipelineArtifact {
  const { generated: kept, run: _run, ...rest } = artifact;
  const generated = kept ?? artifact.yaml;
  const texts =
    document.kind === 'Pipeline' ? { sql: keepText(scriptPieces(document)), lineage: pipelineLineage(document) } : {};
  return { ...rest, yaml, ...texts, ...(sameText(yaml, generated) ? {} : { generated }) };
}

/** The job with its account and its gate as its pipelines are now. */
function gated(job: ConversionJob, pipelines: readonly PipelineArtifact[]): ConversionJob {
  const { converted: kept, ...rest } = job;
  const converted = kept ?? { transformations: job.transformations, issues: job.issues };
  const edited = pipelines.some((one) => one.generated !== undefined);
  const { transformations, issues } = withEdits(converted, pipelines);
  const confidence = overallConfidence(transformations.map((one) => one.confidence));
  const problems = issues
    .filter(isBlocking)
    .map((issue) => (issue.where === job.file ? issue.message : `${issue.where}: ${issue.message}`));
  const count = pipelines.filter((one) => one.kind === 'Pipeline').length;
  const gate = releaseGate({ confidence, transformations, problems: [...new Set(problems)], pipelines: count });
  return {
    ...rest,
    status: gate.status,
    gate: gate.reasons,
    confidence,
    objects: countObjects(transformations),
    transformations,
    issues,
    effortHours: effortHours(transformations, count),
    pipelines,
    execution: { status: 'skipped', nodes: 0, detail: 'Not run' },
    ...(edited ? { converted } : {}),
  };
}

/**
 * `job` with `yaml` in the place of one of its pipelines: checked, counted and gated anew, not executed. Giving the
 * generated text again takes the edit back as if it had never been made.
 */
export function reviseJob(job: ConversionJob, fileName: string, yaml: KeptText): Revision {
  const artifact = job.pipelines.find((one) => one.fileName === fileName);
  const { document, defects } = checkPipelineText(yaml);
  if (artifact === undefined || document === null) return { job: null, defects };
  if (document.kind !== artifact.kind) {
    const message = `kind: the document is a ${document.kind}, and has to stay a ${artifact.kind}`;
    return { job: null, defects: [{ severity: 'error', message, line: 1, node: null }, ...defects] };
  }
  const pipelines = job.pipelines.map((one) => (one === artifact ? revisedArtifact(one, yaml, document) : one));
  if (document.kind === 'Workflow') return { job: { ...job, pipelines }, defects };
  return { job: gated(job, pipelines), defects };
}

/** The edits that were made to `job`, for a later conversion of the same file. */
export function editsOf(job: ConversionJob): readonly PipelineEdit[] {
  return job.pipelines.flatMap(({ name, yaml, generated }) =>
    generated === undefined ? [] : [{ file: job.file, name, generated, yaml }],
  );
}

/** A new conversion with earlier edits; one whose pipeline comes out differently now is not applied, and said so. */
export function withEarlierEdits(job: ConversionJob, edits: readonly PipelineEdit[]): ConversionJob {
  return edits
    .filter((edit) => edit.file === job.file)
    .reduce((current, edit) => {
      const artifact = current.pipelines.find((one) => one.name === edit.name && sameText(one.yaml, edit.generated));
      const revised = artifact === undefined ? null : reviseJob(current, artifact.fileName, edit.yaml).job;
      if (revised !== null) return revised;
      const message = 'An earlier edit by hand was not applied: the conversion gives another pipeline now';
      return {
        ...current,
        issues: [...current.issues, { severity: 'warning' as const, where: edit.name, message, line: null }],
      };
    }, job);
}
