import type { PlacedIssue } from '../../shared/ipc/contract.ts';
import type { ConversionJob, JobIssue } from '../../shared/model/conversion.ts';
import type { EtlOutline } from '../../shared/model/etl.ts';

/** The first `most` issues of a job, each with the pipeline and the node that it is about. */
export function placeIssues(job: ConversionJob, file: EtlOutline | null, most = Infinity): PlacedIssue[] {
  const mappingsOf = new Map<string, Set<string>>();
  for (const { id, mapping } of job.transformations) {
    const mappings = mappingsOf.get(id);
    if (mappings === undefined) mappingsOf.set(id, new Set([mapping]));
    else mappings.add(mapping);
  }
  const fileNames = new Map(job.pipelines.map(({ name, fileName }) => [name, fileName]));
  const starts = (file?.mappings ?? [])
    .flatMap(({ name, line }) => (line === null ? [] : [{ name, line }]))
    .toSorted((a, b) => a.line - b.line);
  return job.issues.slice(0, most).map((issue) => {
    const node = nodeOf(issue, mappingsOf);
    const mapping = mappingOf(issue, node === null ? undefined : mappingsOf.get(node), starts);
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
  candidates: ReadonlySet<string> = new Set(),
  starts: readonly { readonly name: string; readonly line: number }[],
): string | null {
  const [first = null] = candidates;
  if (candidates.size < 2 || line === null) return first;
  const around = lastStartBefore(line, starts);
  return around !== null && candidates.has(around) ? around : first;
}

function lastStartBefore(
  line: number,
  starts: readonly { readonly name: string; readonly line: number }[],
): string | null {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle]?.line ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return starts[low - 1]?.name ?? null;
}
