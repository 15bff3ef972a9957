import type { OutputFile } from '../../../shared/ipc/contract.ts';

/** A line of the tree: a folder or a file, with how deep it stands. */
export interface TreeLine {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly file: OutputFile | null;
}

/** Files as an indented list: folders before files, both by name; folders in `closed` show no content. */
export function treeLines(files: readonly OutputFile[], closed: ReadonlySet<string>): readonly TreeLine[] {
  const sorted = [...files].sort((a, b) => compareParts(a.path.split('/'), b.path.split('/')));
  const lines: TreeLine[] = [];
  const opened = new Set<string>();
  for (const file of sorted) {
    const parts = file.path.split('/');
    const folders = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
    folders.forEach((path, depth) => {
      if (opened.has(path) || folders.slice(0, depth).some((above) => closed.has(above))) return;
      opened.add(path);
      lines.push({ path, name: parts[depth] ?? '', depth, file: null });
    });
    if (folders.some((folder) => closed.has(folder))) continue;
    lines.push({ path: file.path, name: parts.at(-1) ?? '', depth: folders.length, file });
  }
  return lines;
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; ; at += 1) {
    const left = a[at];
    const right = b[at];
    if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? -1 : 1;
    const leftIsFile = at === a.length - 1;
    const rightIsFile = at === b.length - 1;
    if (leftIsFile !== rightIsFile) return leftIsFile ? 1 : -1;
    if (left !== right) return left < right ? -1 : 1;
  }
}
