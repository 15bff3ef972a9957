import { at, setting } from '../config.ts';
import { aroundLoad } from '../../source-sql/around-load.ts';
import { printSelect } from '../convert/sql.ts';
import { passed, relationOf } from '../convert/stream.ts';
import type { Rule, Tool } from '../convert/rule.ts';
import type { PipelineTable } from '../../../dataflow/model.ts';
import { tableNameOf } from '../parse.ts';
import { connectorOf } from './input.ts';
import { passing } from './pass-through.ts';

/** SQL that the tool runs before and after it writes: as it is run, and as it is kept for the reader. */
function aroundTable({ config, draft }: Tool, table: PipelineTable) {
  const sql = (name: string): string => setting(config, 'FormatSpecificOptions', name);
  const around = aroundLoad(draft, {
    texts: [
      { name: 'PreSQL', when: 'before', text: sql('PreSQL') },
      { name: 'PostSQL', when: 'after', text: sql('PostSQL') },
    ],
    connector: table.connector,
    // The name of the file may hold the schema.
    resolve: (asked) => (asked.toLowerCase() === table.name.toLowerCase().split('.').at(-1) ? table : null),
    confidence: 0.86,
  });
  const kept: Record<string, string> = {};
  if (sql('PreSQL').trim() !== '') kept['pre_sql'] = sql('PreSQL');
  if (sql('PostSQL').trim() !== '') kept['post_sql'] = sql('PostSQL');
  return { ...around, config: kept };
}

/** Output Data and Macro Output: a target that records are written to. */
export const outputRule: Rule = {
  types: ['DbFileOutput', 'MacroOutput'],
  convert(tool) {
    const { config, draft, context, transformation } = tool;
    // A Macro Output that something is wired to stands in the workflow that calls its macro.
    if (transformation.type === 'MacroOutput' && context.usedOutputs.length > 0) return passing(tool);
    const input = draft.input();
    const location = at(config, 'File').text.trim();
    const macro = transformation.type === 'MacroOutput';
    const name = macro ? setting(config, 'Name').trim() || draft.id : tableNameOf(location, draft.id);
    const table = context.addTable({
      name,
      role: 'target',
      connector: macro ? 'macro' : connectorOf(transformation.type, location),
      columns: input.fields.map((field) => ({ name: field.name, type: field.type.sqlType, nullable: true })),
    });
    const option = setting(config, 'FormatSpecificOptions', 'OutputOption').toLowerCase();
    if (/update/.test(option))
      draft.doubt(
        `The output option ${option} needs the key of the target, which the workflow does not hold`,
        0.5,
        'error',
      );
    if (setting(config, 'MultiFile').toLowerCase() === 'true')
      draft.doubt('The output is split into several files by a field; here it is one table', 0.7);
    const { config: kept, ...around } = aroundTable(tool, table);
    if (input.fields.length === 0) draft.doubt('The fields of the output are not known', 0.5, 'error');
    const node = draft.node({
      type: 'sink',
      operator: 'sink',
      ...(table.connector === undefined ? {} : { connector: table.connector }),
      config: {
        table: table.name,
        mode: 'insert',
        ...(/append/.test(option) && !/delete/.test(option) ? {} : { truncate: true }),
        ...(location === '' ? {} : { location }),
        ...kept,
      },
      columns: input.fields.map((field) => passed(input, field)),
      ...around,
      ...(input.fields.length === 0
        ? {}
        : { sql: printSelect({ items: draft.items(input), from: relationOf(input) }) }),
      ...(input.fields.length === 0
        ? {
            operator: 'unsupported',
            conversion: 'unsupported',
            confidence: 0,
            original: `${transformation.type} ${name}`,
          }
        : {}),
    });
    return { node, outputs: new Map() };
  },
};
