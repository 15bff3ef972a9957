/** How a Lookup without a full cache finds its row: by a query that runs for each row and may have been rewritten. */
import { lineageReference } from '../flow/lineage-reference.ts';
import type { Component } from '../flow/component.ts';

export interface LookupComparison {
  /** Column of the looked-up rows. */
  readonly reference: string;
  readonly operator: string;
  /** Lineage id of the input column that fills the parameter. */
  readonly lineage: string;
}

const flipped: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const column = String.raw`(?:\[?refTable\]?\s{0,9}\.\s{0,9})?(?:\[([^\]]{1,128})\]|(\w{1,128}))`;
const operator = String.raw`\s{0,9}(=|<>|!=|<=|>=|<|>)\s{0,9}`;
const forwards = new RegExp(`^\\(*\\s*${column}${operator}\\?\\s*\\)*$`, 'i');
const backwards = new RegExp(`^\\(*\\s*\\?${operator}${column}\\s*\\)*$`, 'i');
const maximumText = 50_000;

function comparisonOf(text: string): Omit<LookupComparison, 'lineage'> | null {
  const plain = forwards.exec(text);
  if (plain !== null) return { reference: plain[1] ?? plain[2] ?? '', operator: (plain[3] ?? '=').replace('!=', '<>') };
  const turned = backwards.exec(text);
  if (turned === null) return null;
  const sign = (turned[1] ?? '=').replace('!=', '<>');
  return { reference: turned[2] ?? turned[3] ?? '', operator: flipped[sign] ?? sign };
}

/** Whether rows are looked up in memory, where NULL equals NULL; the database compares otherwise. */
export function hasFullCache(component: Component): boolean {
  return (component.property('CacheType') ?? '0') === '0';
}

/**
 * The comparisons of a query that asks for more than equal keys; null where it is the usual one, `unreadable` where its
 * condition is anything else than comparisons of columns with parameters.
 */
export function rewrittenComparisons(component: Component): readonly LookupComparison[] | 'unreadable' | null {
  const query = component.property('SqlCommandParam');
  if (hasFullCache(component) || query === null || !query.includes('?')) return null;
  if (query.length > maximumText) return 'unreadable';
  const where = /\bwhere\b((?:(?!\bwhere\b)[^)])*)$/i.exec(query.replace(/\s+/g, ' ').trim())?.[1];
  if (where === undefined) return 'unreadable';
  const found = where.split(/\band\b/i).map((one) => comparisonOf(one.trim()));
  const parameters = (component.property('ParameterMap') ?? '').split(';').filter((one) => one.trim() !== '');
  if (found.length !== parameters.length) return 'unreadable';
  const comparisons: LookupComparison[] = [];
  for (const [index, one] of found.entries()) {
    const lineage = lineageReference(parameters[index] ?? null);
    if (one === null || lineage === null) return 'unreadable';
    comparisons.push({ ...one, lineage });
  }
  return comparisons.every((one) => one.operator === '=') ? null : comparisons;
}
