import { PortolanError } from '../../shared/errors.ts';
import type { Output, ParsedInput, QueueItem } from '../../shared/ipc/contract.ts';
import { type Mapping, isPending, sourceNames, sourcesOf } from '../../shared/model/mapping.ts';
import type { TableProfile } from '../../shared/model/profile.ts';
import {
  orderQueue,
  patternOf,
  previewExpression,
  retarget,
  similarProposals,
  similarPatterns,
} from '../../engine/index.ts';
import { columnKey, tableKey } from '../../shared/model/schema.ts';
import { nearbyDecisions } from './accuracy-views.ts';
import type { Workbench } from './workbench.ts';

const decidedStatuses: readonly string[] = ['approved', 'modified', 'rejected'];

function find(workbench: Workbench, id: string): Mapping {
  const mapping = workbench.session.mappings().find((candidate) => candidate.id === id);
  if (mapping === undefined)
    throw new PortolanError('INPUT_INVALID', `There is no mapping ${id}`, {
      hint: 'The run may have been started anew; go back to the queue.',
    });
  return mapping;
}

/** A page of the queue, least certain first. The filter holds words of source or target names. */
export function queuePage(
  workbench: Workbench,
  { filter, show, offset, limit }: ParsedInput<'review.queue'>,
): Output<'review.queue'> {
  const all = workbench.session.mappings();
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const shown = orderQueue(all).filter((mapping) => {
    if (show === 'pending' && !isPending(mapping)) return false;
    if (show === 'decided' && !decidedStatuses.includes(mapping.status)) return false;
    const names = [
      mapping.id,
      ...(mapping.sources ?? []).map(columnKey),
      mapping.target === null ? '' : columnKey(mapping.target),
    ];
    const text = names.join(' ').toLowerCase();
    return words.every((word) => matches(text, word));
  });
  const { source, target } = workbench.columns();
  const items = shown.slice(offset, offset + limit).map((mapping): QueueItem => ({
    id: mapping.id,
    source: mapping.source,
    made: madeOf(mapping),
    target: mapping.target,
    confidence: mapping.confidence,
    status: mapping.status,
    priority: mapping.priority,
    key:
      source.detail(mapping.source)?.primaryKey === true ||
      (mapping.target !== null && target.detail(mapping.target)?.primaryKey === true),
    several: mapping.additional.length > 0,
  }));
  return { total: shown.length, pending: all.filter(isPending).length, items };
}

/** `FIRST_NM + LAST_NM · CUSTOMER`, or the value of a constant. */
function madeOf(mapping: Mapping): string | null {
  if (mapping.sources === undefined) return null;
  const names = sourceNames(mapping);
  return names === null ? mapping.transformation.expression : `${names} · ${tableKey(mapping.source)}`;
}

/** `*` stands for anything: consultants type CUST_*. */
function matches(text: string, word: string): boolean {
  let from = 0;
  for (const piece of word.split('*')) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}

export function reviewItem(workbench: Workbench, id: string): Output<'review.item'> {
  const mapping = find(workbench, id);
  const { source, target } = workbench.columns();
  const sources = sourcesOf(mapping).map((ref) => source.detail(ref));
  if (sources.includes(null)) throw new PortolanError('INPUT_INVALID', `There is no column ${id}`);
  return {
    mapping,
    sources: sources.filter((detail) => detail !== null),
    target: mapping.target === null ? null : target.detail(mapping.target),
    candidates: mapping.candidates.flatMap((candidate) => target.detail(candidate) ?? []),
    decidedBefore: [...similarPatterns(mapping, workbench.session.patterns())],
    calibration: nearbyDecisions(workbench, mapping),
  };
}

export function retargeted(
  workbench: Workbench,
  { id, target }: ParsedInput<'review.retarget'>,
): Output<'review.retarget'> {
  const mapping = find(workbench, id);
  const column = workbench.columns().target.detail(target);
  const state = workbench.session.state();
  if (column === null || state === null)
    throw new PortolanError('INPUT_INVALID', `There is no target column ${columnKey(target)}`);
  const { transformation, issues } = retarget(mapping, target, state);
  return { column, transformation, issues: [...issues] };
}

export function decide(workbench: Workbench, { decisions }: ParsedInput<'review.decide'>): Output<'review.decide'> {
  const { session } = workbench;
  const before = statusesOf(session.mappings());
  session.decide(decisions, 'person');
  const mappings = session.mappings();
  const pending = orderQueue(mappings).filter(isPending);
  workbench.changed();
  return {
    applied: decisions.length,
    pending: pending.length,
    next: pending[0]?.id ?? null,
    also: alsoChanged(
      before,
      mappings,
      decisions.map(({ mappingId }) => mappingId),
    ),
  };
}

const statusesOf = (mappings: readonly Mapping[]): ReadonlyMap<string, Mapping['status']> =>
  new Map(mappings.map(({ id, status }) => [id, status]));

/** Mappings that have another status than before, besides those that were decided. */
function alsoChanged(
  before: ReturnType<typeof statusesOf>,
  mappings: readonly Mapping[],
  decided: readonly string[],
): Output<'review.decide'>['also'] {
  const known = new Set(decided);
  return mappings
    .filter(({ id, status }) => before.get(id) !== status && !known.has(id))
    .map(({ id, status, target }) => ({ id, status, target }));
}

export function undo(workbench: Workbench): Output<'review.undo'> {
  const { session } = workbench;
  const before = statusesOf(session.mappings());
  const entries = session.undo();
  if (entries === null) return null;
  workbench.changed();
  const undone = entries.map((decision) => decision.mappingId);
  const mappings = session.mappings();
  return { undone, pending: mappings.filter(isPending).length, also: alsoChanged(before, mappings, undone) };
}

export function similar(workbench: Workbench, input: ParsedInput<'review.similar'>): Output<'review.similar'> {
  const mapping = find(workbench, input.id);
  const target = input.target === undefined ? mapping.target : input.target;
  return {
    proposals: [
      ...similarProposals(
        mapping,
        { target, transformation: input.transformation ?? mapping.transformation },
        workbench.session.mappings(),
      ),
    ],
  };
}

export async function preview(
  workbench: Workbench,
  { id, expression, target }: ParsedInput<'review.preview'>,
): Promise<Output<'review.preview'>> {
  const mapping = find(workbench, id);
  const { source, target: targets } = workbench.columns();
  const table = source.tables.get(tableKey(mapping.source));
  if (table === undefined) throw new PortolanError('INPUT_INVALID', `There is no table ${mapping.source.table}`);
  const found = await previewExpression(
    {
      table,
      profile: source.measured(tableKey(mapping.source)),
      columns: sourcesOf(mapping).map(({ column }) => column),
      expression,
      target: target === null ? null : (targets.find(target)?.column ?? null),
    },
    workbench.engine.dependencies.sql,
  );
  const masked = source.masks && namesPersonal(source.measured(tableKey(mapping.source)), mapping, expression);
  return {
    ...found,
    rows: found.rows.map((row) => ({
      in: masked ? row.in.map(hide) : [...row.in],
      out: masked ? hide(row.out) : row.out,
    })),
  };
}

/** True where the column in hand, or one that the expression names, holds personal data. */
function namesPersonal(profile: TableProfile | null, mapping: Mapping, expression: string): boolean {
  const said = `${expression} ${sourceNames(mapping) ?? ''}`.toLowerCase();
  return (profile?.columns ?? []).some((one) => one.personal === true && said.includes(one.name.toLowerCase()));
}

const hide = (value: string | null): string | null => (value === null ? null : patternOf(value));
