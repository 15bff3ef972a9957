import { beforeEach, describe, expect, it } from 'vitest';
import type { ColumnDetail, PortolanBridge, QueueItem } from '../../../shared/ipc/contract.ts';
import type { DecisionInput, MappingStatus } from '../../../shared/model/mapping.ts';
import { useNotices } from '../../data/notices.ts';
import { approveCommand } from './commands.ts';
import { acceptanceOf, approvalOf, approve, reject, resetSession, setNoCounterpart, undo } from './decide-actions.ts';
import { setExpression } from './item-actions.ts';
import { loadQueue, selectAll, toggleSelected } from './queue-actions.ts';
import { currentDraft, initialReview, useReview } from './store.ts';

const ref = (table: string, column: string): { schema: null; table: string; column: string } => ({
  schema: null,
  table,
  column,
});
const parts = { semantic: 0.5, type: 0.5, domain: 0.5, history: 0.5 };
const direct = (expression: string): { type: 'direct'; expression: string } => ({ type: 'direct', expression });

const columnOf = (column: string): ColumnDetail => ({
  ref: ref('T', column),
  rawType: 'TEXT',
  type: 'string',
  nullable: true,
  primaryKey: false,
  foreignKey: null,
  default: null,
  comment: null,
  rows: null,
  nulls: null,
  distinct: null,
  longest: null,
  semanticType: null,
  top: [],
});

/** A main process in memory: a queue, a decision log, and a switch that makes it refuse. */
class FakeMain implements PortolanBridge {
  readonly items = new Map<string, QueueItem>();
  readonly batches: (readonly DecisionInput[])[] = [];
  refuses = false;
  /** What approving `a` settles as well. */
  along: readonly Pick<QueueItem, 'id' | 'status' | 'target'>[] = [];

  constructor(ids: readonly string[]) {
    for (const id of ids) {
      this.items.set(id, {
        id,
        source: ref('T', id),
        made: null,
        target: id === 'nowhere' ? null : ref('X', id),
        confidence: 0.6,
        status: id === 'nowhere' ? 'unmapped' : 'needs_review',
        priority: 5,
        key: false,
        several: false,
      });
    }
  }

  request(name: string, input: unknown): Promise<unknown> {
    if (name === 'review.decide' && this.refuses)
      return Promise.resolve({ ok: false, error: { code: 'INTERNAL', message: 'The project file is locked' } });
    const answers: Readonly<Record<string, (given: never) => unknown>> = {
      'review.queue': (given: { offset: number; limit: number }) => ({
        total: this.items.size,
        pending: this.pending(),
        items: [...this.items.values()].slice(given.offset, given.offset + given.limit),
      }),
      'review.item': (given: { id: string }) => this.detail(given.id),
      'review.similar': () => ({ proposals: [] }),
      'review.preview': () => ({ rows: [], failures: 0, tested: 0, error: null }),
      'review.decide': (given: { decisions: readonly DecisionInput[] }) => this.decide(given.decisions),
      'review.undo': () => this.undo(),
    };
    const answer = answers[name];
    if (answer === undefined) throw new Error(`no route ${name}`);
    return Promise.resolve({ ok: true, value: answer(input as never) });
  }

  on(): () => void {
    return () => undefined;
  }

  grant(): Promise<unknown> {
    return Promise.resolve({ ok: true, value: [] });
  }

  private pending(): number {
    return [...this.items.values()].filter((one) => one.status === 'needs_review' || one.status === 'unmapped').length;
  }

  private detail(id: string): unknown {
    const item = this.items.get(id);
    return {
      mapping: {
        id,
        source: item?.source,
        target: item?.target,
        transformation: direct(id),
        additional: [],
        confidence: 0.6,
        parts,
        status: item?.status,
        rationale: '',
        reasons: [],
        candidates: [],
        issues: [],
        priority: 5,
        patterns: [],
      },
      sources: [columnOf(id)],
      target: null,
      candidates: [],
      decidedBefore: [],
      calibration: null,
    };
  }

  private decide(decisions: readonly DecisionInput[]): unknown {
    this.batches.push(decisions);
    const statuses: Readonly<Record<DecisionInput['verdict'], MappingStatus>> = {
      approve: 'approved',
      reject: 'rejected',
      modify: 'modified',
    };
    for (const one of decisions) {
      const item = this.items.get(one.mappingId);
      if (item !== undefined) this.items.set(item.id, { ...item, status: statuses[one.verdict] });
    }
    const also = this.along.filter(() => decisions.some((one) => one.mappingId === 'a'));
    return { applied: decisions.length, pending: this.pending(), next: null, also };
  }

  private undo(): unknown {
    const batch = this.batches.pop();
    if (batch === undefined) return null;
    for (const { mappingId } of batch) {
      const item = this.items.get(mappingId);
      if (item !== undefined) this.items.set(mappingId, { ...item, status: 'needs_review' });
    }
    const also = this.along.map((one) => ({ ...one, status: 'needs_review' }));
    return { undone: batch.map((one) => one.mappingId), pending: this.pending(), also };
  }
}

let main: FakeMain;

async function start(...ids: readonly string[]): Promise<void> {
  main = new FakeMain(ids);
  Object.defineProperty(globalThis, 'window', { value: { portolan: main }, configurable: true, writable: true });
  resetSession();
  useReview.setState(initialReview);
  await loadQueue();
  await settle();
}

