import { at, attribute, isOn, setting, type Config } from '../config.ts';
import { propertyOf } from '../convert/properties.ts';
import { printSelect } from '../convert/sql.ts';
import { columnOf, distinctNames, type Field } from '../convert/stream.ts';
import { single, type Rule, type RuleResult, type Tool } from '../convert/rule.ts';
import { tableRelation } from '../../../dataflow/sql-name.ts';
import { tableNameOf } from '../parse.ts';
import { fieldType, int64, textType } from '../field-type.ts';
import { passing } from './pass-through.ts';
import { textTable } from './text-input.ts';

function nameOf({ transformation, config, draft }: Tool): string {
  if (transformation.type === 'MacroInput') return setting(config, 'Name').trim() || draft.id;
  if (transformation.type === 'Directory' || transformation.type === 'LockInInput') return draft.id;
  if (transformation.type === 'MongoInput') return setting(config, 'Collection').trim() || draft.id;
  return tableNameOf(at(config, 'File').text.trim(), draft.id);
}

/** The fields of a macro's example input. */
function template(config: Config): readonly Field[] | null {
  const names = textTable(at(config, 'TextInput', 'Configuration')).names;
  return names.length === 0 ? null : names.map((name) => ({ name, type: textType }));
}

/** What kind of thing a tool reads or writes, by its type and the place it names. */
export function connectorOf(type: string, location: string): string {
  if (type === 'MongoInput') return 'mongodb';
  if (type === 'LockInInput') return 'database';
  if (type === 'MacroInput') return 'macro';
  return /^(?:odbc|oci|ole|aka|oledb|mssql|snow)[^:|]{0,20}:/i.test(location) ? 'database' : 'file';
}

/** A Macro Input that stands in the workflow that calls its macro. */
function fromCaller(tool: Tool): RuleResult {
  if (isOn(tool.config, 'ShowFieldMap'))
    tool.draft.doubt('Fields keep their names; a map of fields at the macro is not read', 0.7);
  return passing(tool);
}

const files: readonly Field[] = [
  ...['FullPath', 'Directory', 'FileName', 'ShortFileName'].map((name) => ({ name, type: textType })),
  ...['CreationTime', 'LastAccessTime', 'LastWriteTime'].map((name) => ({ name, type: fieldType('DateTime', null) })),
  { name: 'Size', type: int64 },
];

/** The list of files that a Directory tool makes, which is data like any other. */
function listedFiles({ transformation, config, draft }: Tool): readonly Field[] | null {
  if (transformation.type !== 'Directory') return null;
  const place = `${setting(config, 'Directory')} (${setting(config, 'FileSpec') || '*.*'})`;
  draft.doubt(`It lists files, which a pipeline does not do: load the list of ${place} as the table ${draft.id}`, 0.7);
  return files;
}

/** How many records are read at most; null where all are. */
function limitOf(config: Config): number | null {
  const limit = Number.parseInt(attribute(at(config, 'File'), 'RecordLimit') || setting(config, 'RecordLimit'), 10);
  return Number.isFinite(limit) && limit > 0 ? limit : null;
}

/** SQL that the tool runs before and after it reads, which a source of a pipeline does not. */
function doubtSqlAround({ config, draft }: Tool): void {
  for (const name of ['PreSQL', 'PostSQL']) {
    const sql = setting(config, 'FormatSpecificOptions', name).trim();
    if (sql !== '') draft.doubt(`${name} of the source is not run: ${sql.slice(0, 200)}`, 0.86);
  }
}

/** Input Data, Macro Input, database inputs and lists of files: a raw table. */
export const inputRule: Rule = {
  types: ['DbFileInput', 'MacroInput', 'MongoInput', 'Directory', 'LockInInput'],
  convert(tool) {
    const { config, draft, context, transformation } = tool;
    if (transformation.type === 'MacroInput' && draft.inbound().length > 0) return fromCaller(tool);
    const listed = listedFiles(tool);
    const remembered = context.remembered('Output') ?? listed ?? template(config);
    const opened = remembered === null ? context.open('Output', []) : { fields: distinctNames(remembered), ask: null };
    if (remembered === null)
      draft.doubt(
        'The workflow does not say which fields the input has: only those that are used later are known, as text',
        0.8,
      );
    const connection = propertyOf(transformation, 'File') ?? '';
    const table = context.addTable({
      name: nameOf(tool),
      role: 'source',
      connector: connectorOf(transformation.type, connection),
      columns: opened.fields.map((field) => ({ name: field.name, type: field.type.sqlType, nullable: true })),
    });
    const query = (connection.split('|||')[1] ?? setting(config, 'Query')).trim();
    if (/^select\b/i.test(query)) draft.doubt('The query of the source is kept; the raw table holds its result', 0.85);
    doubtSqlAround(tool);
    const limit = limitOf(config);
    const node = draft.node({
      type: 'source',
      operator: 'source_connector_sql_pushdown',
      ...(table.connector === undefined ? {} : { connector: table.connector }),
      config: {
        table: table.name,
        ...(connection === '' ? {} : { location: connection.split('|||')[0] ?? '' }),
        ...(query === '' ? {} : { query }),
      },
      columns: opened.fields.map((field) => columnOf(field, { from: [`${table.name}.${field.name}`] })),
      sql: printSelect({
        items: [...draft.items({ input: { node: '' }, ...opened }), ...draft.seq('row_number() OVER ()')],
        from: tableRelation(table),
        ...(limit === null ? {} : { qualify: `row_number() OVER () <= ${limit}` }),
      }),
    });
    return single(node, opened);
  },
};
