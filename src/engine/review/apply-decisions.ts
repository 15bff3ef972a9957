/** A person's decisions laid over proposed mappings. */
import { type Decision, type Mapping, type Transformation, isDerived } from '../../shared/model/mapping.ts';
import { columnKey } from '../../shared/model/schema.ts';
import { columnExpression } from '../matching/column-expression.ts';

const nothing: Transformation = { type: 'none', expression: 'NULL' };

/**
 * The entries of an append-only log that no later entry takes back, by `seq`. An undo of an undo brings the decision back.
 * Entries count whatever their order in the list, and an entry that occurs twice counts once.
 */
export function standingDecisions(log: readonly Decision[]): readonly Decision[] {
  const entries = [...new Map(log.map((entry) => [entry.seq, entry])).values()].sort((a, b) => a.seq - b.seq);
  const taken = new Set<number>();
  for (const entry of entries.toReversed()) {
    if (entry.verdict === 'undo' && entry.undoes !== null && entry.undoes < entry.seq && !taken.has(entry.seq))
      taken.add(entry.undoes);
  }
  return entries.filter((entry) => entry.verdict !== 'undo' && !taken.has(entry.seq));
}

/** The last standing decision about each mapping, by mapping id: the one that counts. */
export const lastDecisions = (log: readonly Decision[]): ReadonlyMap<string, Decision> =>
  new Map(standingDecisions(log).map((decision) => [decision.mappingId, decision]));

/**
 * The mappings as decided, in their own order. `proposed` are the mappings before any decision: the log is applied whole each
 * time, so that applying it twice changes nothing and an undone decision leaves no trace. The last standing decision for a mapping
 * counts; decisions about unknown mappings are ignored.
 */
export function applyDecisions(proposed: readonly Mapping[], log: readonly Decision[]): readonly Mapping[] {
  return decidedFrom(proposed)(log);
}

/** The same for one log that grows: what is decided as it was before is the same object as before. */
export function decidedFrom(proposed: readonly Mapping[]): (log: readonly Decision[]) => readonly Mapping[] {
  const before = new WeakMap<Mapping, { readonly seq: number; readonly mapping: Mapping }>();
  return (log) => {
    const last = lastDecisions(log);
    return proposed.map((mapping) => {
      const decision = last.get(mapping.id);
      if (decision === undefined) return mapping;
      const known = before.get(mapping);
      if (known?.seq === decision.seq) return known.mapping;
      const decided = decide(mapping, decision);
      before.set(mapping, { seq: decision.seq, mapping: decided });
      return decided;
    });
  };
}

/** A rejection names the target that is wrong: a later proposal of another target is not rejected by it. An approval names what was approved. */
function decide(mapping: Mapping, decision: Decision): Mapping {
  const isSame =
    decision.target === null || (mapping.target !== null && columnKey(mapping.target) === columnKey(decision.target));
  switch (decision.verdict) {
    case 'approve':
      return isSame ? { ...mapping, status: 'approved' } : { ...modified(mapping, decision), status: 'approved' };
    case 'reject':
      return isSame ? { ...mapping, status: 'rejected' } : mapping;
    case 'modify':
      return modified(mapping, decision);
    case 'undo':
      return mapping;
  }
}

function modified(mapping: Mapping, decision: Decision): Mapping {
  const { target } = decision;
  if (target === null)
    return {
      ...mapping,
      target: null,
      additional: [],
      transformation: decision.transformation ?? nothing,
      status: 'modified',
      issues: [],
    };
  const sameTarget = mapping.target !== null && columnKey(mapping.target) === columnKey(target);
  const proposed =
    sameTarget || isDerived(mapping)
      ? mapping.transformation
      : { type: 'direct' as const, expression: columnExpression(mapping.source.column) };
  return {
    ...mapping,
    target,
    additional: sameTarget ? mapping.additional : [],
    transformation: decision.transformation ?? proposed,
    status: 'modified',
    issues: sameTarget ? mapping.issues : [],
  };
}
