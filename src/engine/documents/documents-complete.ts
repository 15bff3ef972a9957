import { type DocumentId, type MigrationDocument, documentIds } from '../../shared/model/artifacts.ts';
import { splitRow } from './markdown/split-row.ts';

export interface DocumentProblems {
  readonly id: DocumentId;
  readonly problems: readonly string[];
}

/** What is wrong with the ten documents; those that are complete are left out. */
export function documentsComplete(documents: readonly MigrationDocument[]): readonly DocumentProblems[] {
  return documentIds.flatMap((id) => {
    const own = documents.filter((document) => document.id === id);
    const [document] = own;
    const problems =
      document === undefined ? ['is missing'] : own.length > 1 ? ['is there more than once'] : problemsOf(document);
    return problems.length === 0 ? [] : [{ id, problems }];
  });
}

interface Line {
  readonly text: string;
  readonly number: number;
}

function problemsOf({ title, markdown }: MigrationDocument): readonly string[] {
  if (markdown.trim() === '') return ['is empty'];
  const { prose, problems } = outsideFences(markdown.split('\n').map((text, i) => ({ text, number: i + 1 })));
  if (!markdown.startsWith('# ') || !(markdown.split('\n')[0] ?? '').includes(title))
    problems.push('does not begin with its title');
  if (prose.filter(({ text }) => text.trim() !== '').length < 2) problems.push('has a title and nothing else');
  return [...problems, ...placeholderProblems(prose), ...tableProblems(prose)];
}

/** The lines that are Markdown, and what is wrong with the fences around the others. */
function outsideFences(lines: readonly Line[]): { readonly prose: readonly Line[]; readonly problems: string[] } {
  const prose: Line[] = [];
  const problems: string[] = [];
  let open: { readonly mark: string; readonly language: string; readonly number: number; content: number } | null =
    null;
  for (const line of lines) {
    const mark = /^`{3,}/.exec(line.text)?.[0];
    if (open === null && mark !== undefined) {
      open = { mark, language: line.text.slice(mark.length).trim(), number: line.number, content: 0 };
      prose.push({ text: '', number: line.number });
    } else if (open === null) prose.push(line);
    else if (mark !== undefined && mark.length >= open.mark.length && line.text.trim() === mark) {
      if (open.language === 'mermaid' && open.content < 2) problems.push(`line ${open.number}: the diagram is empty`);
      open = null;
    } else open.content += 1;
  }
  if (open !== null)
    problems.push(`line ${open.number}: the ${open.language === 'mermaid' ? 'diagram' : 'code block'} is not closed`);
  return { prose, problems };
}

/** Code spans are the customer's; what stands outside of them is the template's and has escaped braces. */
function placeholderProblems(prose: readonly Line[]): readonly string[] {
  return prose.flatMap(({ text, number }) => {
    const found = /\{\{|\$\{|\[object Object\]/.exec(withoutCode(text))?.[0];
    return found === undefined ? [] : [`line ${number}: ${found} was not filled in`];
  });
}

const withoutCode = (text: string): string => text.replace(/(?<![\\`])(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');

function tableProblems(prose: readonly Line[]): readonly string[] {
  const problems: string[] = [];
  let columns = 0;
  let row = 0;
  for (const { text, number } of prose) {
    if (!text.startsWith('|')) {
      if (row === 1) problems.push(`line ${number - 1}: the table has no rule under its header`);
      row = 0;
      continue;
    }
    const cells = splitRow(text);
    row += 1;
    if (row === 1) columns = cells.length;
    if (row === 2 && !cells.every((cell) => /^:?-{3,}:?$/.test(cell.trim())))
      problems.push(`line ${number}: the table has no rule under its header`);
    if (cells.length !== columns || !text.trimEnd().endsWith('|'))
      problems.push(`line ${number}: the row has ${cells.length} cells, its header ${columns}`);
  }
  return problems;
}
