import { Suspense, lazy } from 'react';
import type { ReactNode } from 'react';
import type { TextDiffProps } from './MonacoDiff.tsx';
import type { YamlEditorProps } from './MonacoEditor.tsx';
import { Skeleton } from './Skeleton.tsx';

const MonacoEditor = lazy(async () => ({ default: (await import('./MonacoEditor.tsx')).MonacoEditor }));
const MonacoDiff = lazy(async () => ({ default: (await import('./MonacoDiff.tsx')).MonacoDiff }));

/** A YAML text to edit, in the editor component, which loads on first use. */
export function YamlEditor(props: YamlEditorProps): ReactNode {
  return (
    <Suspense fallback={<Skeleton />}>
      <MonacoEditor {...props} />
    </Suspense>
  );
}

/** Two versions of a text side by side. */
export function TextDiff(props: TextDiffProps): ReactNode {
  return (
    <Suspense fallback={<Skeleton />}>
      <MonacoDiff {...props} />
    </Suspense>
  );
}
