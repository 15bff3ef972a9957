/**
 * Handing a large value from a child process to its parent in pieces that the parent asks for, so that taking them in never
 * keeps the parent from its window for long. What makes values large is their arrays: these are handed over bit by bit.
 */

/** A value without its long arrays, and the ticket to fetch those with; null where it is whole. */
export interface Delivery {
  readonly value: unknown;
  readonly ticket: number | null;
}

/** Items that follow in the array at `path`; `done` with the last piece of all. */
export interface Piece {
  readonly path: readonly (string | number)[];
  readonly items: readonly unknown[];
  readonly done: boolean;
}

/** What one piece holds at most, in values; an item that is larger stands alone. */
const pieceWeight = 6000;
const charactersAValue = 100;

/** The child's side. */
export interface Shelf {
  put(value: unknown): Delivery;
  next(ticket: number): Piece;
  forget(ticket: number): void;
}

export function createShelf(): Shelf {
  const waiting = new Map<number, Piece[]>();
  let lastTicket = 0;
  return {
    put(value) {
      const cutter = new Cutter();
      const { rest } = cutter.cut(value, null, null);
      if (cutter.pieces.length === 0) return { value, ticket: null };
      lastTicket += 1;
      waiting.set(lastTicket, cutter.pieces.reverse());
      return { value: rest, ticket: lastTicket };
    },
    next(ticket) {
      const pieces = waiting.get(ticket);
      const piece = pieces?.pop();
      if (pieces === undefined || piece === undefined) throw new Error(`nothing waits under ticket ${ticket}`);
      if (pieces.length > 0) return piece;
      waiting.delete(ticket);
      return { ...piece, done: true };
    },
    forget: (ticket) => void waiting.delete(ticket),
  };
}

interface Cut {
  readonly rest: unknown;
  readonly weight: number;
}

/** Where a value stands, from the inside out: most values need no path. */
interface Place {
  readonly around: Place | null;
  readonly step: string | number;
}

function pathOf(place: Place | null): Piece['path'] {
  const steps: (string | number)[] = [];
  for (let one = place; one !== null; one = one.around) steps.push(one.step);
  return steps.reverse();
}

class Cutter {
  readonly pieces: Piece[] = [];

  /** `value` without the arrays that are too long, which become pieces. */
  cut(value: unknown, around: Place | null, step: string | number | null): Cut {
    if (typeof value === 'string') return { rest: value, weight: 1 + value.length / charactersAValue };
    if (typeof value !== 'object' || value === null) return { rest: value, weight: 1 };
    const place = step === null ? null : { around, step };
    if (Array.isArray(value)) return this.cutArray(value, place);
    if (Object.getPrototypeOf(value) !== Object.prototype) return { rest: value, weight: 1 };
    let weight = 1;
    let rest: Record<string, unknown> | null = null;
    for (const [key, inner] of Object.entries(value)) {
      const part = this.cut(inner, place, key);
      weight += part.weight + 1;
      if (part.rest !== inner) (rest ??= { ...value })[key] = part.rest;
    }
    return { rest: rest ?? value, weight };
  }

  private cutArray(list: readonly unknown[], place: Place | null): Cut {
    const first = this.pieces.length;
    const own: (readonly unknown[])[] = [];
    let items: unknown[] = [];
    let filled = 1;
    for (const [index, item] of list.entries()) {
      const part = this.cut(item, place, index);
      if (items.length > 0 && filled + part.weight > pieceWeight) {
        own.push(items);
        [items, filled] = [[], 0];
      }
      items.push(part.rest);
      filled += part.weight;
    }
    if (own.length === 0 && filled <= pieceWeight)
      return { rest: this.pieces.length > first ? items : list, weight: filled };
    const path = pathOf(place);
    own.push(items);
    // An item has to be there before what belongs into it.
    this.pieces.splice(first, 0, ...own.map((some) => ({ path, items: some, done: false })));
    return { rest: [], weight: 1 };
  }
}

/** The parent's side: fetches piece after piece and gives the value whole. `forget` is told where it is given up. */
export async function collect(
  { value, ticket }: Delivery,
  host: { next(ticket: number): Promise<Piece>; forget(ticket: number): Promise<void> },
  signal: AbortSignal | undefined,
): Promise<unknown> {
  if (ticket === null) return value;
  for (let done = false; !done;) {
    if (signal?.aborted === true) {
      await host.forget(ticket);
      signal.throwIfAborted();
    }
    const piece = await host.next(ticket);
    const list = at(value, piece.path);
    for (const item of piece.items) list.push(item);
    done = piece.done;
  }
  return value;
}

function at(value: unknown, path: Piece['path']): unknown[] {
  let current = value;
  for (const step of path) current = (current as Record<string | number, unknown>)[step];
  if (!Array.isArray(current)) throw new Error(`there is no array at ${path.join('.')}`);
  return current as unknown[];
}
