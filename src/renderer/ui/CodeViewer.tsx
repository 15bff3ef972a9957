import { Suspense, lazy } from 'react';
import type { ReactNode } from 'react';
import type { CodeViewerProps } from './MonacoViewer.tsx';
import { Skeleton } from './Skeleton.tsx';

const MonacoViewer = lazy(async () => ({ default: (await import('./MonacoViewer.tsx')).MonacoViewer }));

/** A text to read, in the editor component, which loads on first use. */
export function CodeViewer(props: CodeViewerProps): ReactNode {
  return (
    <Suspense fallback={<Skeleton />}>
      <MonacoViewer {...props} />
    </Suspense>
  );
}
