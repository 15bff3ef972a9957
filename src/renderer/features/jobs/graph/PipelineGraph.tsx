import '@xyflow/react/dist/base.css';
import {
  Background,
  Controls,
  type Edge,
  type Node,
  MarkerType,
  MiniMap,
  type OnInit,
  ReactFlow,
  type ReactFlowInstance,
} from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { text } from '../../../ui/text.ts';
import { chooseNode } from '../page-actions.ts';
import type { PipelineData } from '../store.ts';
import { GraphNode, type GraphNodeData, nodeSize } from './GraphNode.tsx';
import { layout } from './elk-layout.ts';
import type { Positions } from './layout.ts';
import styles from './graph.module.css';

const nodeTypes = { pipeline: GraphNode };
const onlyVisibleFrom = 150;
const mapFrom = 25;
const readable = 0.7;

interface PipelineGraphProps {
  readonly name: string;
  readonly pipeline: PipelineData;
  readonly nodeId: string | null;
}

/** The pipeline drawn left to right. One tab stop; the keys of the page move through it. */
export function PipelineGraph({ name, pipeline, nodeId }: PipelineGraphProps): ReactNode {
  const { places, failed } = usePositions(pipeline);
  if (failed) return <ErrorNote error={{ message: text.jobs.noLayout }} />;
  if (places === null)
    return (
      <p className={styles.wait} role="status">
        {text.jobs.laidOut}
      </p>
    );
  return <Drawing name={name} pipeline={pipeline} nodeId={nodeId} places={places} />;
}

/** Null until they are known; a layout that comes after the next pipeline was chosen is dropped. */
function usePositions({ nodes, edges }: PipelineData): { readonly places: Positions | null; readonly failed: boolean } {
  const key = useMemo(
    () => JSON.stringify([nodes.map((node) => node.id), edges.map((edge) => [edge.from, edge.to])]),
    [nodes, edges],
  );
  const [state, setState] = useState<{ key: string; places: Positions | null }>({ key: '', places: null });
  useEffect(() => {
    let current = true;
    layout({ nodes: nodes.map((node) => ({ id: node.id, ...nodeSize })), edges }).then(
      (places) => current && setState({ key, places }),
      () => current && setState({ key, places: null }),
    );
    return () => {
      current = false;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key says all that the layout depends on
  }, [key]);
  return { places: state.key === key ? state.places : null, failed: state.key === key && state.places === null };
}

function Drawing({ name, pipeline, nodeId, places }: PipelineGraphProps & { readonly places: Positions }): ReactNode {
  const flow = useRef<ReactFlowInstance<Node<GraphNodeData>> | null>(null);
  const nodes = useMemo(() => flowNodes(pipeline, places, nodeId), [pipeline, places, nodeId]);
  const edges = useMemo(() => flowEdges(pipeline, nodeId), [pipeline, nodeId]);
  const many = nodes.length > onlyVisibleFrom;
  useEffect(() => {
    if (flow.current !== null && nodeId !== null) bringIntoSight(flow.current, places, nodeId);
  }, [nodeId, places]);
  const onInit: OnInit<Node<GraphNodeData>> = (instance) => {
    flow.current = instance;
    // Nodes too small to read help nobody: a large pipeline starts at its beginning instead.
    void instance.fitView({ minZoom: readable, maxZoom: 1, padding: 0.08 }).then(() => {
      if (nodeId !== null && instance.getZoom() <= readable) startAt(instance, places.get(nodeId));
    });
  };
  return (
    <ReactFlow
      className={styles.flow}
      aria-label={text.jobs.graphLabel(name)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the drawing is one tab stop, as the label says
      tabIndex={0}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      onInit={onInit}
      onNodeClick={(_event, node) => chooseNode(node.id)}
      onlyRenderVisibleElements={many}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      panActivationKeyCode={null}
      zoomActivationKeyCode={null}
      zoomOnDoubleClick={false}
      minZoom={0.05}
      maxZoom={1.5}
      proOptions={{ hideAttribution: true }}
    >
      <Background gap={16} size={1} />
      <Controls showInteractive={false} />
      {nodes.length > mapFrom ? <MiniMap pannable zoomable ariaLabel={null} nodeClassName={mapClass} /> : null}
    </ReactFlow>
  );
}

const mapClass = ({ data }: Node): string => styles[(data as GraphNodeData).node.standing] ?? '';

function flowNodes({ nodes }: PipelineData, places: Positions, nodeId: string | null): Node<GraphNodeData>[] {
  return nodes.map((node) => ({
    id: node.id,
    type: 'pipeline',
    position: places.get(node.id) ?? { x: 0, y: 0 },
    data: { node, current: node.id === nodeId },
    ...nodeSize,
    domAttributes: { 'aria-roledescription': 'node' },
  }));
}

function flowEdges({ edges }: PipelineData, nodeId: string | null): Edge[] {
  return edges.map(({ from, to, label }, index) => {
    const near = from === nodeId || to === nodeId;
    return {
      id: `${index}`,
      source: from,
      target: to,
      ...(label === null ? {} : { label }),
      className: near ? (styles.near ?? '') : '',
      markerEnd: { type: MarkerType.ArrowClosed, color: near ? 'var(--accent)' : 'var(--line-strong)' },
    };
  });
}

/** The node at the left, halfway down: what comes after it has the room. */
function startAt(flow: ReactFlowInstance<Node<GraphNodeData>>, place: { x: number; y: number } | undefined): void {
  const box = drawingBox();
  if (place === undefined || box === undefined) return;
  void flow.setViewport({
    x: 32 - place.x * readable,
    y: box.height / 2 - (place.y + nodeSize.height / 2) * readable,
    zoom: readable,
  });
}

const drawingBox = (): DOMRect | undefined =>
  document.querySelector(`.${styles.flow ?? 'react-flow'}`)?.getBoundingClientRect();

/** Moves the drawing only where the node is not in sight. */
function bringIntoSight(flow: ReactFlowInstance<Node<GraphNodeData>>, places: Positions, nodeId: string): void {
  const place = places.get(nodeId);
  if (place === undefined) return;
  const [left, right] = [
    flow.flowToScreenPosition(place),
    flow.flowToScreenPosition({ x: place.x + nodeSize.width, y: place.y + nodeSize.height }),
  ];
  const box = drawingBox();
  if (box === undefined) return;
  const inside = left.x >= box.left && left.y >= box.top && right.x <= box.right && right.y <= box.bottom;
  if (inside && flow.getZoom() >= readable) return;
  void flow.setCenter(place.x + nodeSize.width / 2, place.y + nodeSize.height / 2, {
    zoom: Math.max(flow.getZoom(), readable),
    duration: 0,
  });
}
