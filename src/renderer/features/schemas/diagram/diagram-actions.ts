/** Moving through the diagram by keyboard. The drawing says what it shows; the commands move in that. */
import { announce } from '../../../data/notices.ts';
import { text } from '../../../ui/text.ts';
import { everything, patchSide, sideOf, useSchemas } from '../store.ts';
import type { Neighbourhood } from './neighbourhood.ts';

let shown: Neighbourhood | null = null;

/** The drawing tells what it shows now; null: it is not there. */
export function setShown(next: Neighbourhood | null): void {
  shown = next;
}

export function hasDiagram(): boolean {
  return shown !== null;
}

export function chooseTable(table: string): void {
  patchSide({ chosen: { table, column: null } });
  const near = (shown?.relations ?? []).filter(({ from, to }) => from === table || to === table);
  const others = new Set(near.flatMap(({ from, to }) => [from, to]).filter((name) => name !== table));
  announce(text.schemas.announceTable(table, others.size));
}

const current = (): string | null => sideOf(useSchemas.getState()).chosen?.table ?? null;

export function moveTable(by: number): void {
  const tables = shown?.tables ?? [];
  const at = tables.findIndex((table) => table.key === current());
  const next = tables[Math.min(tables.length - 1, Math.max(0, at + by))];
  if (next !== undefined) chooseTable(next.key);
}

/** Along a reference: to what the table refers to, or to what refers to it; the first where there are several. */
export function follow(direction: 'to' | 'from'): void {
  const here = direction === 'to' ? 'from' : 'to';
  const relation = shown?.relations.find((one) => one[here] === current() && one.from !== one.to);
  if (relation !== undefined) chooseTable(relation[direction]);
}

/** Draws the table in hand with its neighbours, or all tables again; nothing where the diagram is not shown. */
export function drawAround(all: boolean): void {
  if (shown !== null) patchSide({ focus: all ? everything : current() });
}
