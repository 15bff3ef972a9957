import type { Diagnostic } from '../shared/model/schema.ts';
import type { ErrorShape } from '../shared/errors.ts';

/** `error  legacy.sql:41  No closing bracket`. */
export function printDiagnostic({ severity, file, line, message }: Diagnostic): string {
  return `${severity.padEnd(7)} ${file}${line === null ? '' : `:${line}`}  ${message}`;
}

/** What is wrong, where, and what to do. */
export function printError({ message, hint, where }: ErrorShape): string {
  const place =
    where === undefined || message.includes(where.file)
      ? ''
      : `${where.file}${where.line === undefined ? '' : `:${where.line}`}: `;
  return `portolan: ${place}${message}${/[.!?]$/.test(message) ? '' : '.'}${hint === undefined ? '' : ` ${hint}`}`;
}

/** A defect that keeps a file, or a part of it, from being used: printed like an error that ends a command. */
export function printProblem({ file, line, message }: Diagnostic): string {
  const text = line === null ? message : `${file}:${line}: ${message}`;
  return printError({ code: 'INPUT_INVALID', message: text, where: { file } });
}

/** Columns padded to their widest cell. */
export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(header), ...rows.map(line)].join('\n');
}
