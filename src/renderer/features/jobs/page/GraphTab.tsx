import { IconTransform } from '@tabler/icons-react';
import { Suspense, lazy } from 'react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { text } from '../../../ui/text.ts';
import { useJobs } from '../store.ts';

const PipelineGraph = lazy(async () => ({ default: (await import('../graph/PipelineGraph.tsx')).PipelineGraph }));

/** The drawing, which loads on first use. */
export function GraphTab(): ReactNode {
  const { pipeline, fileName, nodeId } = useJobs();
  if (pipeline === null || fileName === null) return null;
  if (pipeline.nodes.length === 0)
    return <EmptyState icon={<IconTransform size={32} stroke={1.4} />} title={text.jobs.noNodes} />;
  return (
    <Suspense fallback={<Skeleton />}>
      <PipelineGraph key={fileName} name={fileName} pipeline={pipeline} nodeId={nodeId} />
    </Suspense>
  );
}
