/** The structure of a delimited text file, read from its first characters: DuckDB's own sniffer gives up on ragged files. */
import { type DelimitedRecord, delimitedRecords, isBlankRecord } from './delimited-records.ts';
import { looksLikeHeader } from './header-row.ts';

export interface CsvStructure {
  readonly delimiter: string;
  /** `"` or empty where quotes are ordinary characters. */
  readonly quote: string;
  /** Physical lines before the first data record: preamble and header. */
  readonly skipLines: number;
  /** Header cells as written, or null where the first record is data. */
  readonly header: readonly string[] | null;
  readonly columns: number;
  /** The first data records. */
  readonly records: readonly (readonly string[])[];
}

interface Trial {
  readonly delimiter: string;
  readonly quote: string;
  readonly records: readonly DelimitedRecord[];
  /** The most frequent number of cells, and the share of records that have it. */
  readonly width: number;
  readonly score: number;
}

const delimiters: readonly string[] = [',', '\t', ';', '|', '~', '^', '\u0001', '\u001f', '¦'];
const maxPreamble = 50;
const acceptedScore = 0.5;
/** A later candidate must be clearly better than an earlier one. */
const clearlyBetter = 0.02;

/** Null where the text holds no record at all. `whole` tells that `head` is the complete file. */
export function detectCsvStructure(head: string, whole: boolean): CsvStructure | null {
  const text = head.startsWith('\uFEFF') ? head.slice(1) : head;
  let best: Trial | null = null;
  for (const delimiter of delimiters) {
    if (!text.includes(delimiter)) continue;
    for (const trial of trials(text, delimiter, whole)) {
      if (trial.width > 1 && (best === null || isBetter(trial, best))) best = trial;
    }
  }
  if (best !== null && best.score >= acceptedScore) return structured(best);
  const unused = ['\u001f', '\u0001', '\u0002'].find((candidate) => !text.includes(candidate)) ?? '\u001f';
  const single = trials(text, unused, whole)[0];
  return single === undefined || single.records.length === 0 ? null : structured({ ...single, width: 1 });
}

/** Decimal commas cut all rows alike, but not the names above them. */
function isBetter(trial: Trial, best: Trial): boolean {
  if (trial.score > best.score + clearlyBetter) return true;
  return trial.score >= best.score && cutsFirstRecord(trial) && !cutsFirstRecord(best);
}

function cutsFirstRecord({ records, width }: Trial): boolean {
  return records.find((record) => !isBlankRecord(record))?.cells.length === width;
}

/** With quotes as quoting, then as ordinary characters where that makes a difference. */
function trials(text: string, delimiter: string, whole: boolean): readonly Trial[] {
  return (text.includes('"') ? ['"', ''] : ['"']).flatMap((quote): readonly Trial[] => {
    const { records, unbalanced } = delimitedRecords(text, { delimiter, quote, whole });
    return unbalanced ? [] : [{ delimiter, quote, records, ...consistency(records) }];
  });
}

function consistency(records: readonly DelimitedRecord[]): Pick<Trial, 'width' | 'score'> {
  const counts = new Map<number, number>();
  let total = 0;
  for (const record of records) {
    if (isBlankRecord(record)) continue;
    total += 1;
    counts.set(record.cells.length, (counts.get(record.cells.length) ?? 0) + 1);
  }
  let width = 0;
  let most = 0;
  for (const [size, count] of counts) {
    if (count > most || (count === most && size > width)) {
      width = size;
      most = count;
    }
  }
  return { width, score: total === 0 ? 0 : most / total };
}

/** `sep=;`, which tells Excel the delimiter. */
const isDirective = (record: DelimitedRecord | undefined): boolean =>
  record !== undefined && record.cells.length === 2 && /^sep=$/i.test(record.cells[0] ?? '') && record.cells[1] === '';

function structured({ records, delimiter, quote, width }: Trial): CsvStructure | null {
  const filled = records.filter((record) => !isBlankRecord(record));
  const told = isDirective(filled[0]) ? 1 : 0;
  const regular = filled.findIndex((record, index) => index >= told && record.cells.length === width);
  // A header may be one cell shorter than the rows (a trailing delimiter) or longer (rows cut short).
  const before = regular > told ? filled[regular - 1] : undefined;
  const nearHeader = before !== undefined && before.cells.length >= 2 && before.cells.length >= width - 1;
  const start = nearHeader ? regular - 1 : regular;
  if (start < 0 || start > maxPreamble) return null;
  const first = filled[start];
  if (first === undefined) return null;
  const rows = filled.slice(start + 1).map((record) => record.cells);
  const hasHeader = looksLikeHeader(first.cells, rows);
  const previous = filled[start - 1];
  return {
    delimiter,
    quote,
    skipLines: hasHeader ? first.endLine : (previous?.endLine ?? 0),
    header: hasHeader ? first.cells : null,
    columns: Math.max(width, hasHeader ? first.cells.length : 0),
    records: hasHeader ? rows : [first.cells, ...rows],
  };
}
