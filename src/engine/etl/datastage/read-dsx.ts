/**
 * Reading the record text of a .dsx export into a tree of blocks. Nothing is interpreted here: blocks, properties in
 * file order and their lines. Values lose their quotes and escapes; here-documents keep their line ends as \n.
 */
import type { Diagnostic } from '../../../shared/model/schema.ts';
import { SharedTexts } from '../shared-texts.ts';

export interface DsxProperty {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

export interface DsxBlock {
  /** What follows BEGIN, e.g. `DSJOB`, `DSRECORD`, `DSSUBRECORD`. */
  readonly kind: string;
  readonly line: number;
  readonly properties: readonly DsxProperty[];
  readonly blocks: readonly DsxBlock[];
  /** The property that names the collection that a sub-record belongs to, e.g. `Columns`; null for the first. */
  readonly collection: string | null;
}

interface OpenBlock {
  readonly kind: string;
  readonly line: number;
  readonly properties: DsxProperty[];
  readonly blocks: DsxBlock[];
  readonly collection: string | null;
}

const hereDocument = '=+=+=+=';
const maxDepth = 32;
const maxProblems = 50;
const maxContinuation = 5_000;
/** Blocks of compiled code: their lines say nothing about the job. */
const binary: ReadonlySet<string> = new Set(['DSBPBINARY', 'DSUBINARY']);

/** Lines one after the other, without splitting the whole text at once. */
class Lines {
  private at = 0;
  private readonly text: string;
  number = 0;

  constructor(text: string) {
    this.text = text;
  }

