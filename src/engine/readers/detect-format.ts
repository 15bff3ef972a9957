/** What a file is, by its content first and by its name only where the content leaves it open. */
import type { InputFormat } from '../../shared/model/schema.ts';
import { isDelimitedDictionary } from './dictionary/read-delimited-dictionary.ts';
import { formatOfExtension } from './registry.ts';
import { decodeText, looksBinary } from './text/decode.ts';

export interface DetectedFormat {
  readonly format: InputFormat;
  /** Why, in words for the user: "begins with a PowerCenter POWERMART element". */
  readonly reason: string;
}

/** Head bytes that are enough to tell every format. */
export const headBytes = 65_536;

const firstStatement =
  /^\s*(?:CREATE|ALTER|DROP|COMMENT\s+ON|INSERT\s+INTO|USE|SET|GO|REM|PROMPT|BEGIN|PRAGMA|DELIMITER|DATABASE|CONNECT\s+TO|REPLACE\s+VIEW|GRANT)\b/i;
const definition =
  /\b(?:CREATE\s+(?:[A-Z_]+\s+){0,5}?(?:TABLE|VIEW|INDEX|SEQUENCE|TYPE|DOMAIN|SCHEMA|DATABASE|PROCEDURE|FUNCTION|TRIGGER)\s|ALTER\s+TABLE\s|COMMENT\s+ON\s+(?:TABLE|COLUMN)\s)/i;

const xml: readonly (readonly [RegExp, InputFormat, string])[] = [
  [/<POWERMART\b|<!DOCTYPE\s+POWERMART\b/i, 'powercenter', 'contains a PowerCenter POWERMART element'],
  [
    /<(?:\w+:)?Executable\b[^>]*(?:www\.microsoft\.com\/SqlServer\/Dts|DTS:)/i,
    'ssis',
    'contains an SSIS DTS:Executable element',
  ],
  [/<AlteryxDocument\b/i, 'alteryx', 'contains an AlteryxDocument element'],
  [/<DSExport\b/i, 'datastage', 'contains a DataStage DSExport element'],
];

/** The format of a file, from its name and its first bytes (`headBytes` are enough). */
export function detectFormat(name: string, head: Uint8Array): DetectedFormat {
  const extension = extensionOf(name);
  const binary = detectBinary(head, extension);
  if (binary !== null) return binary;
  const { text } = decodeText(head);
  const lines = text.split(/\r?\n/, 200);
  const marked = detectXml(text) ?? detectMarked(text, extension) ?? detectDdl(text, lines);
  if (marked !== null) return marked;
  const byName = formatOfExtension(extension);
  const delimited = describeDelimited(lines, head.length >= headBytes);
  // A comment may hold the delimiter, so that the lines differ.
  if ((delimited !== null || byName === 'csv') && byName !== 'ddl') {
    if (isDelimitedDictionary(text, head.length < headBytes))
      return { format: 'dictionary', reason: `${delimited ?? 'delimited lines'} that describe the columns of tables` };
    if (delimited !== null) return { format: 'csv', reason: delimited };
  }
  if (byName !== null)
    return {
      format: byName,
      reason: text.trim() === '' ? `is empty; the name ends in .${extension}` : `the name ends in .${extension}`,
    };
  return { format: 'unknown', reason: text.trim() === '' ? 'is empty' : 'holds text of no known format' };
}

function extensionOf(name: string): string {
  const base = name.toLowerCase().replace(/\.gz$/, '');
  const dot = base.lastIndexOf('.');
  return dot === -1 ? '' : base.slice(dot + 1);
}

function startsWith(head: Uint8Array, magic: string): boolean {
  for (let i = 0; i < magic.length; i += 1) if (head[i] !== magic.charCodeAt(i)) return false;
  return true;
}

/** Files of a DataStage archive by what they hold: exports, and the jobs, containers, tables and routines of a project. */
const dataStagePart = /\.(?:dsx|[pqsm]jb|[ps]sc|tbd|pst|dsn?rt)$/i;

/** Names of the entries whose headers lie in the head of a zip archive, read as Latin-1. */
function entryNames(content: string): readonly string[] {
  const names: string[] = [];
  for (let at = content.indexOf('PK\x03\x04'); at !== -1; at = content.indexOf('PK\x03\x04', at + 4)) {
    const length = content.charCodeAt(at + 26) + 256 * content.charCodeAt(at + 27);
    names.push(content.slice(at + 30, at + 30 + length));
  }
  return names;
}

