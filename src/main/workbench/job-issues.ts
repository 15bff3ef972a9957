import type { PlacedIssue } from '../../shared/ipc/contract.ts';
import type { ConversionJob, JobIssue } from '../../shared/model/conversion.ts';
import type { EtlOutline } from '../../shared/model/etl.ts';

/** The issues of a job, each with the pipeline and the node that it is about. */
export function placeIssues(job: ConversionJob, file: EtlOutline | null): PlacedIssue[] {
  const mappingsOf = new Map<string, string[]>();
  for (const { id, mapping } of job.transformations) mappingsOf.set(id, [...(mappingsOf.get(id) ?? []), mapping]);
  const fileNames = new Map(job.pipelines.map(({ name, fileName }) => [name, fileName]));
  const starts = (file?.mappings ?? [])
    .flatMap(({ name, line }) => (line === null ? [] : [{ name, line }]))
    .toSorted((a, b) => a.line - b.line);
  return job.issues.map((issue) => {
    const node = nodeOf(issue, mappingsOf);
    const mapping = mappingOf(issue, node === null ? [] : (mappingsOf.get(node) ?? []), starts);
    return { ...issue, node, pipeline: fileNames.get(mapping ?? issue.where) ?? null };
  });
}

/** `TRANSFORMATION` or `TRANSFORMATION.PORT`; names may hold dots themselves. */
function nodeOf({ where }: JobIssue, known: ReadonlyMap<string, unknown>): string | null {
  for (let end = where.length; end > 0; end = where.lastIndexOf('.', end - 1))
    if (known.has(where.slice(0, end))) return where.slice(0, end);
  return null;
}

/** Where several mappings have a transformation of one name, the line tells which one is meant. */
function mappingOf(
  { line }: JobIssue,
  candidates: readonly string[],
  starts: readonly { readonly name: string; readonly line: number }[],
): string | null {
  if (candidates.length < 2 || line === null) return candidates[0] ?? null;
  const around = starts.findLast((start) => start.line <= line)?.name;
  return candidates.find((name) => name === around) ?? candidates[0] ?? null;
}
