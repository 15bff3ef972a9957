/** Formulas that follow each other: later ones see the fields that earlier ones have set. */
import type { PipelineColumn } from '../../../dataflow/model.ts';
import type { FieldType } from '../field-type.ts';
import { castTo } from './cast.ts';
import { databaseSql } from './database-sql.ts';
import type { Draft } from './draft.ts';
import { columnName, printSelect, type Item } from './sql.ts';
import { lineageOf, relationOf, sameName, type Field, type Stream } from './stream.ts';

export class FormulaSteps {
  private readonly draft: Draft;
  private readonly input: Stream;
  /** All fields so far by lower-cased name, those included that are set but not yet written as a step. */
  private readonly fields: Map<string, Field>;
  private readonly pending = new Map<string, string>();
  private readonly steps: { readonly name: string; readonly sql: string }[] = [];
  private readonly facts = new Map<string, Partial<PipelineColumn>>();

  constructor(draft: Draft, input: Stream) {
    this.draft = draft;
    this.input = input;
    this.fields = new Map(input.fields.map((field) => [field.name.toLowerCase(), field]));
  }

  private get from(): string {
    return this.steps.at(-1)?.name ?? relationOf(this.input);
  }

  /** Sets `name` to an expression; `type` null keeps the type of the field that is there. */
  set(
    name: string,
    expression: string,
    type: FieldType | null,
    more?: (name: string) => { kind: FieldType['kind']; sql: string } | null,
  ): void {
    const options = more === undefined ? {} : { more };
    const visible: Stream = { ...this.input, fields: [...this.fields.values()] };
    let value = this.draft.translate(expression, name, visible, options);
    if (value !== null && value.references.some((one) => this.pending.has(one.toLowerCase()))) {
      this.flush();
      value = this.draft.translate(expression, name, visible, options);
    }
    const existing = this.fields.get(name.toLowerCase());
    const target = existing?.type ?? type;
    if (target === null) return;
    const sql =
      value === null
        ? "error('The expression is not converted')"
        : castTo({ sql: value.sql, kind: value.kind, literal: value.literal }, target, this.draft);
    const field = { name: existing?.name ?? name, type: target };
    this.fields.set(name.toLowerCase(), field);
    this.pending.set(name.toLowerCase(), sql);
    const from = (value?.references ?? []).flatMap((one) => {
      const source = this.input.fields.find((each) => sameName(each.name, one));
      return source === undefined ? [] : [lineageOf(this.input, source)];
    });
    this.facts.set(name.toLowerCase(), {
      expression: sql,
      ...(from.length === 0 ? {} : { from }),
      original: expression,
    });
  }

  /** Sets `name` to SQL of the database that the tool runs in. */
  setSql(name: string, expression: string, type: FieldType): void {
    if (this.pending.size > 0) this.flush();
    const existing = this.fields.get(name.toLowerCase());
    const target = existing?.type ?? type;
    const sql = `TRY_CAST(${databaseSql(expression, this.draft)} AS ${target.sqlType})`;
    this.fields.set(name.toLowerCase(), { name: existing?.name ?? name, type: target });
    this.pending.set(name.toLowerCase(), sql);
    this.facts.set(name.toLowerCase(), { expression: sql, original: expression });
  }

  private items(): readonly Item[] {
    return [...this.fields].map(([key, field]) => ({
      name: field.name,
      sql: this.pending.get(key) ?? columnName(field.name),
    }));
  }

  private flush(): void {
    const sql = printSelect({ items: [...this.items(), ...this.draft.seq()], from: this.from });
    this.steps.push({ name: `step${this.steps.length + 1}`, sql });
    this.pending.clear();
  }

  finish(): { readonly sql: string; readonly fields: readonly Field[]; readonly columns: readonly PipelineColumn[] } {
    const fields = [...this.fields.values()];
    const origins = new Map(this.input.fields.map((field) => [field.name.toLowerCase(), field]));
    const sql = printSelect({ with: this.steps, items: [...this.items(), ...this.draft.seq()], from: this.from });
    const columns = fields.map((field) => {
      const origin = origins.get(field.name.toLowerCase());
      const fact =
        this.facts.get(field.name.toLowerCase()) ??
        (origin === undefined ? {} : { from: [lineageOf(this.input, origin)] });
      return { name: field.name, type: field.type.sqlType, ...fact };
    });
    return { sql, fields, columns };
  }
}
