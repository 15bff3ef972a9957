/** What the tables of a package are called: by their name alone, with the schema before it where two schemas have one. */
import type { EtlFile, EtlProperties } from '../../../shared/model/etl.ts';
import { splitTableName } from './definitions.ts';

export type TableNaming = (schema: string | null, name: string) => string;

const part = String.raw`(?:\[[^\]]{1,128}\]|"[^"]{1,128}"|[\w$#@]{1,128})`;
const named = new RegExp(
  String.raw`\b(?:from|join|into|update|table|merge|delete)\s+(${part}(?:\s{0,9}\.\s{0,9}${part}){1,3})`,
  'gi',
);
const wholeNames = /^(?:OpenRowset|TableOrViewName|TableName|BulkInsertTableName)$/i;
const statements = /^(?:SqlCommand|SqlTaskData\.SqlStatementSource)$/i;
const maximumText = 200_000;

function namesIn(properties: EtlProperties): readonly string[] {
  return properties.flatMap(({ name, value }) => {
    if (value === null || value.length > maximumText) return [];
    if (wholeNames.test(name)) return [value];
    if (!statements.test(name)) return [];
    const only = new RegExp(`^\\s*${part}(?:\\.${part}){1,3}\\s*$`).test(value);
    return only ? [value] : [...value.matchAll(named)].map((match) => match[1] ?? '');
  });
}

/** Names that stand in more than one schema of what the package reads and writes; no schema is that of `dbo`. */
function ambiguousNames(file: EtlFile): ReadonlySet<string> {
  const schemas = new Map<string, Set<string>>();
  const properties = [
    ...file.mappings.flatMap((mapping) => mapping.transformations.map((one) => one.properties)),
    ...file.tasks.map((task) => task.properties),
  ];
  for (const text of properties.flatMap(namesIn)) {
    const { schema, name } = splitTableName(text);
    const key = name.toLowerCase();
    schemas.set(key, (schemas.get(key) ?? new Set()).add((schema ?? 'dbo').toLowerCase()));
  }
  return new Set([...schemas].flatMap(([name, found]) => (found.size > 1 ? [name] : [])));
}

const namings = new WeakMap<EtlFile, TableNaming>();

/** The naming of a package: the same in its data flows and in the SQL of its tasks. */
export function tableNaming(file: EtlFile): TableNaming {
  const known = namings.get(file);
  if (known !== undefined) return known;
  const ambiguous = ambiguousNames(file);
  const naming: TableNaming = (schema, name) =>
    ambiguous.has(name.toLowerCase()) ? `${schema ?? 'dbo'}_${name}` : name;
  namings.set(file, naming);
  return naming;
}