  next(): string | null {
    if (this.at >= this.text.length) return null;
    const end = this.text.indexOf('\n', this.at);
    const stop = end === -1 ? this.text.length : end;
    const line = this.text.slice(this.at, stop);
    this.at = stop + 1;
    this.number += 1;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  mark(): readonly [number, number] {
    return [this.at, this.number];
  }

  back([at, number]: readonly [number, number]): void {
    this.at = at;
    this.number = number;
  }
}

/** Whether the quote at the end of `text` closes the value, rather than being escaped. */
function closesQuote(text: string): boolean {
  if (!text.endsWith('"')) return false;
  let slashes = 0;
  for (let i = text.length - 2; i >= 0 && text[i] === '\\'; i -= 1) slashes += 1;
  return slashes % 2 === 0;
}

/** `\"`, `\\` and `\(A)` (a character by its hexadecimal code) as the characters that they stand for. */
export function unescapeValue(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:\(([0-9A-Fa-f]{1,6})\)|(["\\]))/g,
    (whole, code: string | undefined, plain: string | undefined) => {
      if (code === undefined) return plain ?? whole;
      const point = Number.parseInt(code, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}

class DsxReader {
  private readonly lines: Lines;
  private readonly file: string;
  private readonly root: OpenBlock = { kind: '', line: 1, properties: [], blocks: [], collection: null };
  private readonly open: OpenBlock[] = [this.root];
  private readonly texts = new SharedTexts();
  readonly diagnostics: Diagnostic[] = [];

  constructor(text: string, file: string) {
    this.lines = new Lines(text);
    this.file = file;
  }

  read(): DsxBlock {
    for (let line = this.lines.next(); line !== null; line = this.lines.next()) this.line(line.trim());
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined && unclosed !== this.root)
      this.report(
        'error',
        `The file ends inside BEGIN ${unclosed.kind} of line ${unclosed.line}: it is truncated. What came before is kept; export it again for the rest.`,
        this.lines.number,
      );
    while (this.open.length > 1) this.close();
    return this.root;
  }

  private report(severity: Diagnostic['severity'], message: string, line: number): void {
    if (this.diagnostics.length < maxProblems || severity === 'error')
      this.diagnostics.push({ severity, message, file: this.file, line: Math.max(1, line), statement: null });
  }

  private line(line: string): void {
    if (line === '') return;
    const begin = /^BEGIN ([A-Za-z][A-Za-z0-9]{0,40})$/.exec(line)?.[1];
    if (begin !== undefined) return this.begin(begin);
    const end = /^END ([A-Za-z][A-Za-z0-9]{0,40})$/.exec(line)?.[1];
    if (end !== undefined) return this.end(end);
    const current = this.open.at(-1) ?? this.root;
    if (binary.has(current.kind)) return;
    const blank = line.indexOf(' ');
    const name = this.texts.own(blank === -1 ? line : line.slice(0, blank));
    const rest = blank === -1 ? '' : line.slice(blank).trim();
    const number = this.lines.number;
    const add = (value: string): void =>
      void current.properties.push({ name, value: this.texts.own(value), line: number });
    if (rest === hereDocument) add(this.document());
    else if (rest.startsWith('"')) add(this.quoted(rest, number));
    else if (current.kind !== 'DSEXECJOB')
      this.report('warning', `This line of ${current.kind || 'the file'} is no property and is left out`, number);
  }

  private begin(kind: string): void {
    if (this.open.length > maxDepth) {
      this.report(
        'warning',
        `BEGIN ${kind} is nested too deep and is read as part of the block around it`,
        this.lines.number,
      );
      return;
    }
    const parent = this.open.at(-1) ?? this.root;
    const owner = kind === 'DSSUBRECORD' ? this.collectionOf(parent) : null;
    this.open.push({
      kind: this.texts.own(kind),
      line: this.lines.number,
      properties: [],
      blocks: [],
      collection: owner,
    });
  }

  /** The property before a run of sub-records names their collection: `Columns "COutputColumn"`. */
  private collectionOf(parent: OpenBlock): string | null {
    return parent.properties.at(-1)?.name ?? null;
  }

  private end(kind: string): void {
    const found = this.open.findLastIndex((block) => block.kind === kind);
    if (found <= 0) return this.report('warning', `END ${kind} ends nothing that is open`, this.lines.number);
    if (found < this.open.length - 1)
      this.report('warning', `END ${kind} comes before the end of ${this.open.at(-1)?.kind ?? ''}`, this.lines.number);
    while (this.open.length > found) this.close();
  }

  private close(): void {
    const block = this.open.pop();
    if (block !== undefined) (this.open.at(-1) ?? this.root).blocks.push(block);
  }

  private document(): string {
    const start = this.lines.number;
    const parts: string[] = [];
    for (let line = this.lines.next(); line !== null; line = this.lines.next()) {
      if (line.trimEnd().endsWith(hereDocument)) {
        const last = line.trimEnd().slice(0, -hereDocument.length);
        if (last.trim() !== '') parts.push(last);
        return parts.join('\n');
      }
      parts.push(line);
    }
    this.report('error', `The text that starts on line ${start} has no end`, start);
    return parts.join('\n');
  }

  /** A value in quotes; a raw line end inside it is kept. */
  private quoted(rest: string, start: number): string {
    if (rest.length > 1 && closesQuote(rest)) return unescapeValue(rest.slice(1, -1));
    const mark = this.lines.mark();
    const parts = [rest.slice(1)];
    for (let count = 0; count < maxContinuation; count += 1) {
      const line = this.lines.next();
      if (line === null || /^\s*(?:BEGIN|END) DS[A-Z]+\s*$/.test(line)) break;
      const trimmed = line.trimEnd();
      if (closesQuote(trimmed)) return unescapeValue([...parts, trimmed.slice(0, -1)].join('\n'));
      parts.push(line);
    }
    this.lines.back(mark);
    this.report('warning', 'The value has no closing quote; it is taken to the end of its line', start);
    return unescapeValue(rest.slice(1));
  }
}

/** The blocks of `text` below one nameless root. Never throws: what cannot be read is in the diagnostics with its line. */
export function readDsx(
  text: string,
  options: { readonly file: string },
): { readonly root: DsxBlock; readonly diagnostics: readonly Diagnostic[] } {
  const reader = new DsxReader(text, options.file);
  const root = reader.read();
  return { root, diagnostics: reader.diagnostics };
}

/** The value of the first property with this name; null where there is none. */
export function valueOf(block: DsxBlock, name: string): string | null {
  return block.properties.find((property) => property.name === name)?.value ?? null;
}

/** The same, null also where it is blank. */
export function textOf(block: DsxBlock, name: string): string | null {
  const value = valueOf(block, name);
  return value === null || value.trim() === '' ? null : value;
}

/** The sub-records of one collection of a record. */
export function collection(block: DsxBlock, name: string): readonly DsxBlock[] {
  return block.blocks.filter((one) => one.collection === name);
}

/** `A|B|C`, blanks meaning none. */
export function listOf(text: string | null): readonly string[] {
  return text === null
    ? []
    : text
        .split('|')
        .map((one) => one.trim())
        .filter((one) => one !== '');
}
