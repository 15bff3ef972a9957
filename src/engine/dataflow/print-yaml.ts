/**
 * DataFlow documents as YAML text: the same document gives the same bytes. Lines are laid out here, piece by piece, as
 * documents may be many times as large as what they come from; a text that is not plain to see is quoted by the library.
 */
import { Document, Scalar } from 'yaml';
import type { KeptText } from '../../shared/model/conversion.ts';
import { TextKeeper, joinTexts, keepText } from '../core/kept-text.ts';
import type { DataFlow, Pipeline, PipelineHead, PipelineNode, Workflow } from './model.ts';

const keyOrder = [
  'apiVersion',
  'kind',
  'id',
  'task',
  'check',
  'node',
  'output',
  'name',
  'role',
  'description',
  'origin',
  'tool',
  'file',
  'object',
  'sha256',
  'parameters',
  'connections',
  'tables',
  'macros',
  'nodes',
  'tasks',
  'quality',
  'type',
  'operator',
  'connector',
  'connection',
  'secret',
  'schema',
  'pipeline',
  'config',
  'depends_on',
  'condition',
  'nullable',
  'expression',
  'from',
  'key',
  'columns',
  'references',
  'table',
  'to',
  'default',
  'sql',
  'outputs',
  'confidence',
  'conversion',
  'original',
  'notes',
  'min',
  'max',
  'metadata',
  'dialect',
  'generated_at',
  'generator',
  'overall_confidence',
  'warnings_count',
];
const rank = new Map(keyOrder.map((key, index) => [key, index]));

/** A list or a map among others that is no longer than this as JSON stands on one line. */
const shortLength = 120;
const pieceLength = 65_536;
/** YAML's limit for a key on one line with its value is 1024. */
const longestKey = 1000;
/** Names and types return over and over: how they are written is remembered. */
const longestRemembered = 80;
const maxRemembered = 50_000;

const ordinary = /^[\t\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff]*$/;
const needsQuotes = /:[ \t]|[ \t]#|[ \t:]$/;
const namesNoText = /^(?:null|true|false|y|n|yes|no|on|off)$/i;
/** What readers of YAML 1.1 take for a truth value or a merge. */
const otherThanText = /^(?:=|<<|y|n|yes|no|on|off)$/i;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !isList(value);
const isLine = (value: unknown): boolean =>
  typeof value !== 'object' && !(typeof value === 'string' && /[\r\n]/.test(value));
const isLineList = (list: readonly unknown[]): boolean => list.every((one) => one === null || isLine(one));

/** Members in the order of the contract; members that it does not name come last, by name. */
function membersOf(map: object): readonly (readonly [string, unknown])[] {
  const entries = Object.entries(map).filter(([, inner]) => inner !== undefined);
  return entries.sort(
    ([a], [b]) => (rank.get(a) ?? keyOrder.length) - (rank.get(b) ?? keyOrder.length) || (a < b ? -1 : 1),
  );
}

function fits(value: readonly unknown[] | object): boolean {
  return JSON.stringify(value).length <= shortLength;
}

/** Whether a map in a list stands on one line: columns, inputs, checks. */
function isShortMap(map: object): boolean {
  for (const value of Object.values(map)) {
    if (typeof value === 'string' && value.length > shortLength) return false;
    if (isList(value) ? !isLineList(value) : value !== null && value !== undefined && !isLine(value)) return false;
  }
  return fits(map);
}

function isShortList(list: readonly unknown[]): boolean {
  return list.length <= shortLength && isLineList(list) && fits(list);
}

/** `text` as the library writes it behind a key, or between brackets. */
function byLibrary(text: string, inFlow: boolean): string {
  const scalar = new Scalar(text);
  // A block of nothing but blanks does not show how far it is indented.
  if (text.includes('\n')) scalar.type = /\S/.test(text) ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
  else if (/^\d{4}-\d\d-\d\d/.test(text) || otherThanText.test(text)) scalar.type = Scalar.QUOTE_SINGLE;
  const yaml = new Document({ v: [scalar] });
  const list = yaml.get('v') as { flow?: boolean };
  list.flow = inFlow;
  const printed = yaml.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: true });
  return inFlow ? printed.slice('v: [ '.length, -' ]\n'.length) : printed.slice('v:\n  - '.length, -1);
}

/** Text in one pass; `indent` is where the further lines of a value stand. */
class YamlText {
  length = 0;
  private parts: string[] = [];
  private readonly remembered = new Map<string, string>();

  add(part: string): void {
    this.parts.push(part);
    this.length += part.length;
  }

  /** What was written since the last time, as one flat text. */
  take(): string {
    const text = this.parts.join('');
    this.parts = [];
    this.length = 0;
    return text;
  }

  /** An item of a list that is a member of the document. */
  item(item: unknown): void {
    this.add('\n  -');
    this.value(item, '    ', true);
  }

