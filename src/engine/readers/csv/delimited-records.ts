/** Cutting delimited text into records, for looking at the beginning of a file. */

export interface DelimitedRecord {
  readonly cells: readonly string[];
  /** The physical line that the record begins on, from 1. */
  readonly startLine: number;
  /** Physical lines up to and including this record. */
  readonly endLine: number;
}

export interface DelimitedText {
  readonly records: readonly DelimitedRecord[];
  /** A quote was opened and not closed where it could be expected: quotes are no quoting here. */
  readonly unbalanced: boolean;
}

export interface Delimiting {
  readonly delimiter: string;
  /** A quote character, or empty for none. */
  readonly quote: string;
}

export interface Quoting extends Delimiting {
  /** Whether the text is the complete file: its last record may end without a line end. */
  readonly whole: boolean;
}

interface Cell {
  readonly value: string;
  /** Where the text goes on. */
  readonly end: number;
}

const maxRecords = 1000;
const maxQuotedLines = 200;
const maxQuotedLength = 100_000;

/** At most a thousand records. A quote opens only at the start of a cell; doubled quotes inside stand for one. */
export function delimitedRecords(text: string, quoting: Quoting): DelimitedText {
  const records: DelimitedRecord[] = [];
  const unbalanced = scan(text, quoting, (record) => records.push(record) < maxRecords);
  return { records, unbalanced };
}

/** Every record of a complete text, until `visit` says no. A quote that is never closed ends it. */
export function forEachRecord(text: string, delimiting: Delimiting, visit: (record: DelimitedRecord) => boolean): void {
  scan(text.startsWith('\uFEFF') ? text.slice(1) : text, { ...delimiting, whole: true }, (record) =>
    isBlankRecord(record) ? true : visit(record),
  );
}

/** True where a quote was opened and not closed. */
function scan(text: string, quoting: Quoting, visit: (record: DelimitedRecord) => boolean): boolean {
  const { delimiter, quote, whole } = quoting;
  let cells: string[] = [];
  let position = 0;
  let line = 0;
  let startLine = 1;
  while (position < text.length) {
    const quoted = quote !== '' && text[position] === quote;
    const cell = quoted ? quotedCell(text, position, quoting) : plainCell(text, position, delimiter);
    if (cell === null) return whole || text.length - position > maxQuotedLength;
    cells.push(cell.value);
    if (quoted) line += lineBreaks(cell.value);
    position = cell.end;
    if (text[position] === delimiter) {
      position += 1;
      if (position < text.length) continue;
      cells.push('');
    }
    if (position >= text.length && !whole) break;
    position += text.startsWith('\r\n', position) ? 2 : 1;
    line += 1;
    if (!visit({ cells, startLine, endLine: line })) break;
    startLine = line + 1;
    cells = [];
  }
  return false;
}

/** Whether a record is a blank line. */
export function isBlankRecord(record: DelimitedRecord): boolean {
  return record.cells.length === 1 && (record.cells[0] ?? '').trim() === '';
}

function plainCell(text: string, from: number, delimiter: string): Cell {
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(from, end), end };
}

/** Null where no quote closes the cell, or where something other than the end of the cell follows it. */
function quotedCell(text: string, from: number, { delimiter, quote }: Quoting): Cell | null {
  let close = text.indexOf(quote, from + 1);
  while (close >= 0 && text[close + 1] === quote) close = text.indexOf(quote, close + 2);
  if (close < 0) return null;
  const next = text[close + 1];
  const value = text.slice(from + 1, close).replaceAll(quote + quote, quote);
  const ends = next === undefined || next === delimiter || next === '\n' || next === '\r';
  return ends && lineBreaks(value) <= maxQuotedLines ? { value, end: close + 1 } : null;
}

function lineBreaks(text: string): number {
  let found = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) found += 1;
  return found;
}
