/** Small Alteryx workflows written for tests, and what they give when they are run. */
import { createDuckDbRunner } from '../../src/engine/adapters/duckdb/duckdb-runner.ts';
import { relationName, sqlName } from '../../src/engine/dataflow/sql-name.ts';
import { runPipeline } from '../../src/engine/dataflow/run-pipeline.ts';
import { inlineMacros } from '../../src/engine/etl/alteryx/inline-macros.ts';
import { parseAlteryxFile } from '../../src/engine/etl/alteryx/parse.ts';
import { convertFile, type ConvertedFile } from '../../src/engine/etl/convert.ts';

export interface ToolSpec {
  readonly id: number;
  /** The last part of the plugin's name, e.g. `Filter`. */
  readonly type: string;
  /** Inner XML of its configuration. */
  readonly config: string;
  /** Path of its macro, for a tool that calls one. */
  readonly macro?: string;
}

/** `1>2`, `1.True>2`, or `1.Output>2.Left`; `#1` at the end names the wire. */
export type Wire = string;

function nodeXml({ id, type, config, macro }: ToolSpec): string {
  const plugin = macro === undefined ? ` Plugin="AlteryxBasePluginsGui.${type}.${type}"` : '';
  const engine = macro === undefined ? '' : `<EngineSettings Macro="${macro}" />`;
  return `<Node ToolID="${id}"><GuiSettings${plugin}><Position x="0" y="0" /></GuiSettings><Properties><Configuration>${config}</Configuration></Properties>${engine}</Node>`;
}

function wireXml(wire: Wire): string {
  const [ends = '', name] = wire.split('#');
  const [from = '', to = ''] = ends.split('>');
  const [fromId = '', fromPort = 'Output'] = from.split('.');
  const [toId = '', toPort = 'Input'] = to.split('.');
  const attribute = name === undefined ? '' : ` name="#${name}"`;
  return `<Connection${attribute}><Origin ToolID="${fromId}" Connection="${fromPort}" /><Destination ToolID="${toId}" Connection="${toPort}" /></Connection>`;
}

export function alteryxXml(tools: readonly ToolSpec[], wires: readonly Wire[], properties = ''): string {
  return `<?xml version="1.0"?>\n<AlteryxDocument yxmdVer="2021.4"><Nodes>\n${tools.map(nodeXml).join('\n')}\n</Nodes><Connections>\n${wires.map(wireXml).join('\n')}\n</Connections><Properties>${properties}</Properties></AlteryxDocument>\n`;
}

/** A Text Input: field names and the cells of its rows, both separated by `|`. */
export function table(id: number, names: string, ...rows: readonly string[]): ToolSpec {
  const fields = names.split('|').map((name) => `<Field name="${name}" />`);
  const data = rows.map(
    (row) =>
      `<r>${row
        .split('|')
        .map((cell) => `<c>${cell}</c>`)
        .join('')}</r>`,
  );
  return {
    id,
    type: 'TextInput',
    config: `<Fields>${fields.join('')}</Fields><Data>${data.join('')}</Data>`,
  };
}

export function convertAlteryx(xml: string, macros: Readonly<Record<string, string>> = {}): ConvertedFile {
  const files = Object.entries(macros).map(([file, text]) => parseAlteryxFile(text, { file }));
  const linked = inlineMacros(parseAlteryxFile(xml, { file: 'flow.yxmd' }), files);
  return convertFile(linked, { dialect: 'duckdb', reproducibleTime: null });
}

type Rows = readonly (readonly unknown[])[];

/** Runs the workflow; gives the rows that leave `NODE` or `NODE.OUTPUT`, in their order where they have one. */
export async function runAlteryx(converted: ConvertedFile, outputs: readonly string[]): Promise<readonly Rows[]> {
  const [pipeline] = converted.pipelines;
  if (pipeline === undefined) throw new Error('no pipeline');
  const session = await createDuckDbRunner().open({ readable: [] });
  try {
    const run = await runPipeline(pipeline, session, {});
    const failed = run.nodes.find((node) => node.error !== null);
    if (failed !== undefined) throw new Error(`${failed.id}: ${failed.error ?? ''}`);
    const found: Rows[] = [];
    for (const wanted of outputs) {
      const [node = '', output] = wanted.split('.');
      const relation = sqlName(relationName(output === undefined ? { node } : { node, output }));
      const { columns: names } = await session.query(`SELECT * FROM ${relation} LIMIT 0`);
      const kept = names.filter((name) => name !== '__seq').map((name) => `CAST(${sqlName(name)} AS VARCHAR)`);
      const order = names.includes('__seq') ? '__seq' : 'ALL';
      found.push((await session.query(`SELECT ${kept.join(', ')} FROM ${relation} ORDER BY ${order}`)).rows);
    }
    return found;
  } finally {
    await session.close();
  }
}
