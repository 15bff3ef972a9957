import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { GraphDrawing } from '../../../ui/graph/GraphDrawing.tsx';
import { text } from '../../../ui/text.ts';
import { chooseNode } from '../page-actions.ts';
import type { PipelineData } from '../store.ts';
import { type DrawnPart, drawnPart } from './drawn-part.ts';
import { GraphNode, type GraphNodeData, nodeSize } from './GraphNode.tsx';
import styles from './graph.module.css';

const nodeTypes = { node: GraphNode };
const words = { wait: text.jobs.laidOut, failed: text.jobs.noLayout };

interface PipelineGraphProps {
  readonly name: string;
  readonly pipeline: PipelineData;
  readonly nodeId: string | null;
}

/** The pipeline drawn left to right; a very large one in part, around the node in hand. */
export function PipelineGraph({ name, pipeline, nodeId }: PipelineGraphProps): ReactNode {
  const part = useDrawnPart(pipeline, nodeId);
  const nodes = useMemo(
    () => part.nodes.map((node) => ({ id: node.id, ...nodeSize, data: { node, current: node.id === nodeId } })),
    [part.nodes, nodeId],
  );
  return (
    <>
      {part.nodes.length < pipeline.nodes.length ? (
        <p className={styles.cut}>{text.jobs.drawnInPart(part.nodes.length, pipeline.nodes.length)}</p>
      ) : null}
      <GraphDrawing
        label={text.jobs.graphLabel(name)}
        nodeTypes={nodeTypes}
        nodes={nodes}
        edges={part.edges}
        current={nodeId}
        onChoose={chooseNode}
        mapClass={mapClass}
        start="left"
        words={words}
      />
    </>
  );
}

/** Laid out anew only where the node in hand is not in it. */
function useDrawnPart(pipeline: PipelineData, nodeId: string | null): DrawnPart {
  const [focus, setFocus] = useState(nodeId);
  const part = useMemo(() => drawnPart(pipeline, focus), [pipeline, focus]);
  if (nodeId !== null && nodeId !== focus && !part.ids.has(nodeId)) setFocus(nodeId);
  return part;
}

const mapClass = (data: Record<string, unknown>): string => styles[(data as GraphNodeData).node.standing] ?? '';
