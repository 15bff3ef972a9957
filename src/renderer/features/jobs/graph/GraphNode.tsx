import {
  IconArrowsJoin,
  IconArrowsSort,
  IconArrowsSplit2,
  IconBan,
  IconCode,
  IconDatabase,
  IconDatabaseExport,
  IconFilter,
  IconMathFunction,
  IconSearch,
  IconSum,
  IconTransform,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { PipelineNodeView } from '../../../../shared/ipc/contract.ts';
import { text } from '../../../ui/text.ts';
import { operatorWords } from '../operator-words.ts';
import styles from './graph.module.css';

export const nodeSize = { width: 208, height: 62 } as const;

export interface GraphNodeData extends Record<string, unknown> {
  readonly node: PipelineNodeView;
  readonly current: boolean;
}

const icons: Readonly<Record<string, Icon>> = {
  source_connector_sql_pushdown: IconDatabase,
  sink: IconDatabaseExport,
  sql_expression: IconMathFunction,
  sql_where: IconFilter,
  sql_order_by: IconArrowsSort,
  sql_join: IconArrowsJoin,
  sql_join_pushdown: IconArrowsJoin,
  sql_union_all: IconArrowsJoin,
  sql_group_by: IconSum,
  conditional_branch: IconArrowsSplit2,
  lookup: IconSearch,
  script: IconCode,
  stored_procedure: IconCode,
  unsupported: IconBan,
};

/** One node: what it is, how it was converted, in colour and in words, and the rows that it gave. */
export const GraphNode = memo(function GraphNode({ data }: NodeProps<Node<GraphNodeData>>): ReactNode {
  const { node, current } = data;
  const Sign =
    node.type === 'source'
      ? IconDatabase
      : node.type === 'sink'
        ? IconDatabaseExport
        : (icons[node.operator] ?? IconTransform);
  return (
    <div
      className={`${styles.node} ${styles[node.standing] ?? ''}`}
      data-current={current}
      data-failed={node.error !== null}
      data-node={node.id}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className={styles.head}>
        <Sign size={15} stroke={1.6} aria-hidden="true" />
        <code title={node.id}>{node.id}</code>
      </span>
      <span className={styles.line}>
        <span>{operatorWords(node.operator)}</span>
        <b>{text.jobs.standing[node.standing]}</b>
      </span>
      <span className={styles.line}>
        {node.error === null ? (
          <span>{node.rows === null ? '' : text.jobs.rows(node.rows)}</span>
        ) : (
          <span className={styles.error} title={node.error}>
            {text.jobs.failedWith(node.error)}
          </span>
        )}
        {node.issues === 0 ? null : <b>{text.jobs.issueCount(node.issues)}</b>}
      </span>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
});
