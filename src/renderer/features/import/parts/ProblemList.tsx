import type { ReactNode } from 'react';
import type { Diagnostic } from '../../../../shared/model/schema.ts';
import { Tone } from '../../../ui/Tone.tsx';
import { severityTones } from '../../../ui/confidence.ts';
import { text } from '../../../ui/text.ts';

const shownAtMost = 200;

interface ProblemListProps {
  readonly name: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** What was not understood of a file, with file and line and the statement that is meant. */
export function ProblemList({ name, diagnostics }: ProblemListProps): ReactNode {
  const hidden = diagnostics.length - shownAtMost;
  return (
    <div role="region" aria-label={text.import.problemsOf(name)}>
      <ul>
        {diagnostics.slice(0, shownAtMost).map((one, index) => (
          <li key={`${one.line}:${index}`}>
            <Tone tone={severityTones[one.severity]}>{one.severity}</Tone>
            <code>{one.line === null ? one.file : `${one.file}:${one.line}`}</code>
            <span>
              {one.message}
              {one.statement === null ? null : (
                <>
                  {' '}
                  <code>{one.statement}</code>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {hidden > 0 ? <p>{text.import.moreProblems(hidden)}</p> : null}
    </div>
  );
}
