/** Which row of a block of cells names its columns. */
import { headerMeaning } from '../dictionary/header-role.ts';
import type { GridCell, GridRow } from './grid.ts';

export interface FoundHeader {
  /** Index into the block's rows. */
  readonly index: number;
  /** Index of the row whose cells span several columns each; null where there is none. */
  readonly groups: number | null;
}

const searched = 60;
const maxName = 200;

/** Null where no row looks like one. */
export function findHeader(rows: readonly GridRow[]): FoundHeader | null {
  const head = rows.slice(0, searched);
  const typical = Math.max(0, ...head.map(({ cells }) => cells.length));
  if (typical === 0) return null;
  const least = typical <= 2 ? typical : Math.max(2, Math.ceil(typical * 0.5));
  const index = head.findIndex((row) => row.cells.length >= least && isNames(row.cells));
  if (index === -1) return null;
  const next = head[index + 1];
  const row = head[index] as GridRow;
  if (next !== undefined && hasSpans(row.cells) && isNames(next.cells) && isFiner(row.cells, next.cells))
    return { index: index + 1, groups: index };
  const above = head[index - 1];
  const isGroup = above !== undefined && above.number === row.number - 1 && isGroupAbove(above.cells, row.cells);
  return { index, groups: isGroup ? index - 1 : null };
}

/** Texts that mostly differ; years and dates may stand among them, as in a pivoted sheet. */
export function isNames(cells: readonly GridCell[]): boolean {
  const texts = cells.filter(({ kind }) => kind === 'text');
  if (texts.length === 0 || cells.some(({ text }) => text.length > maxName)) return false;
  if (texts.length < cells.length && !cells.every((cell) => cell.kind === 'text' || isPeriod(cell))) return false;
  if (texts.some(({ text }) => /^[-+]?\d[\d.,\s]*%?$/.test(text))) return false;
  return new Set(cells.map(({ text }) => text.toLowerCase())).size >= Math.min(cells.length, 3) * 0.5;
}

const isPeriod = ({ kind, text }: GridCell): boolean =>
  kind === 'date' || (kind === 'number' && /^(?:19|20)\d\d$/.test(text));

/** How many cells of a row are words that head columns of a dictionary or a mapping. */
export function knownWords(cells: readonly GridCell[]): number {
  return cells.filter(({ text, copied }) => !copied && headerMeaning(text) !== null).length;
}

/** Whether a merged cell spans columns. */
const hasSpans = (cells: readonly GridCell[]): boolean =>
  cells.some((cell, index) => cells[index - 1]?.text === cell.text && cell.copied);

/** Below a heading over several columns their own names stand, which differ. */
function isFiner(groups: readonly GridCell[], names: readonly GridCell[]): boolean {
  const below = new Map(names.map((cell) => [cell.column, cell]));
  const spanned = groups.filter((cell, index) => cell.copied && groups[index - 1]?.text === cell.text);
  const differ = spanned.filter(({ column }) => {
    const [own, left] = [below.get(column), below.get(column - 1)];
    return own !== undefined && left !== undefined && own.text !== left.text;
  });
  return names.length >= groups.length * 0.6 && differ.length * 2 >= spanned.length;
}

/** A sparse row right above the names: each of its texts heads the columns from there to the next. */
function isGroupAbove(above: readonly GridCell[], names: readonly GridCell[]): boolean {
  const own = above.filter(({ copied }) => !copied);
  return (
    own.length >= 2 &&
    own.length < names.length &&
    above.every(({ kind, text }) => kind === 'text' && text.length <= 80)
  );
}