  /** What stands behind `key:` or `-`, nested values on lines of their own. */
  value(value: unknown, indent: string, isItem: boolean): void {
    if (isList(value)) this.list(value, indent, isItem);
    else if (isMap(value)) this.map(value, indent, isItem);
    else this.add(` ${this.scalar(value, indent)}`);
  }

  private list(list: readonly unknown[], indent: string, isItem: boolean): void {
    if (list.length === 0 || isShortList(list)) {
      this.add(` ${this.flow(list)}`);
      return;
    }
    for (const [index, item] of list.entries()) {
      this.add(isItem && index === 0 ? ' -' : `\n${indent}-`);
      this.value(item, `${indent}  `, true);
    }
  }

  private map(map: object, indent: string, isItem: boolean): void {
    if (isItem && isShortMap(map)) {
      this.add(` ${this.flow(map)}`);
      return;
    }
    const members = membersOf(map);
    if (members.length === 0) this.add(' {}');
    for (const [index, [key, value]] of members.entries()) {
      const name = this.line(key, true);
      const isLong = name.length > longestKey;
      this.add(`${isItem && index === 0 ? ' ' : `\n${indent}`}${isLong ? `? ${name}\n${indent}:` : `${name}:`}`);
      this.value(value, `${indent}  `, false);
    }
  }

  /** A short value on one line. */
  private flow(value: unknown): string {
    if (isList(value)) return value.length === 0 ? '[]' : `[ ${value.map((one) => this.flow(one)).join(', ')} ]`;
    if (!isMap(value)) return typeof value === 'string' ? this.line(value, true) : String(value);
    const members = membersOf(value).map(([key, inner]) => `${this.line(key, true)}: ${this.flow(inner)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }

  private scalar(value: unknown, indent: string): string {
    if (typeof value !== 'string') return String(value);
    if (!value.includes('\n')) return this.line(value, false);
    if (ordinary.test(value) && /^[^ \t\n]/.test(value) && /[^ \t\n]\n?$/.test(value)) {
      const ends = value.endsWith('\n');
      const lines = (ends ? value.slice(0, -1) : value).replace(/\n+/g, `$&${indent}`);
      return `${ends ? '|' : '|-'}\n${indent}${lines}`;
    }
    return byLibrary(value, false).replace(/\n {4}/g, `\n${indent}`);
  }

  /** A text of one line. */
  private line(text: string, inFlow: boolean): string {
    if (text.length > longestRemembered) return this.quoted(text, inFlow);
    const key = inFlow ? `[${text}` : ` ${text}`;
    const known = this.remembered.get(key);
    if (known !== undefined) return known;
    const line = this.quoted(text, inFlow);
    if (this.remembered.size < maxRemembered) this.remembered.set(key, line);
    return line;
  }

  private quoted(text: string, inFlow: boolean): string {
    if (text.includes('\n')) return JSON.stringify(text);
    if (!ordinary.test(text) || !/^[A-Za-z_$(]/.test(text) || namesNoText.test(text)) return byLibrary(text, inFlow);
    if (!needsQuotes.test(text) && !(inFlow && /[[\]{},]/.test(text))) return text;
    if (text.includes("'") && !text.includes('"')) return byLibrary(text, inFlow);
    return `'${text.replaceAll("'", "''")}'`;
  }
}

/** The document as YAML in pieces: columns and other small members on one line, SQL as block text. */
export function* yamlPieces(document: Partial<DataFlow | Pipeline | Workflow>): Generator<string> {
  const yaml = new YamlText();
  for (const [key, value] of membersOf(document)) {
    yaml.add(`${key}:`);
    if (isList(value) && value.length > 0 && !isShortList(value)) {
      for (const item of value) {
        yaml.item(item);
        if (yaml.length >= pieceLength) yield yaml.take();
      }
    } else yaml.value(value, '  ', false);
    yaml.add('\n');
  }
  yield yaml.take();
}

/** A pipeline as YAML whose nodes come one after the other: the same text as of the whole document. */
export class PipelineYaml {
  private readonly yaml = new YamlText();
  private readonly nodes = new TextKeeper();
  private isEmpty = true;

  add(node: PipelineNode): void {
    this.isEmpty = false;
    this.yaml.item(node);
    if (this.yaml.length >= pieceLength) this.nodes.add(this.yaml.take());
  }

  /** The document with the nodes that were added. */
  document(head: PipelineHead): KeptText {
    if (this.isEmpty) return keepText(yamlPieces({ ...head, nodes: [] }));
    this.nodes.add(this.yaml.take());
    const members = membersOf({ ...head, nodes: null });
    const at = members.findIndex(([key]) => key === 'nodes');
    const [before, after] = [members.slice(0, at), members.slice(at + 1)].map((some) =>
      keepText(yamlPieces(Object.fromEntries(some))),
    ) as [KeptText, KeptText];
    return joinTexts([before, 'nodes:', this.nodes.text(), '\n', after]);
  }
}

/** The document as one text. */
export function printYaml(document: DataFlow | Pipeline | Workflow): string {
  return [...yamlPieces(document)].join('');
}
