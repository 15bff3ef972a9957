import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { GraphDrawing } from '../../../ui/graph/GraphDrawing.tsx';
import { text } from '../../../ui/text.ts';
import { chooseNode } from '../page-actions.ts';
import type { PipelineData } from '../store.ts';
import { GraphNode, type GraphNodeData, nodeSize } from './GraphNode.tsx';
import styles from './graph.module.css';

const nodeTypes = { node: GraphNode };
const words = { wait: text.jobs.laidOut, failed: text.jobs.noLayout };

interface PipelineGraphProps {
  readonly name: string;
  readonly pipeline: PipelineData;
  readonly nodeId: string | null;
}

/** The pipeline drawn left to right. */
export function PipelineGraph({ name, pipeline, nodeId }: PipelineGraphProps): ReactNode {
  const nodes = useMemo(
    () => pipeline.nodes.map((node) => ({ id: node.id, ...nodeSize, data: { node, current: node.id === nodeId } })),
    [pipeline.nodes, nodeId],
  );
  return (
    <GraphDrawing
      label={text.jobs.graphLabel(name)}
      nodeTypes={nodeTypes}
      nodes={nodes}
      edges={pipeline.edges}
      current={nodeId}
      onChoose={chooseNode}
      mapClass={mapClass}
      start="left"
      words={words}
    />
  );
}

const mapClass = (data: Record<string, unknown>): string => styles[(data as GraphNodeData).node.standing] ?? '';
