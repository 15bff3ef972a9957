/** Blocks of a document: headings, paragraphs, lists, tables, code. Each ends without a line break; `document` joins them. */
import { redactSecrets } from '../../bundle/redact-secrets.ts';
import { type Inline, longestRun, md, plural } from './inline.ts';

declare const whole: unique symbol;
/** One or more lines of Markdown that stand on their own. */
export type Block = string & { readonly [whole]: true };

export const heading = (level: 1 | 2 | 3 | 4, title: Inline): Block => `${'#'.repeat(level)} ${title}` as Block;

export const paragraph = (...sentences: readonly Inline[]): Block => sentences.join(' ') as Block;

export function list(items: readonly Inline[]): Block {
  return items.map((item) => `- ${item}`).join('\n') as Block;
}

export function steps(items: readonly Inline[]): Block {
  return items.map((item, i) => `${i + 1}. ${item}`).join('\n') as Block;
}

/** A header that ends in `#` is a column of figures and is set to the right. */
export function table(headers: readonly string[], rows: readonly (readonly Inline[])[]): Block {
  const line = (cells: readonly string[]): string => `| ${headers.map((_, i) => cell(cells[i] ?? '')).join(' | ')} |`;
  const rule = headers.map((header) => (header.endsWith('#') ? '---:' : '---'));
  return [line(headers.map((header) => header.replace(/ ?#$/, ''))), `| ${rule.join(' | ')} |`, ...rows.map(line)].join(
    '\n',
  ) as Block;
}

/** A pipe would end the cell, also within a code span; `code` never leaves a backslash in front of one. */
const cell = (value: string): string => value.replaceAll('|', '\\|');

const hidden = /(?![\n\t])[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu;

/** Text as it is, in a fence that is longer than any run of backticks in it. */
export function fence(language: string, content: string): Block {
  const clean = redactSecrets(content).text.replace(/\r\n?/g, '\n').replace(hidden, '\uFFFD');
  const lines = clean.replace(/\n+$/, '');
  const mark = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return `${mark}${language}\n${lines}\n${mark}` as Block;
}

/** `fence`, or its first lines and a sentence that says how many more there are and where. */
export function fenceWithin(language: string, content: string, limit: number, where: Inline): readonly Block[] {
  if (content.length <= limit) return [fence(language, content)];
  const end = content.lastIndexOf('\n', limit);
  const head = content.slice(0, end > 0 ? end : limit);
  const left = content.slice(head.length).split('\n').length - 1;
  return [fence(language, head), paragraph(md`${plural(Math.max(1, left), 'more line')} of it: ${where}.`)];
}

/** The text of a document: title first, a blank line between blocks, a line break at the end. */
export function documentText(title: Inline, blocks: readonly (Block | readonly Block[])[]): string {
  return `${[heading(1, title), ...blocks.flat()].filter((block) => block !== '').join('\n\n')}\n`;
}
