import { IconSitemap } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Output, Side, TableRelation } from '../../../../shared/ipc/contract.ts';
import { call } from '../../../data/client.ts';
import { useLoaded } from '../../../data/use-loaded.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd, Panes } from '../../../ui/Panes.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { GraphDrawing } from '../../../ui/graph/GraphDrawing.tsx';
import { formatScore } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import type { TabProps } from '../store.ts';
import { TableDetails } from '../parts/TableDetails.tsx';
import { everything, patchSide, sideOf, useSchemas } from '../store.ts';
import { RelationList } from './RelationList.tsx';
import { TableCard, cardSize } from './TableCard.tsx';
import { chooseTable, setShown } from './diagram-actions.ts';
import { type Neighbourhood, firstFocus, neighbourhood } from './neighbourhood.ts';
import styles from './diagram.module.css';

type Graph = Output<'schema.relations'>;
const words = text.schemas;
const nodeTypes = { node: TableCard };
const drawingWords = { wait: words.laidOut, failed: words.noLayout };

/** The tables of a side with their references, drawn or as a list, around one table or all of them. */
export function DiagramTab({ side, version }: TabProps): ReactNode {
  const { value, error } = useLoaded(`${side} ${version}`, () => call('schema.relations', { side }));
  if (error !== null) return <ErrorNote error={error} />;
  if (value === null) return <Skeleton />;
  if (value.relations.length === 0)
    return (
      <EmptyState icon={<IconSitemap size={40} stroke={1.3} />} title={words.noRelations}>
        {words.noRelationsMore}
      </EmptyState>
    );
  return <Diagram side={side} version={version} graph={value} />;
}

function Diagram({ side, version, graph }: TabProps & { readonly graph: Graph }): ReactNode {
  const { drawing, reach } = useSchemas();
  const { chosen, focus: asked } = useSchemas(sideOf);
  const focus = asked === everything ? null : (known(graph, asked) ?? firstFocus(graph));
  const shown = useMemo(() => neighbourhood(graph, focus, reach), [graph, focus, reach]);
  const current = shown.tables.some((table) => table.key === chosen?.table)
    ? (chosen?.table ?? null)
    : (focus ?? shown.tables[0]?.key ?? null);
  useEffect(() => {
    setShown(shown);
    return () => setShown(null);
  }, [shown]);
  useEffect(() => {
    // The keys move from the table that is marked.
    if (current !== null && current !== chosen?.table) patchSide({ chosen: { table: current, column: null } });
  }, [current, chosen?.table]);
  return (
    <Panes name="diagram" widths={[400]} fixed="last" labels={[words.diagramTitle]}>
      <Pane label={words.diagramTitle} head={<Head relations={shown.relations} />}>
        <Tools graph={graph} focus={focus} />
        {shown.left === 0 ? null : (
          <p className={styles.cut}>{words.cutOff(shown.tables.length, shown.tables.length + shown.left)}</p>
        )}
        {drawing ? (
          <Drawing side={side} shown={shown} current={current} />
        ) : (
          <RelationList relations={shown.relations} current={current} />
        )}
      </Pane>
      {current === null ? (
        <Pane label={words.choose}>
          <EmptyState icon={<IconSitemap size={32} stroke={1.4} />} title={words.choose} />
        </Pane>
      ) : (
        <TableDetails key={current} side={side} version={version} tableName={current} />
      )}
    </Panes>
  );
}

const known = (graph: Graph, key: string | null): string | null =>
  graph.tables.some((table) => table.key === key) ? key : null;

function Head({ relations }: { readonly relations: readonly TableRelation[] }): ReactNode {
  const drawing = useSchemas((state) => state.drawing);
  const declared = relations.filter((relation) => relation.declared).length;
  return (
    <>
      <h2>{words.diagramTitle}</h2>
      <Chip pressed={drawing} onClick={() => useSchemas.setState({ drawing: true })}>
        {words.drawing}
      </Chip>
      <Chip pressed={!drawing} onClick={() => useSchemas.setState({ drawing: false })}>
        {words.list}
      </Chip>
      <PaneEnd>{words.relationCounts(declared, relations.length - declared)}</PaneEnd>
    </>
  );
}

const hops = ['1', '2', '3'] as const;

function Tools({ graph, focus }: { readonly graph: Graph; readonly focus: string | null }): ReactNode {
  const reach = useSchemas((state) => state.reach);
  const tables = useMemo(
    () => [
      { value: everything, label: words.allTables },
      ...graph.tables.map(({ key }) => ({ value: key, label: key })),
    ],
    [graph],
  );
  return (
    <div className={styles.tools}>
      <span>{words.focus}</span>
      <Select
        label={words.focus}
        value={focus ?? everything}
        options={tables}
        onChange={(key) => {
          patchSide({ focus: key });
          if (key !== everything) chooseTable(key);
        }}
      />
      {focus === null ? null : (
        <Select
          label={words.reach}
          value={hops[reach - 1] ?? '1'}
          options={hops.map((hop) => ({ value: hop, label: words.hops[hop] }))}
          onChange={(hop) => useSchemas.setState({ reach: Number(hop) as 1 | 2 | 3 })}
        />
      )}
      <span className={styles.legend}>
        <span>
          <Line dashed={false} />
          {words.declared}
        </span>
        <span>
          <Line dashed />
          {words.inferred('')}
        </span>
      </span>
    </div>
  );
}

function Line({ dashed }: { readonly dashed: boolean }): ReactNode {
  return (
    <svg width="28" height="8" aria-hidden="true">
      <path d="M0 4H28" strokeWidth="2" strokeDasharray={dashed ? '6 4' : undefined} />
    </svg>
  );
}

interface DrawingProps {
  readonly side: Side;
  readonly shown: Neighbourhood;
  readonly current: string | null;
}

function Drawing({ side, shown, current }: DrawingProps): ReactNode {
  const nodes = useMemo(
    () =>
      shown.tables.map((table) => ({
        id: table.key,
        ...cardSize(table),
        data: { table, current: table.key === current },
      })),
    [shown, current],
  );
  const edges = useMemo(
    () =>
      shown.relations.map(({ from, to, declared, score }) => ({
        from,
        to,
        label: declared ? null : formatScore(score ?? 0),
        dashed: !declared,
      })),
    [shown],
  );
  return (
    <GraphDrawing
      label={words.diagramLabel(words[side], shown.tables.length)}
      nodeTypes={nodeTypes}
      nodes={nodes}
      edges={edges}
      current={current}
      onChoose={chooseTable}
      start="middle"
      words={drawingWords}
    />
  );
}
