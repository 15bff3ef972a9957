/** The messages about all files as one list. Pure. */
import type { InputView } from '../../../../shared/ipc/contract.ts';
import type { Diagnostic } from '../../../../shared/model/schema.ts';

export type Severity = Diagnostic['severity'];
/** The worst first. */
export const severities: readonly Severity[] = ['error', 'warning', 'info'];

export interface Problem extends Diagnostic {
  readonly key: string;
  readonly input: InputView;
}

export function problemsOf(inputs: readonly InputView[]): readonly Problem[] {
  const all = inputs.flatMap((input) =>
    input.diagnostics.map((diagnostic, index) => ({ ...diagnostic, input, key: `${input.id} ${index}` })),
  );
  return all.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

export function filterProblems(
  problems: readonly Problem[],
  typed: string,
  shown: ReadonlySet<Severity>,
): readonly Problem[] {
  const wanted = typed.trim().toLowerCase();
  return problems.filter(
    ({ severity, file, message, statement }) =>
      shown.has(severity) && `${file} ${message} ${statement ?? ''}`.toLowerCase().includes(wanted),
  );
}
