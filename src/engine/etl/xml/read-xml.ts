/**
 * Reading XML that a customer's tool exported, as a plain element tree. Nothing outside the text is ever read: a
 * DOCTYPE is skipped, entity declarations are refused, and depth and size are bounded.
 */
import { SaxesParser } from 'saxes';
import type { Diagnostic } from '../../../shared/model/schema.ts';
import { SharedTexts } from '../shared-texts.ts';
import { escapeStrayAmpersands } from './escape-stray-ampersands.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  readonly line: number;
}

interface OpenElement {
  readonly name: string;
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  text: string;
  readonly line: number;
}

export interface XmlDocument {
  /** Null where the text has no element at all. A truncated text gives every element read so far. */
  readonly root: XmlElement | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface XmlLimits {
  readonly depth: number;
  readonly elements: number;
}

/**
 * Is offered each element with everything in it as it ends, and those around it from the outside in. One that it takes is not
 * put into the tree, which need then not hold the whole file.
 */
export type TakeElement = (element: XmlElement, around: readonly XmlElement[]) => boolean;

export interface XmlOptions {
  readonly file: string;
  readonly limits?: XmlLimits;
  readonly take?: TakeElement;
}

const defaultLimits: XmlLimits = { depth: 256, elements: 5_000_000 };
const chunkLength = 65_536;
const maxProblems = 50;
const noAttributes: ReadonlyMap<string, string> = new Map();
const noChildren: readonly XmlElement[] = [];

/** Why reading stopped before the end; the message is for the user. */
class Refused extends Error {}

class TreeBuilder {
  root: OpenElement | null = null;
  readonly problems: Diagnostic[] = [];
  private readonly open: OpenElement[] = [];
  private elements = 0;
  private readonly texts = new SharedTexts();
  private startLine = 1;
  private readonly file: string;
  private readonly limits: XmlLimits;
  private readonly take: TakeElement;

  constructor({ file, limits = defaultLimits, take = () => false }: XmlOptions) {
    this.file = file;
    this.limits = limits;
    this.take = take;
  }

  report(severity: Diagnostic['severity'], message: string, line: number): void {
    if (this.problems.length >= maxProblems && severity !== 'error') return;
    this.problems.push({ severity, message, file: this.file, line: Math.max(1, line), statement: null });
  }

  attach(parser: SaxesParser): void {
    parser.on('error', (error) => this.onProblem(error.message.replace(/^.*?:\d+:\d+: /, ''), parser.line));
    parser.on('doctype', (doctype) => {
      if (/<!ENTITY/i.test(doctype)) {
        throw new Refused(
          'The DOCTYPE declares entities, which are refused because they can expand without bound. Export the file again without entity declarations.',
        );
      }
    });
    parser.on('opentagstart', () => {
      this.startLine = parser.line;
    });
    parser.on('opentag', (tag) => this.push(this.texts.own(tag.name), this.attributesOf(tag.attributes)));
    parser.on('closetag', () => this.close());
    const addText = (text: string): void => {
      const current = this.open.at(-1);
      if (current !== undefined) current.text += text;
    };
    parser.on('text', addText);
    parser.on('cdata', addText);
  }

  private close(): void {
    const closed = this.open.pop();
    if (closed === undefined) return;
    if (closed.text !== '') closed.text = this.texts.own(closed.text);
    const parent = this.open.at(-1);
    if (parent === undefined || this.open[0] !== this.root || !this.take(closed, this.open)) return;
    (parent.children as XmlElement[]).pop();
  }

  private attributesOf(written: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
    const entries = Object.entries(written as Record<string, string>);
    if (entries.length === 0) return noAttributes;
    return new Map(entries.map(([name, value]) => [this.texts.own(name), this.texts.own(value)]));
  }

  private onProblem(message: string, line: number): void {
    if (/unclosed tag|document must contain a root element/i.test(message)) return;
    const undefinedEntity = /undefined entity/i.test(message);
    this.report(
      'warning',
      undefinedEntity ? 'An entity that the file does not define is kept as text' : `Not well-formed XML: ${message}`,
      line,
    );
  }

  private push(name: string, attributes: ReadonlyMap<string, string>): void {
    this.elements += 1;
    if (this.open.length >= this.limits.depth)
      throw new Refused(
        `Elements are nested more than ${this.limits.depth} deep, which no known tool writes. Check the file.`,
      );
    if (this.elements > this.limits.elements)
      throw new Refused(`The file has more than ${this.limits.elements} elements. Export fewer objects per file.`);
    const element: OpenElement = { name, attributes, children: noChildren, text: '', line: this.startLine };
    const parent = this.open.at(-1);
    if (parent === undefined) this.root ??= element;
    else if (parent.children === noChildren) parent.children = [element];
    else (parent.children as XmlElement[]).push(element);
    this.open.push(element);
  }

  finish(line: number): void {
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined) {
      this.report(
        'error',
        `The file ends inside <${unclosed.name}> (opened on line ${unclosed.line}): it is truncated. What came before is kept; export it again for the rest.`,
        line,
      );
    } else if (this.root === null) {
      this.report('error', 'No XML element found. Check that this is the export file itself.', line);
    }
  }
}

/**
 * The element tree of `text`. Never throws on bad input: what is wrong comes back as diagnostics with a line, and
 * everything that could be read is in the tree. Character references in attributes keep their line ends.
 */
export function readXml(text: string, options: XmlOptions): XmlDocument {
  const builder = new TreeBuilder(options);
  const parser = new SaxesParser({ position: true, xmlns: false });
  builder.attach(parser);
  const escaped = escapeStrayAmpersands(text);
  if (escaped.count > 0)
    builder.report('warning', `${escaped.count} "&" that start no reference are read as plain characters`, 1);
  try {
    for (let at = 0; at < escaped.text.length; at += chunkLength)
      parser.write(escaped.text.slice(at, at + chunkLength));
    const line = parser.line;
    builder.finish(line);
    parser.close();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    builder.report('error', error.message, parser.line);
  }
  return { root: builder.root, diagnostics: builder.problems };
}
