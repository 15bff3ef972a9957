/** The list of fields that Select and the joining tools carry: rename, retype, reorder, leave out. */
import type { PipelineColumn } from '../../../dataflow/model.ts';
import { all, attribute, isOn, type Config } from '../config.ts';
import { fieldType } from '../field-type.ts';
import { castTo } from './cast.ts';
import type { Draft } from './draft.ts';
import { distinctNames, fieldSql, lineageOf, sameName, type Field, type Stream } from './stream.ts';
import type { Item } from './sql.ts';

/** A field that could come out, under the name by which the list knows it. */
export interface Candidate {
  /** `Right_Name` for a field of the right input. */
  readonly listed: string;
  /** Name where the list does not rename it and its own is taken. */
  readonly name: string;
  readonly field: Field;
  readonly stream: Stream;
  readonly alias: string | null;
}

export interface Selected {
  readonly items: readonly Item[];
  readonly fields: readonly Field[];
  readonly columns: readonly PipelineColumn[];
  /** Whether fields that are not listed pass. */
  readonly unknown: boolean;
}

/** Applies the `<SelectFields>` of `config`. Names in the list that no input has are asked for by `ask`. */
export function selectFields(
  config: Config,
  candidates: readonly Candidate[],
  draft: Draft,
  ask: ((listed: string) => void) | null,
): Selected {
  const listed = all(config.children.find((child) => child.name === 'SelectFields') ?? config, 'SelectField');
  const byName = new Map<string, Config>();
  for (const entry of listed) byName.set(attribute(entry, 'field').toLowerCase(), entry);
  const star = byName.get('*unknown');
  const unknown = star === undefined ? true : attribute(star, 'selected').toLowerCase() !== 'false';
  for (const entry of listed) {
    const name = attribute(entry, 'field');
    if (
      !name.startsWith('*') &&
      !candidates.some((one) => sameName(one.listed, name)) &&
      attribute(entry, 'selected').toLowerCase() !== 'false'
    )
      ask?.(name);
  }
  const kept = candidates.filter((one) => {
    const entry = byName.get(one.listed.toLowerCase());
    return entry === undefined ? unknown : attribute(entry, 'selected').toLowerCase() !== 'false';
  });
  const ordered = isOn(config, 'OrderChanged') ? inListOrder(kept, listed) : kept;
  const names = namesOf(kept, byName);
  const chosen = ordered.map((one) => {
    const entry = byName.get(one.listed.toLowerCase());
    const typeName = entry === undefined ? '' : attribute(entry, 'type');
    const size = entry === undefined ? '' : attribute(entry, 'size');
    const type = typeName === '' ? one.field.type : fieldType(typeName, size === '' ? null : size);
    return { name: names.get(one) ?? one.name, type, from: one };
  });
  const named = distinctNames(chosen);
  return {
    items: named.map((one) => {
      const sql = fieldSql(one.from.field, one.from.alias);
      const same = one.type.sqlType === one.from.field.type.sqlType;
      return {
        name: one.name,
        sql: same
          ? sql
          : castTo({ sql, kind: one.from.field.type.kind, size: one.from.field.type.size }, one.type, draft),
      };
    }),
    fields: named.map(({ name, type }) => ({ name, type })),
    columns: named.map((one) => ({
      name: one.name,
      type: one.type.sqlType,
      from: [lineageOf(one.from.stream, one.from.field)],
    })),
    unknown,
  };
}

const renameOf = (entry: Config | undefined): string => (entry === undefined ? '' : attribute(entry, 'rename'));

/** Names after the list: a field goes by its prefix only where another one that comes out has its own name already. */
function namesOf(kept: readonly Candidate[], byName: ReadonlyMap<string, Config>): ReadonlyMap<Candidate, string> {
  const renames = kept.map((one) => renameOf(byName.get(one.listed.toLowerCase())));
  const taken = new Set(renames.map((name) => name.toLowerCase()));
  return new Map(
    kept.map((one, index) => {
      const own = one.field.name;
      const name = (renames[index] ?? '') || (taken.has(own.toLowerCase()) ? one.name : own);
      taken.add(name.toLowerCase());
      return [one, name];
    }),
  );
}

/** The order of the list, fields that it does not name where it has `*Unknown`. */
function inListOrder(candidates: readonly Candidate[], listed: readonly Config[]): readonly Candidate[] {
  const named = new Set(listed.map((entry) => attribute(entry, 'field').toLowerCase()));
  const rest = candidates.filter((one) => !named.has(one.listed.toLowerCase()));
  const found = listed.flatMap((entry) => {
    const name = attribute(entry, 'field');
    return name === '*Unknown' ? rest : candidates.filter((one) => sameName(one.listed, name));
  });
  return found.length === candidates.length ? found : [...new Set([...found, ...rest])];
}

/** All fields of a stream as candidates under their own names. */
export function candidatesOf(stream: Stream, alias: string | null = null, prefix = ''): readonly Candidate[] {
  return stream.fields.map((field) => ({ listed: `${prefix}${field.name}`, name: field.name, field, stream, alias }));
}
