import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { TableNode } from '../../../../shared/ipc/contract.ts';
import { formatCount } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import styles from './diagram.module.css';

export interface TableCardData extends Record<string, unknown> {
  readonly table: TableNode;
  readonly current: boolean;
}

const shownKeys = 6;
const marks = { primary: '◆', declared: '→', inferred: '⇢' } as const;

/** How large a table is drawn: its head and its first keys. */
export function cardSize({ keys }: TableNode): { readonly width: number; readonly height: number } {
  const lines = Math.min(keys.length, shownKeys) + (keys.length > shownKeys ? 1 : 0);
  return { width: 216, height: 34 + lines * 18 + (lines === 0 ? 0 : 8) };
}

/** A table with its keys; the mark before each says what kind of key it is. */
export const TableCard = memo(function TableCard({ data }: NodeProps<Node<TableCardData>>): ReactNode {
  const { table, current } = data;
  const hidden = table.keys.length - shownKeys;
  return (
    <div className={styles.card} data-current={current} data-table={table.key}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className={styles.cardHead}>
        <code title={table.key}>{table.key}</code>
        <span>{formatCount(table.columns)}</span>
      </span>
      {table.keys.length === 0 ? null : (
        <span className={styles.keys}>
          {table.keys.slice(0, shownKeys).map(({ name, mark }) => (
            <span key={name} data-mark={mark}>
              <span aria-hidden="true">{marks[mark]}</span>
              <code title={name}>{name}</code>
            </span>
          ))}
          {hidden > 0 ? <span>{text.schemas.moreKeys(hidden)}</span> : null}
        </span>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
});
