import type { Diagnostic } from '../../../shared/model/schema.ts';

const limits = { error: 2000, warning: 1000, info: 200 } as const;
const statementChars = 120;

/** Collects what is said about one file, with a limit for each severity and a summary of what goes beyond it. */
export class DiagnosticList {
  readonly #file: string;
  readonly #list: Diagnostic[] = [];
  readonly #counts = { error: 0, warning: 0, info: 0 };

  constructor(file: string) {
    this.#file = file;
  }

  add(
    severity: Diagnostic['severity'],
    message: string,
    line: number | null = null,
    statement: string | null = null,
  ): void {
    this.#counts[severity] += 1;
    if (this.#counts[severity] > limits[severity]) return;
    this.#list.push({
      severity,
      message,
      file: this.#file,
      line,
      statement: statement === null ? null : shorten(statement),
    });
  }

  /** All in order of their lines, the summaries last. */
  finish(): readonly Diagnostic[] {
    const sorted = this.#list.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
    for (const severity of ['error', 'warning', 'info'] as const) {
      const more = this.#counts[severity] - limits[severity];
      if (more > 0)
        sorted.push({
          severity,
          message: `${more} more remarks like these are not shown`,
          file: this.#file,
          line: null,
          statement: null,
        });
    }
    return sorted;
  }
}

function shorten(statement: string): string {
  return statement
    .slice(0, statementChars * 4)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, statementChars);
}
