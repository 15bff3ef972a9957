import { quoteLiteral } from '../../../core/text.ts';
import { relationName, sqlName } from '../../../dataflow/sql-name.ts';
import type { LinkColumn } from '../convert/columns.ts';
import { statementOf } from '../convert/tables.ts';
import type { PortInfo } from '../../../expr/environment.ts';
import { environmentOf, translated } from '../convert/expression.ts';
import {
  NotConverted,
  select,
  seqColumn,
  type InputLink,
  type Source,
  type StageDraft,
} from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

const sparseCondition = /([\w$".]{1,200})\s*=\s*ORCHESTRATE\.(\w{1,128})/gi;

interface Key {
  readonly column: string;
  /** Expression over the primary link. */
  readonly expression: string;
}

/** Keys that columns of the reference link itself, or of an output, name. */
function declaredKeys(draft: StageDraft, reference: InputLink): Map<string, string> {
  const keys = new Map<string, string>();
  for (const port of draft.stage.ports) {
    if (port.direction === 'lookup' && port.group === reference.name && port.expression !== null)
      keys.set(port.name, port.expression);
    const keyed = port.properties.find((one) => one.name === 'KeyExpression')?.value ?? null;
    const [link, column] = port.expression?.split('.') ?? [];
    if (port.direction === 'output' && keyed !== null && link === reference.name && column !== undefined)
      keys.set(column, keyed);
  }
  return keys;
}

/** Keys that the query of a sparse lookup compares with columns of the primary link: `KEY = ORCHESTRATE.COLUMN`. */
function sparseKeys(draft: StageDraft, reference: InputLink): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const feeding = draft.mapping.connectors.find((one) => one.to === draft.stage.id && one.toGroup === reference.name);
  const stage = draft.mapping.transformations.find((one) => one.id === feeding?.from);
  const query = stage === undefined ? null : statementOf(stage, feeding?.fromGroup ?? reference.name, 'read');
  for (const [, name = '', column = ''] of (query ?? '').matchAll(sparseCondition)) {
    const own = name.split('.').at(-1)?.replaceAll('"', '') ?? '';
    if (!reference.stream.columns.some((one) => one.name.toLowerCase() === own.toLowerCase()))
      throw new NotConverted(
        `The query of ${reference.name} is asked for every row with ${name}, which is no column of the link`,
      );
    keys.set(own, column);
  }
  if (keys.size > 0)
    draft.doubt(
      `The query of ${reference.name} is asked for every row; load its result without the conditions on ORCHESTRATE, by which it is joined here`,
      0.8,
    );
  return keys;
}

/** The keys of a reference link: as declared, and otherwise by the names that the compiler noted. */
function keysOf(draft: StageDraft, reference: InputLink): readonly Key[] {
  const keys = declaredKeys(draft, reference);
  const known = new Set([...keys.keys()].map((one) => one.toLowerCase()));
  for (const used of (draft.property('APT/RefKeysUsed') ?? '').split('|')) {
    const [link, column] = used.split('.');
    if (link !== reference.name || column === undefined || known.has(column.toLowerCase())) continue;
    keys.set(column, column);
    draft.doubt(`The key ${column} of ${reference.name} is compared with the column of the same name`, 0.8);
  }
  const found = keys.size === 0 ? sparseKeys(draft, reference) : keys;
  return [...found].map(([column, expression]) => ({ column, expression }));
}

interface Joined {
  readonly sql: string;
  readonly reference: InputLink;
  readonly name: string;
  readonly failure: Failure;
  /** What is compared with what, as columns of the node's inputs where it is one. */
  readonly keys: readonly { readonly left: string; readonly right: string; readonly no_match: Failure }[];
}

type Failure = 'continue' | 'drop' | 'fail' | 'reject';

function failureOf(draft: StageDraft, primary: InputLink, reference: InputLink): Failure {
  const text =
    draft.property(`${reference.name}.LookupFail`) ??
    draft.property(`${primary.name}.LookupFail`) ??
    (draft.stage.type === 'PxLookup' ? 'fail' : 'continue');
  return text === 'continue' || text === 'drop' || text === 'reject' ? text : 'fail';
}

function multiple(draft: StageDraft, reference: InputLink): boolean {
  const value = draft.property(`${reference.name}.MultiRow`) ?? draft.property(`${reference.name}.allow_dups`);
  return value !== null && value.trim() !== '' && value !== '0';
}

/** Rows that the lookups let through: one without a match ends the run where the lookup is to fail. */
export function matchedWhere(draft: StageDraft, joins: readonly Joined[]): readonly string[] {
  return joins
    .filter((one) => one.failure === 'fail')
    .map(({ name, reference }) => {
      const message = `${draft.stage.id}: a row has no match in ${reference.name}, and the lookup fails on such rows`;
      return `CASE WHEN ${name}.__found IS NULL THEN error(${quoteLiteral(message)}) ELSE TRUE END`;
    });
}

const defaults: readonly (readonly [RegExp, string])[] = [
  [/^VARCHAR/, "''"],
  [/^DATE$/, "DATE '0001-01-01'"],
  [/^TIMESTAMP$/, "TIMESTAMP '0001-01-01 00:00:00'"],
  [/^TIME$/, "TIME '00:00:00'"],
  [/^BLOB$/, "''::BLOB"],
];

/** The SQL of a looked-up column: one that may not be NULL gets the default of its type where a continued lookup finds nothing. */
function withDefault(joins: readonly Joined[]) {
  return (sql: string, source: Source, column: LinkColumn): string => {
    const join = joins.find((one) => source.sql.startsWith(`${one.name}.`));
    if (join?.failure !== 'continue' || column.nullable) return sql;
    const value = defaults.find(([pattern]) => pattern.test(column.sqlType))?.[1] ?? '0';
    return `CASE WHEN ${join.name}.__found THEN ${sql} ELSE ${value} END`;
  };
}

/** The primary rows with the columns of every reference, `p` and `r1`, `r2` … standing for the links. */
export function joinReferences(draft: StageDraft, primary: InputLink, references: readonly InputLink[]) {
  const names = new Map([
    [primary.name, 'p'],
    ...references.map((one, index): [string, string] => [one.name, `r${index + 1}`]),
  ]);
  const alias = (link: InputLink): string | null => names.get(link.name) ?? null;
  const joins = references.map((reference, index) => joinOf(draft, primary, reference, `r${index + 1}`));
  // `LINK.NOTFOUND` in expressions of server jobs.
  const ports = new Map(
    joins.map(({ reference, name }): [string, PortInfo] => [
      `${reference.name}.notfound`.toLowerCase(),
      { type: 'boolean', precision: null, scale: null, sqlName: `${name}.__found IS NULL` },
    ]),
  );
  return { from: `${draft.relation(primary)} AS p\n${joins.map((one) => one.sql).join('\n')}`, alias, joins, ports };
}

/** What makes a lookup more than one by equal keys. */
function refuseConditions(draft: StageDraft, primary: InputLink, reference: InputLink): void {
  const operator = (draft.property('APT/LookupOperator') ?? draft.property('LookupOperator') ?? 'lookup').trim();
  if (!/^(?:table|lookup|)$/i.test(operator) || /(?:^|\s)-range\b/i.test(draft.property('APT/LookupOptions') ?? ''))
    throw new NotConverted(`The lookup of ${reference.name} compares by a range of values (${operator})`);
  for (const link of [reference, primary]) {
    const condition = draft.stage.properties.find(
      (one) =>
        one.name.startsWith(`${link.name}.`) &&
        /(?:^|\/)(?:lookup)?condition$/i.test(one.name.slice(link.name.length + 1)),
    )?.value;
    if (condition !== undefined && condition !== null && condition.trim() !== '')
      throw new NotConverted(`The lookup of ${reference.name} depends on the condition ${condition.trim()}`);
  }
}

function joinOf(draft: StageDraft, primary: InputLink, reference: InputLink, name: string): Joined {
  refuseConditions(draft, primary, reference);
  const keys = keysOf(draft, reference);
  if (keys.length === 0) throw new NotConverted(`The key of ${reference.name} is not in the file`);
  const env = environmentOf(draft, (link) =>
    link === primary ? 'p' : `r${draft.inputs.filter((one) => one !== primary).indexOf(link) + 1}`,
  );
  const on = keys.map(
    (key) =>
      `${name}.${sqlName(columnOf(reference, key.column))} = ${translated(draft, key.expression, `key ${key.column}`, { env, use: 'value' }).sql}`,
  );
  const columns = keys.map((key) => sqlName(columnOf(reference, key.column)));
  const failure = failureOf(draft, primary, reference);
  if (failure === 'fail') draft.note(`A row without a match in ${reference.name} stops the run, as it stops the job`);
  if (failure === 'continue')
    draft.note(
      `Rows without a match in ${reference.name} get NULL, or the default of the type in columns that are not nullable`,
    );
  const first = multiple(draft, reference)
    ? ''
    : `QUALIFY row_number() OVER (PARTITION BY ${columns.join(', ')} ORDER BY ${seqColumn}) = 1`;
  const inner = select(['*', 'TRUE AS __found'], draft.relation(reference), first).trim().replaceAll('\n', ' ');
  const kind = failure === 'drop' ? 'JOIN' : 'LEFT JOIN';
  const compared = keys.map(({ column, expression }) => ({
    left: draft.find(expression)?.from ?? expression,
    right: `${relationName(reference.stream.input)}.${columnOf(reference, column)}`,
    no_match: failure,
  }));
  return { sql: `${kind} (${inner}) AS ${name} ON ${on.join(' AND ')}`, reference, name, failure, keys: compared };
}

function columnOf(link: InputLink, name: string): string {
  const found = link.stream.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new NotConverted(`${link.name} has no column ${name}`);
  return found.name;
}

/** Lookup: the first match of each reference; what happens without one is set for each reference link. */
export const lookupRule: StageRule = {
  types: ['PxLookup'],
  readsOrder: () => true,
  convert(draft) {
    const isReference = (link: InputLink): boolean => draft.property(`${link.name}.LinkType`) === '2';
    const primary = draft.inputs.find((link) => !isReference(link));
    const references = draft.inputs.filter((link) => link !== primary);
    if (primary === undefined || references.length === 0)
      throw new NotConverted('The primary or the reference link has no rows');
    const { from, alias, joins } = joinReferences(draft, primary, references);
    const rejecting = joins.filter((one) => one.failure === 'reject');
    const matched = rejecting.map((one) => `${one.name}.__found`).join(' AND ');
    const guards = matchedWhere(draft, joins);
    const { rejects } = draft.resultsAndRejects;
    for (const link of draft.outputLinks) {
      const { items, columns } = draft.passOn(link, alias, withDefault(joins));
      const taken = matched === '' ? [] : [matched];
      const left = matched === '' ? ['FALSE'] : [`NOT coalesce(${matched}, FALSE)`];
      const where = rejects.includes(link) ? left : [...taken, ...guards];
      draft.output(
        link,
        columns,
        select(
          draft.withOrder(items, `p.${seqColumn}`),
          from,
          where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`,
        ),
      );
    }
    return draft.node('lookup', {
      config: {
        references: references.map((one) => one.name),
        keys: joins.flatMap((one) => one.keys),
      },
    });
  },
};