function detectArchive(content: string, extension: string): DetectedFormat {
  const byName = formatOfExtension(extension);
  if (content.includes('xl/') || byName === 'excel')
    return { format: 'excel', reason: 'is a zip archive with the parts of an Excel workbook' };
  return byName === 'datastage' || entryNames(content).some((name) => dataStagePart.test(name))
    ? { format: 'datastage', reason: 'is a zip archive with parts of a DataStage export' }
    : { format: 'unknown', reason: 'is a zip archive; unpack it first' };
}

function detectBinary(head: Uint8Array, extension: string): DetectedFormat | null {
  if (startsWith(head, 'PAR1')) return { format: 'parquet', reason: 'begins with the mark of Parquet' };
  if (startsWith(head, '\xd0\xcf\x11\xe0'))
    return {
      format: formatOfExtension(extension) === 'excel' ? 'excel' : 'unknown',
      reason: 'begins with the mark of an Office 97 document',
    };
  if (startsWith(head, 'PK\x03\x04')) return detectArchive(new TextDecoder('latin1').decode(head), extension);
  if (head[0] === 0x1f && head[1] === 0x8b) {
    const inner = formatOfExtension(extension);
    const readable = inner === 'csv' || inner === 'json';
    return {
      format: readable ? inner : 'unknown',
      reason: readable
        ? `is compressed with gzip; the name says ${extension}`
        : 'is compressed with gzip; unpack it first',
    };
  }
  return looksBinary(head) ? { format: 'unknown', reason: 'is binary data of no known format' } : null;
}

function detectXml(text: string): DetectedFormat | null {
  if (!/^[\s\uFEFF]*</.test(text)) return null;
  for (const [pattern, format, reason] of xml) if (pattern.test(text)) return { format, reason };
  return null;
}

function detectMarked(text: string, extension: string): DetectedFormat | null {
  if (/^[\s\uFEFF]*BEGIN\s+HEADER\b/.test(text))
    return { format: 'datastage', reason: 'begins with a DataStage export header' };
  const start = text.slice(0, 2000).trimStart();
  const array =
    /^\[\s*(?:[{["\d\]-]|$)/.test(start) && (formatOfExtension(extension) === 'json' || /^\[\s*\{\s*"/.test(start));
  if (/^\{\s*(?:"|\})/.test(start) || array) return { format: 'json', reason: 'begins as JSON' };
  return null;
}

/** A statement of DDL outside comments, however much commentary stands before it. */
function detectDdl(text: string, lines: readonly string[]): DetectedFormat | null {
  const bare = withoutComments(text);
  const start = bare.search(/\S/);
  if (
    start !== -1 &&
    firstStatement.test(bare.slice(start, start + 200)) &&
    (definition.test(bare) || isStatementLine(bare.slice(start)))
  ) {
    return { format: 'ddl', reason: 'begins with SQL statements' };
  }
  // Further down only at the start of a line: a CSV may hold SQL in its cells.
  const hit = new RegExp(`^[ \\t]*${definition.source}`, 'im').exec(bare);
  return hit !== null && describeDelimited(lines, true) === null
    ? { format: 'ddl', reason: 'contains SQL definitions' }
    : null;
}

function isStatementLine(text: string): boolean {
  return /^(?:INSERT\s+INTO|USE|SET|GRANT|DROP\s+\w+|DATABASE)\s[^,]*;/i.test(text.slice(0, 2000));
}

/** The text with comments blanked, in one pass; quotes are left alone. */
function withoutComments(text: string): string {
  return text.replace(/^\s*(?:--|#|REM(?:ARK)?\s|PROMPT\b)[^\n]*$/gim, '').replace(/\/\*(?!!)[^]*?(?:\*\/|$)/g, ' ');
}

/** Says which delimiter gives every line the same number of cells; null where none does. */
function describeDelimited(lines: readonly string[], cut: boolean): string | null {
  const filled = (cut ? lines.slice(0, -1) : lines).filter((line) => line.trim() !== '').slice(0, 50);
  if (filled.length === 0) return null;
  for (const [delimiter, word] of [
    ['\t', 'tabs'],
    ['|', 'bars'],
    [';', 'semicolons'],
    [',', 'commas'],
  ] as const) {
    const counts = filled.map((line) => cells(line, delimiter));
    const first = counts[0] ?? 1;
    const same = counts.filter((count) => count === first).length;
    if (first > 1 && same >= Math.max(filled.length > 1 ? 2 : 1, filled.length * 0.8))
      return `${first} columns separated by ${word}`;
  }
  return null;
}

function cells(line: string, delimiter: string): number {
  let count = 1;
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (char === delimiter && !quoted) count += 1;
  }
  return count;
}
