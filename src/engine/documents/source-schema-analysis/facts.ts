import type { InferredRelationship } from '../../../shared/model/profile.ts';
import { type Column, type ForeignKey, columnKey, tableKey } from '../../../shared/model/schema.ts';
import { compareText } from '../../core/text.ts';
import { referencedKey } from '../../sql/load-order.ts';
import type { StateView, TableEntry } from '../facts/state-view.ts';

export interface DeclaredRelationship {
  readonly from: string;
  readonly to: string;
  readonly foreignKey: ForeignKey;
  /** False where the referenced table is not among the inputs. */
  readonly known: boolean;
}

export interface TableFacts {
  readonly entry: TableEntry;
  readonly rows: number | null;
  readonly foreignKeyColumns: ReadonlySet<string>;
}

export interface SourceFacts {
  readonly files: readonly {
    readonly file: string;
    readonly format: string;
    readonly dialect: string | null;
    readonly tables: number;
    readonly columns: number;
    readonly remarks: number;
  }[];
  readonly tables: readonly TableFacts[];
  readonly declared: readonly DeclaredRelationship[];
  readonly inferred: readonly InferredRelationship[];
  readonly withoutKey: readonly string[];
  readonly families: readonly { readonly family: Column['type']; readonly columns: number }[];
}

export function sourceFacts(view: StateView): SourceFacts {
  const byKey = new Map(view.source.map(({ key, table }) => [key, table]));
  const declared = view.source.flatMap(({ key, table }) =>
    table.foreignKeys.map((foreignKey) => {
      const to = referencedKey(byKey, table, foreignKey.references);
      return { from: key, to: to ?? tableKey(foreignKey.references), foreignKey, known: to !== null };
    }),
  );
  const tables = view.source.map((entry) => ({
    entry,
    rows: view.profiles.get(entry.key)?.rows ?? null,
    foreignKeyColumns: new Set(entry.table.foreignKeys.flatMap(({ columns }) => columns)),
  }));
  const inferred = (view.state.discovery?.relationships ?? []).toSorted(
    (a, b) =>
      b.score - a.score ||
      compareText(columnKey(a.from), columnKey(b.from)) ||
      compareText(columnKey(a.to), columnKey(b.to)),
  );
  return {
    files: filesOf(view),
    tables,
    declared,
    inferred,
    withoutKey: view.source
      .filter(({ table }) => table.primaryKey.length === 0 && table.kind !== 'view')
      .map(({ key }) => key),
    families: familiesOf(view),
  };
}

function filesOf({ state }: StateView): SourceFacts['files'] {
  const files = (state.discovery?.source ?? []).map(({ file, format, dialect, tables, diagnostics }) => ({
    file,
    format,
    dialect,
    tables: tables.length,
    columns: tables.reduce((sum, table) => sum + table.columns.length, 0),
    remarks: diagnostics.length,
  }));
  return files.sort((a, b) => compareText(a.file, b.file));
}

function familiesOf({ source }: StateView): SourceFacts['families'] {
  const counts = new Map<Column['type'], number>();
  for (const { type } of source.flatMap(({ table }) => table.columns)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .map(([family, columns]) => ({ family, columns }))
    .sort((a, b) => b.columns - a.columns || compareText(a.family, b.family));
}
