/**
 * Statement types (numbers of DuckDB's C API) that stay inside the in-memory database. COPY and EXPORT are left out because
 * a file that may be read may also be written; PREPARE and EXECUTE because they would hide another statement.
 */
const inside: ReadonlyMap<number, string> = new Map([
  [1, 'SELECT'],
  [2, 'INSERT'],
  [3, 'UPDATE'],
  [4, 'EXPLAIN'],
  [5, 'DELETE'],
  [7, 'CREATE'],
  [9, 'ALTER'],
  [10, 'TRANSACTION'],
  [12, 'ANALYZE'],
  [13, 'SET VARIABLE'],
  [14, 'CREATE MACRO'],
  [15, 'DROP'],
  [18, 'VACUUM'],
  [20, 'SET'],
  [30, 'MERGE INTO'],
]);

/** Whether a statement of this type may run in a sandboxed session. */
export function staysInside(statementType: number): boolean {
  return inside.has(statementType);
}
