import type { ReactNode } from 'react';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import styles from './page.module.css';

interface RowsTableProps {
  readonly label: string;
  readonly rows: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  };
}

/** Some rows as they are. */
export function RowsTable({ label, rows }: RowsTableProps): ReactNode {
  return (
    <ScrollRegion className={styles.rows} label={label}>
      <table>
        <thead>
          <tr>
            {rows.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.rows.map((row, index) => (
            // Rows have no identity of their own, and never change place.
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={rows.columns[at]} data-null={cell === null}>
                  {cell === null ? 'NULL' : String(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
