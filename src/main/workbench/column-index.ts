import type { ColumnDetail } from '../../shared/ipc/contract.ts';
import type { Discovery } from '../../shared/model/project.ts';
import type { ColumnProfile, InferredRelationship, TableProfile } from '../../shared/model/profile.ts';
import { type Column, type ColumnRef, type Table, tableKey } from '../../shared/model/schema.ts';
import { maskPersonal } from '../../engine/index.ts';
import { wordsOf } from './search-words.ts';

interface Entry {
  readonly table: Table;
  readonly column: Column;
}

/** Finds tables and columns of one side by key, for the views of the window. */
export class ColumnIndex {
  readonly tables: ReadonlyMap<string, Table>;
  /** Foreign keys that nobody declared, within this side. */
  readonly inferred: readonly InferredRelationship[];
  readonly masks: boolean;
  readonly #profiles: ReadonlyMap<string, TableProfile>;
  readonly #shown = new Map<string, TableProfile>();

  /** `masks`: values of personal data are given masked. */
  constructor(discovery: Discovery, side: 'source' | 'target', masks: boolean) {
    this.masks = masks;
    this.inferred = side === 'source' ? discovery.relationships : (discovery.targetRelationships ?? []);
    const all = discovery[side].flatMap((file) => file.tables);
    this.tables = new Map(all.map((table) => [tableKey({ schema: table.schema, table: table.name }), table]));
    this.#profiles = new Map(
      (side === 'source' ? discovery.profiles : discovery.targetProfiles).map((profile) => [profile.table, profile]),
    );
  }

  /** The column and its table; null where there is none of that name. */
  find(ref: ColumnRef): Entry | null {
    const table = this.tables.get(tableKey(ref));
    const column = table?.columns.find((one) => one.name === ref.column);
    return table === undefined || column === undefined ? null : { table, column };
  }

  /** As it may be shown. */
  profile(key: string): TableProfile | null {
    const profile = this.#profiles.get(key) ?? null;
    if (profile === null || !this.masks) return profile;
    const shown = this.#shown.get(key) ?? maskPersonal(profile);
    this.#shown.set(key, shown);
    return shown;
  }

  /** With the values as they are: to compute with, not to show. */
  measured(key: string): TableProfile | null {
    return this.#profiles.get(key) ?? null;
  }

  /** The figures of a column among those of its table, whatever the case of its name. */
  figures(table: string, column: string): ColumnProfile | null {
    const wanted = column.toLowerCase();
    return this.profile(table)?.columns.find((one) => one.name.toLowerCase() === wanted) ?? null;
  }

  detail(ref: ColumnRef): ColumnDetail | null {
    const entry = this.find(ref);
    if (entry === null) return null;
    const { table, column } = entry;
    const key = tableKey(ref);
    const has = (names: readonly string[]): boolean =>
      names.some((name) => name.toLowerCase() === column.name.toLowerCase());
    const fk = table.foreignKeys.find((candidate) => has(candidate.columns));
    return {
      ref: { schema: ref.schema, table: ref.table, column: ref.column },
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
      rows: this.measured(key)?.rows ?? null,
      ...figuresOf(this.figures(key, column.name)),
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
    const words = wordsOf(text);
    const found = [...this.tables.values()].flatMap((table) =>
      table.columns.flatMap((column) => {
        const said = `${table.name}.${column.name} ${column.comment ?? ''}`.toLowerCase();
        return words.every((word) => said.includes(word)) ? { table, column } : [];
      }),
    );
    const rank = ({ column }: Entry): number => words.filter((word) => column.name.toLowerCase().includes(word)).length;
    found.sort((a, b) => rank(b) - rank(a));
    return {
      total: found.length,
      columns: found.slice(0, limit).map(({ table, column }) => ({
        ref: { schema: table.schema, table: table.name, column: column.name },
        rawType: column.rawType,
        comment: column.comment,
      })),
    };
  }
}

function figuresOf(
  figures: ColumnProfile | null,
): Pick<ColumnDetail, 'nulls' | 'distinct' | 'longest' | 'semanticType' | 'top'> {
  return {
    nulls: figures?.nulls ?? null,
    distinct: figures?.distinct ?? null,
    longest: figures?.maxLength ?? null,
    semanticType: figures?.semanticType ?? null,
    top: [...(figures?.top ?? [])],
  };
}
