import type { ColumnDetail } from '../../shared/ipc/contract.ts';
import type { Discovery } from '../../shared/model/project.ts';
import type { ColumnProfile, TableProfile } from '../../shared/model/profile.ts';
import { type Column, type ColumnRef, type Table, columnKey, tableKey } from '../../shared/model/schema.ts';

interface Entry {
  readonly ref: ColumnRef;
  readonly table: Table;
  readonly column: Column;
  readonly profile: TableProfile | null;
}

/** Finds tables and columns of one side by key, for the views of the window. */
export class ColumnIndex {
  readonly tables: ReadonlyMap<string, Table>;
  readonly columns: ReadonlyMap<string, Entry>;
  readonly #profiles: ReadonlyMap<string, TableProfile>;

  constructor(discovery: Discovery, side: 'source' | 'target') {
    const all = discovery[side].flatMap((file) => file.tables);
    this.tables = new Map(all.map((table) => [tableKey({ schema: table.schema, table: table.name }), table]));
    this.#profiles = new Map(
      (side === 'source' ? discovery.profiles : discovery.targetProfiles).map((profile) => [profile.table, profile]),
    );
    const columns = new Map<string, Entry>();
    for (const [key, table] of this.tables) {
      for (const column of table.columns) {
        const ref = { schema: table.schema, table: table.name, column: column.name };
        columns.set(columnKey(ref), { ref, table, column, profile: this.#profiles.get(key) ?? null });
      }
    }
    this.columns = columns;
  }

  profile(key: string): TableProfile | null {
    return this.#profiles.get(key) ?? null;
  }

  detail(ref: ColumnRef): ColumnDetail | null {
    const entry = this.columns.get(columnKey(ref));
    if (entry === undefined) return null;
    const { table, column, profile } = entry;
    const figures = profile?.columns.find((candidate) => candidate.name.toLowerCase() === column.name.toLowerCase());
    const has = (names: readonly string[]): boolean =>
      names.some((name) => name.toLowerCase() === column.name.toLowerCase());
    const fk = table.foreignKeys.find((candidate) => has(candidate.columns));
    return {
      ref: entry.ref,
      rawType: column.rawType,
      type: column.type,
      nullable: column.nullable,
      primaryKey: has(table.primaryKey),
      foreignKey:
        fk === undefined
          ? null
          : `${fk.references.table}${fk.references.columns.length === 0 ? '' : `.${fk.references.columns.join(', ')}`}`,
      default: column.default,
      comment: column.comment,
      rows: profile?.rows ?? null,
      ...figuresOf(figures),
    };
  }

  /** Columns whose `table.column` holds every word of the text, table names first, at most `limit`. */
  search(
    text: string,
    limit: number,
  ): {
    readonly total: number;
    readonly columns: readonly { ref: ColumnRef; rawType: string; comment: string | null }[];
  } {
    const words = text
      .toLowerCase()
      .split(/[\s.]+/)
      .filter((word) => word !== '');
    const found = [...this.columns.values()].filter(({ ref, column }) => {
      const haystack = `${ref.table}.${ref.column} ${column.comment ?? ''}`.toLowerCase();
      return words.every((word) => haystack.includes(word));
    });
    const rank = ({ ref }: Entry): number => words.filter((word) => ref.column.toLowerCase().includes(word)).length;
    found.sort((a, b) => rank(b) - rank(a));
    return {
      total: found.length,
      columns: found
        .slice(0, limit)
        .map(({ ref, column }) => ({ ref, rawType: column.rawType, comment: column.comment })),
    };
  }
}

function figuresOf(
  figures: ColumnProfile | undefined,
): Pick<ColumnDetail, 'nulls' | 'distinct' | 'longest' | 'semanticType' | 'top'> {
  return {
    nulls: figures?.nulls ?? null,
    distinct: figures?.distinct ?? null,
    longest: figures?.maxLength ?? null,
    semanticType: figures?.semanticType ?? null,
    top: [...(figures?.top ?? [])],
  };
}
