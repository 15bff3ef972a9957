import '@xyflow/react/dist/base.css';
import {
  Background,
  Controls,
  type Edge,
  MarkerType,
  MiniMap,
  type Node,
  type NodeTypes,
  type OnInit,
  ReactFlow,
  type ReactFlowInstance,
} from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { ErrorNote } from '../ErrorNote.tsx';
import { layout } from './elk-layout.ts';
import type { Positions } from './layout.ts';
import styles from './graph.module.css';

export interface DrawnNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** What the component of its type shows. */
  readonly data: Record<string, unknown>;
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string | null;
  readonly dashed?: boolean;
}

interface GraphDrawingProps {
  readonly label: string;
  /** The component of every node, under the name `node`. The same object each time. */
  readonly nodeTypes: NodeTypes & { readonly node: unknown };
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly current: string | null;
  readonly onChoose: (id: string) => void;
  /** The class of a node in the small map. */
  readonly mapClass?: (data: Record<string, unknown>) => string;
  /** Where a drawing too large to be read as a whole starts: with the node in hand at the left, or in the middle. */
  readonly start: 'left' | 'middle';
  readonly words: { readonly wait: string; readonly failed: string };
}

const onlyVisibleFrom = 150;
const mapFrom = 25;
const readable = 0.7;

/** A graph drawn left to right. One tab stop; the keys of the view move through it. */
export function GraphDrawing(props: GraphDrawingProps): ReactNode {
  const { places, failed } = usePositions(props.nodes, props.edges);
  if (failed) return <ErrorNote error={{ message: props.words.failed }} />;
  if (places === null)
    return (
      <p className={styles.wait} role="status">
        {props.words.wait}
      </p>
    );
  return <Drawing {...props} places={places} />;
}

interface PositionState {
  readonly key: string;
  readonly places: Positions | null;
}

/** Null until they are known; a layout that comes after the next graph was chosen is dropped. */
function usePositions(
  nodes: readonly DrawnNode[],
  edges: readonly DrawnEdge[],
): { readonly places: Positions | null; readonly failed: boolean } {
  const key = useMemo(
    () => JSON.stringify([nodes.map(({ id, height }) => [id, height]), edges.map(({ from, to }) => [from, to])]),
    [nodes, edges],
  );
  const [state, setState] = useState<PositionState>({ key: '', places: null });
  useEffect(() => {
    let current = true;
    layout({ nodes, edges }).then(
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

function Drawing(props: GraphDrawingProps & { readonly places: Positions }): ReactNode {
  const { label, nodeTypes, nodes, edges, current, onChoose, mapClass, start, places } = props;
  const flow = useRef<ReactFlowInstance | null>(null);
  const flowNodes = useMemo(() => toFlowNodes(nodes, places), [nodes, places]);
  const flowEdges = useMemo(() => toFlowEdges(edges, current), [edges, current]);
  useEffect(() => {
    if (flow.current !== null) bringIntoSight(flow.current, nodes, places, current);
  }, [current, nodes, places]);
  const onInit: OnInit = (instance) => {
    flow.current = instance;
    // Nodes too small to read help nobody: a large graph starts at the node in hand instead.
    void instance.fitView({ minZoom: readable, maxZoom: 1, padding: 0.08 }).then(() => {
      if (instance.getZoom() > readable) return;
      if (start === 'left') startAt(instance, nodes, places, current);
      else bringIntoSight(instance, nodes, places, current);
    });
  };
  return (
    <ReactFlow
      className={styles.flow}
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the drawing is one tab stop, as the label says
      tabIndex={0}
      nodes={flowNodes}
      edges={flowEdges}
      nodeTypes={nodeTypes as NodeTypes}
      onInit={onInit}
      onNodeClick={(_event, node) => onChoose(node.id)}
      onlyRenderVisibleElements={nodes.length > onlyVisibleFrom}
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
      {nodes.length > mapFrom ? (
        <MiniMap pannable zoomable ariaLabel={null} nodeClassName={(node) => mapClass?.(node.data) ?? ''} />
      ) : null}
    </ReactFlow>
  );
}

function toFlowNodes(nodes: readonly DrawnNode[], places: Positions): Node[] {
  return nodes.map(({ id, width, height, data }) => ({
    id,
    type: 'node',
    position: places.get(id) ?? { x: 0, y: 0 },
    data,
    width,
    height,
    domAttributes: { 'aria-roledescription': 'node' },
  }));
}

function toFlowEdges(edges: readonly DrawnEdge[], current: string | null): Edge[] {
  return edges.map(({ from, to, label, dashed }, index) => {
    const near = from === current || to === current;
    return {
      id: `${index}`,
      source: from,
      target: to,
      ...(label === null ? {} : { label }),
      className: `${near ? (styles.near ?? '') : ''} ${dashed === true ? (styles.dashed ?? '') : ''}`,
      markerEnd: { type: MarkerType.ArrowClosed, color: near ? 'var(--accent)' : 'var(--line-strong)' },
    };
  });
}

/** The node at the left, halfway down: what comes after it has the room. */
function startAt(flow: ReactFlowInstance, nodes: readonly DrawnNode[], places: Positions, id: string | null): void {
  const box = drawingBox();
  const node = nodes.find((one) => one.id === id);
  const place = id === null ? undefined : places.get(id);
  if (place === undefined || node === undefined || box === undefined) return;
  void flow.setViewport({
    x: 32 - place.x * readable,
    y: box.height / 2 - (place.y + node.height / 2) * readable,
    zoom: readable,
  });
}

const drawingBox = (): DOMRect | undefined =>
  document.querySelector(`.${styles.flow ?? 'react-flow'}`)?.getBoundingClientRect();

/** Moves the drawing only where the node is not in sight. */
function bringIntoSight(
  flow: ReactFlowInstance,
  nodes: readonly DrawnNode[],
  places: Positions,
  id: string | null,
): void {
  const node = nodes.find((one) => one.id === id);
  const place = id === null ? undefined : places.get(id);
  if (place === undefined || node === undefined) return;
  const [left, right] = [
    flow.flowToScreenPosition(place),
    flow.flowToScreenPosition({ x: place.x + node.width, y: place.y + node.height }),
  ];
  const box = drawingBox();
  if (box === undefined) return;
  const inside = left.x >= box.left && left.y >= box.top && right.x <= box.right && right.y <= box.bottom;
  if (inside && flow.getZoom() >= readable) return;
  void flow.setCenter(place.x + node.width / 2, place.y + node.height / 2, {
    zoom: Math.max(flow.getZoom(), readable),
    duration: 0,
  });
}
