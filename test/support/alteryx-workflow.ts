/** Small Alteryx workflows for tests, written as objects. */

interface ToolSpec {
  readonly id: number;
  /** `Filter`, `Formula` …: the last part of the plugin's name. */
  readonly type: string;
  /** What is inside `<Configuration>`. */
  readonly configuration: string;
  /** Fields that the tool remembers of its output, `NAME Type size`. */
  readonly fields?: readonly string[];
}

interface WorkflowSpec {
  readonly tools: readonly ToolSpec[];
  /** `1.Output>2.Input`. */
  readonly wires: readonly string[];
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function fieldXml(field: string): string {
  const [name = '', type = 'V_WString', size] = field.split(' ');
  return `<Field name="${name}" type="${type}"${size === undefined ? '' : ` size="${size}"`}/>`;
}

function toolXml({ id, type, configuration, fields }: ToolSpec): string {
  const remembered =
    fields === undefined
      ? ''
      : `<MetaInfo connection="Output"><RecordInfo>${fields.map(fieldXml).join('')}</RecordInfo></MetaInfo>`;
  return `<Node ToolID="${id}"><GuiSettings Plugin="AlteryxBasePluginsGui.${type}.${type}"/><Properties><Configuration>${configuration}</Configuration>${remembered}</Properties></Node>`;
}

function wireXml(wire: string): string {
  const [from = '', to = ''] = wire.split('>');
  const end = (tag: string, text: string): string => {
    const [tool = '', anchor = ''] = text.split('.');
    return `<${tag} ToolID="${tool}" Connection="${anchor}"/>`;
  };
  return `<Connection>${end('Origin', from)}${end('Destination', to)}</Connection>`;
}

export function alteryxWorkflow({ tools, wires }: WorkflowSpec): string {
  return `<?xml version="1.0"?>\n<AlteryxDocument yxmdVer="2023.1"><Nodes>\n${tools.map(toolXml).join('\n')}\n</Nodes><Connections>${wires.map(wireXml).join('')}</Connections><Properties/></AlteryxDocument>`;
}

/** An input file `table`, with its fields. */
export const alteryxInput = (id: number, table: string, fields: readonly string[]): ToolSpec => ({
  id,
  type: 'DbFileInput',
  configuration: `<File FileFormat="0">${table}.csv</File>`,
  fields,
});

/** A Formula tool setting `fields`: `NAME Type` by expression. */
export const alteryxFormula = (id: number, fields: Readonly<Record<string, string>>): ToolSpec => ({
  id,
  type: 'Formula',
  configuration: `<FormulaFields>${Object.entries(fields)
    .map(([target, expression]) => {
      const [name = '', type = 'V_WString', size = ''] = target.split(' ');
      return `<FormulaField field="${name}" type="${type}" size="${size}" expression="${escape(expression)}"/>`;
    })
    .join('')}</FormulaFields>`,
});
