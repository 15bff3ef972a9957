/** A schema diff as a Markdown document, for a change request or a ticket. */
import type { SchemaDiffLine } from '../../shared/model/schema-diff.ts';
import { type Block, documentText, heading, paragraph, table } from '../documents/markdown/blocks.ts';
import { code, md, plural, text } from '../documents/markdown/inline.ts';

interface Versions {
  readonly before: string;
  readonly after: string;
  readonly unchanged: number;
  /** How many changes there are where only a part of them is given. */
  readonly all?: number;
}

/** All lines, a table of them for each table that changed. Customer text is escaped and cut like that of the documents. */
export function schemaDiffMarkdown(
  lines: readonly SchemaDiffLine[],
  { before, after, unchanged, all }: Versions,
): string {
  const byTable = new Map<string, SchemaDiffLine[]>();
  for (const line of lines) {
    const own = byTable.get(line.table);
    if (own === undefined) byTable.set(line.table, [line]);
    else own.push(line);
  }
  const breaking = lines.filter((line) => line.breaking).length;
  const summary = md`From ${code(before)} to ${code(after)}: ${plural(byTable.size, 'table')} with a change, ${unchanged} without; ${plural(lines.length, 'change')}, of which ${breaking} may break what fitted before.`;
  const part =
    all === undefined || all === lines.length
      ? []
      : [paragraph(md`Only ${lines.length} of ${all} changes, chosen by a filter.`)];
  return documentText(md`Schema changes`, [
    ...part,
    paragraph(summary),
    ...[...byTable].flatMap(([name, own]) => [heading(2, code(name)), tableOf(own)]),
  ]);
}

function tableOf(lines: readonly SchemaDiffLine[]): Block {
  return table(
    ['Change', 'What', 'Column', 'Before', 'After', 'May break'],
    lines.map((line) => [
      line.score === null ? text(line.kind) : md`${text(line.kind)}, ${Math.round(line.score * 100)} % likely`,
      text(line.subject),
      code(line.column),
      code(line.before),
      code(line.after),
      text(line.breaking ? 'yes' : 'no'),
    ]),
  );
}
