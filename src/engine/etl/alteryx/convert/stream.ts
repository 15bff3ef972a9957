/** The records that leave a tool by one of its outputs. */
import type { NodeInput, PipelineColumn } from '../../../dataflow/model.ts';
import { relationName, sqlName } from '../../../dataflow/sql-name.ts';
import type { FieldType } from '../field-type.ts';
import { columnName } from './sql.ts';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
}

export interface Stream {
  readonly input: NodeInput;
  readonly fields: readonly Field[];
  /**
   * Asks for a field that is not known, where the file does not say which fields there are; it is then there when the
   * workflow is converted again. With a type it says what a field that was asked for before has to be. Null where all
   * fields are known.
   */
  readonly ask: ((name: string, type?: FieldType) => void) | null;
  /** The cells of its records as text, where the workflow writes them out. */
  readonly cells?: readonly (readonly string[])[];
}

/** What follows FROM; no rows where nothing is connected. */
export function relationOf(stream: Stream): string {
  if (stream.input.node === '') return '(SELECT NULL AS __empty, 1 AS __seq WHERE FALSE)';
  return sqlName(relationName(stream.input));
}

/** The field of that name, whatever its case; one that is not there is asked for. */
export function fieldOf(stream: Stream, name: string): Field | null {
  const found =
    stream.fields.find((field) => field.name === name) ?? stream.fields.find((field) => sameName(field.name, name));
  if (found === undefined && name !== '' && !name.startsWith('*')) stream.ask?.(name);
  return found ?? null;
}

export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** `RELATION.FIELD`, for lineage. */
export function lineageOf(stream: Stream, field: Field): string {
  return `${relationName(stream.input)}.${field.name}`;
}

/** The field as SQL, with the relation before it where several are joined. */
export function fieldSql(field: Field, alias: string | null = null): string {
  return alias === null ? columnName(field.name) : `${alias}.${columnName(field.name)}`;
}

export function columnOf(field: Field, more: Partial<PipelineColumn> = {}): PipelineColumn {
  return { name: field.name, type: field.type.sqlType, ...more };
}

/** A column that passes a field of `stream` on. */
export function passed(stream: Stream, field: Field, name: string = field.name): PipelineColumn {
  return { name, type: field.type.sqlType, from: [lineageOf(stream, field)] };
}

/** Names told apart without regard to case: a second `Name` becomes `Name2`, as in the source tool. */
export function distinctNames<T extends { readonly name: string }>(fields: readonly T[]): readonly T[] {
  const taken = new Set<string>(['__seq']);
  return fields.map((field) => {
    const base = field.name === '' ? 'Field' : field.name;
    let name = base;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${base}${count}`;
    taken.add(name.toLowerCase());
    return name === field.name ? field : { ...field, name };
  });
}
