/** A person's own version of a pipeline: checked like a generated one, and what it does to the job's gate. */
import type {
  ConversionJob,
  ConvertedTransformation,
  JobIssue,
  KeptText,
  PipelineArtifact,
  PipelineEdit,
} from '../../shared/model/conversion.ts';
import { sameText } from '../core/kept-text.ts';
import type { EditChange, EditedNode, EditFacts, EtlConverter, PipelineDefect } from '../ports/etl-converter.ts';
import { countObjects, effortHours, isBlocking, releaseGate } from './release-gate.ts';
import { overallConfidence } from './pipeline-head.ts';

/** Reads the texts of an edit, which may take long: usually elsewhere. */
export type ReadEdit = EtlConverter['readEdit'];

export interface Revision {
  /** Null where the text cannot take the place of the pipeline at all; `defects` says why. */
  readonly job: ConversionJob | null;
  readonly defects: readonly PipelineDefect[];
}

const leftOut = 'Left out by hand';

/** What was changed in the pipeline of that name. */
interface Edit {
  readonly name: string;
  readonly change: EditChange;
}

/** The account of the objects of one mapping, with the nodes that differ as the text now has them. */
function accountOf(
  transformations: readonly ConvertedTransformation[],
  { name: mapping, change }: Edit,
): readonly ConvertedTransformation[] {
  const before = new Set(change.before);
  const after = new Map(change.after.map((node) => [node.id, node]));
  const known = new Set<string>();
  const kept = transformations.map((one): ConvertedTransformation => {
    if (one.mapping !== mapping) return one;
    known.add(one.id);
    const node = after.get(one.id);
    if (node === undefined)
      return before.has(one.id) ? { ...one, source: 'human', confidence: 1, notes: [leftOut] } : one;
    return node.changed ? { ...one, ...worthOf(node) } : one;
  });
  const added = change.after.filter((node) => !before.has(node.id) && !known.has(node.id));
  return [...kept, ...added.map((node) => ({ id: node.id, mapping, type: node.type, ...worthOf(node) }))];
}

const worthOf = ({ operator, source, confidence, notes }: EditedNode) => ({ operator, source, confidence, notes });

const about = (issue: JobIssue, id: string): boolean => issue.where === id || issue.where.startsWith(`${id}.`);

/** Issues of what a person has since written are settled; what the checks found before is found anew. */
function openIssues(issues: readonly JobIssue[], { change }: Edit): readonly JobIssue[] {
  const checked = new Set(change.checked);
  const settled = change.after.filter((node) => node.changed && node.source === 'human').map((node) => node.id);
  const kept = issues.filter((issue) => !checked.has(issue.message) && !settled.some((id) => about(issue, id)));
  return [...kept, ...change.found];
}

type Account = NonNullable<ConversionJob['converted']>;

/** What the conversion found, with every edit taken in. */
function withEdits(converted: Account, edits: readonly Edit[]): Account {
  return edits.reduce<Account>(
    ({ transformations, issues }, edit) => ({
      transformations: accountOf(transformations, edit),
      issues: openIssues(issues, edit),
    }),
    converted,
  );
}

function revisedArtifact(artifact: PipelineArtifact, yaml: KeptText, { pipeline }: EditFacts): PipelineArtifact {
  const { generated: kept, run: _run, ...rest } = artifact;
  const generated = kept ?? artifact.yaml;
  const texts = pipeline === null ? {} : { sql: pipeline.sql, lineage: pipeline.lineage };
  return { ...rest, yaml, ...texts, ...(sameText(yaml, generated) ? {} : { generated }) };
}

/** The job with its account and its gate as its pipelines are now. */
function gated(job: ConversionJob, pipelines: readonly PipelineArtifact[], edits: readonly Edit[]): ConversionJob {
  const { converted: kept, ...rest } = job;
  const converted = kept ?? { transformations: job.transformations, issues: job.issues };
  const edited = pipelines.some((one) => one.generated !== undefined);
  const { transformations, issues } = withEdits(converted, edits);
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
export async function reviseJob(
  job: ConversionJob,
  { fileName, yaml }: { readonly fileName: string; readonly yaml: KeptText },
  read: ReadEdit,
): Promise<Revision> {
  const artifact = job.pipelines.find((one) => one.fileName === fileName);
  const facts = await read({ yaml, generated: artifact?.generated ?? artifact?.yaml ?? yaml });
  const { kind, defects } = facts;
  if (artifact === undefined || kind === null) return { job: null, defects };
  if (kind !== artifact.kind) {
    const message = `kind: the document is a ${kind}, and has to stay a ${artifact.kind}`;
    return { job: null, defects: [{ severity: 'error', message, line: 1, node: null }, ...defects] };
  }
  const revised = revisedArtifact(artifact, yaml, facts);
  const pipelines = job.pipelines.map((one) => (one === artifact ? revised : one));
  if (kind === 'Workflow') return { job: { ...job, pipelines }, defects };
  const edits: Edit[] = [];
  for (const one of pipelines) {
    if (one.generated === undefined) continue;
    const { pipeline } = one === revised ? facts : await read({ yaml: one.yaml, generated: one.generated });
    if (pipeline?.change != null) edits.push({ name: one.name, change: pipeline.change });
  }
  return { job: gated(job, pipelines, edits), defects };
}

/** The edits that were made to `job`, for a later conversion of the same file. */
export function editsOf(job: ConversionJob): readonly PipelineEdit[] {
  return job.pipelines.flatMap(({ name, yaml, generated }) =>
    generated === undefined ? [] : [{ file: job.file, name, generated, yaml }],
  );
}

/** A new conversion with earlier edits; one whose pipeline comes out differently now is not applied, and said so. */
export async function withEarlierEdits(
  job: ConversionJob,
  edits: readonly PipelineEdit[],
  read: ReadEdit,
): Promise<ConversionJob> {
  let current = job;
  for (const { file, name, generated, yaml } of edits) {
    if (file !== job.file) continue;
    const artifact = current.pipelines.find((one) => one.name === name && sameText(one.yaml, generated));
    const revised =
      artifact === undefined ? null : (await reviseJob(current, { fileName: artifact.fileName, yaml }, read)).job;
    const message = 'An earlier edit by hand was not applied: the conversion gives another pipeline now';
    current = revised ?? {
      ...current,
      issues: [...current.issues, { severity: 'warning' as const, where: name, message, line: null }],
    };
  }
  return current;
}