/** Lets the answers that are on the way arrive. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const statuses = (): string =>
  useReview
    .getState()
    .items.map((one) => `${one.id}:${one.status}`)
    .join(' ');
const said = (): string => useNotices.getState().announcement.text;

beforeEach(() => useNotices.setState({ notices: [] }));

describe('deciding', () => {
  it('approves what is in hand, stays in order and goes on to the next', async () => {
    await start('a', 'b', 'c');
    await approve();
    expect(main.batches).toEqual([[{ mappingId: 'a', verdict: 'approve' }]]);
    expect(statuses()).toBe('a:approved b:needs_review c:needs_review');
    expect(useReview.getState().currentId).toBe('b');
    expect(said()).toBe('a approved to X.a. 2 left.');
  });

  it('shows what a decision settles besides, leaves that behind, and opens it again with undo', async () => {
    await start('a', 'b', 'c');
    main.along = [{ id: 'b', status: 'auto_approved', target: ref('X', 'a') }];
    await approve();
    expect(statuses()).toBe('a:approved b:auto_approved c:needs_review');
    expect(useReview.getState().currentId).toBe('c');
    await undo();
    expect(statuses()).toBe('a:needs_review b:needs_review c:needs_review');
    expect(useReview.getState().currentId).toBe('a');
  });

  it('sends an edited expression as a modification', async () => {
    await start('a', 'b');
    setExpression('upper(a)');
    await approve();
    expect(main.batches[0]).toEqual([
      {
        mappingId: 'a',
        verdict: 'modify',
        target: ref('X', 'a'),
        transformation: { type: 'calculated', expression: 'upper(a)' },
      },
    ]);
  });

  it('can not be an approval of an expression that does not run', async () => {
    await start('a', 'b');
    expect(approveCommand.when?.()).toBe(true);
    setExpression('upper(');
    useReview.setState({ preview: { rows: [], failures: 0, tested: 0, error: 'syntax error' } });
    expect(approveCommand.when?.()).toContain('does not run');
    setExpression('a');
    expect(approveCommand.when?.()).toBe(true);
  });

  it('takes an expression that was typed back to the proposal as the proposal', async () => {
    await start('a');
    setExpression('upper(a)');
    setExpression('a');
    const draft = currentDraft(useReview.getState());
    expect(draft === null ? null : approvalOf(draft)).toEqual({ mappingId: 'a', verdict: 'approve' });
  });

  it('does not approve a mapping without a target', async () => {
    await start('nowhere', 'b');
    await approve();
    expect(main.batches).toEqual([]);
    await setNoCounterpart();
    expect(main.batches).toEqual([[{ mappingId: 'nowhere', verdict: 'modify', target: null }]]);
  });

  it('decides a selection as one batch and leaves out what has no target', async () => {
    await start('a', 'nowhere', 'c');
    toggleSelected();
    useReview.setState({ currentId: 'nowhere' });
    toggleSelected();
    await approve();
    expect(main.batches).toEqual([[{ mappingId: 'a', verdict: 'approve' }]]);
    expect(useReview.getState().selected.size).toBe(0);
  });

  it('sends all that wait in the list nowhere as one batch', async () => {
    await start('a', 'nowhere', 'c');
    selectAll();
    await setNoCounterpart();
    expect(main.batches).toEqual([
      ['a', 'nowhere', 'c'].map((mappingId) => ({ mappingId, verdict: 'modify', target: null })),
    ]);
  });

  it('shows everything as before where main refuses a decision', async () => {
    await start('a', 'b');
    main.refuses = true;
    await expect(reject()).rejects.toThrow('The project file is locked');
    expect(statuses()).toBe('a:needs_review b:needs_review');
    expect(useReview.getState().currentId).toBe('a');
  });

  it('undoes batch by batch and returns to what was undone', async () => {
    await start('a', 'b', 'c');
    await approve();
    await settle();
    await reject();
    await undo();
    expect(statuses()).toBe('a:approved b:needs_review c:needs_review');
    expect(useReview.getState().currentId).toBe('b');
    await undo();
    expect(statuses()).toBe('a:needs_review b:needs_review c:needs_review');
    await undo();
    expect(said()).toBe('Nothing to undo.');
  });

  it('loads the queue anew where undo reaches into an earlier session', async () => {
    await start('a', 'b');
    main.batches.push([{ mappingId: 'b', verdict: 'approve' }]);
    await undo();
    expect(useReview.getState().currentId).toBe('b');
  });
});

describe('acceptanceOf', () => {
  const proposal = {
    mappingId: 'a',
    because: '',
    rule: 'name',
    score: 1,
    before: { target: ref('X', 'a'), transformation: direct('a'), status: 'needs_review' as const },
  };

  it('is an approval where nothing but the status changes', () => {
    expect(acceptanceOf({ ...proposal, after: { ...proposal.before, status: 'approved' } })).toEqual({
      mappingId: 'a',
      verdict: 'approve',
    });
  });

  it('is a modification where target or expression change', () => {
    const after = { target: ref('X', 'b'), transformation: direct('a'), status: 'approved' as const };
    expect(acceptanceOf({ ...proposal, after })).toEqual({
      mappingId: 'a',
      verdict: 'modify',
      target: after.target,
      transformation: after.transformation,
    });
    expect(
      acceptanceOf({
        ...proposal,
        after: { ...proposal.before, transformation: direct('trim(a)'), status: 'approved' },
      }).verdict,
    ).toBe('modify');
  });
});
