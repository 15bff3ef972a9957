/** Small SSIS packages for tests, written as objects. */

export type Properties = Readonly<Record<string, string>>;

export interface OutputColumnSpec {
  readonly name: string;
  readonly type: string;
  readonly attributes?: Properties;
  readonly properties?: Properties;
}

export interface InputColumnSpec {
  /** `COMPONENT.OUTPUT.COLUMN` where the column was made. */
  readonly from: string;
  /** The column of the table that it is written to. */
  readonly to?: string;
  readonly attributes?: Properties;
  readonly properties?: Properties;
}

export interface SideSpec<C> {
  readonly name: string;
  readonly columns?: readonly C[];
  readonly attributes?: Properties;
  readonly properties?: Properties;
  /** Columns of the table behind it, `NAME type`. */
  readonly external?: readonly string[];
}

export interface OutputSpec extends SideSpec<OutputColumnSpec> {
  readonly synchronous?: boolean;
  readonly error?: boolean;
}

export interface ComponentSpec {
  readonly name: string;
  readonly type: string;
  readonly properties?: Properties;
  readonly inputs?: readonly SideSpec<InputColumnSpec>[];
  readonly outputs?: readonly OutputSpec[];
}

export interface FlowSpec {
  readonly components: readonly ComponentSpec[];
  /** `COMPONENT.OUTPUT>COMPONENT.INPUT`. */
  readonly paths: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

const flow = 'Package\\Load';

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attributes(values: Properties): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escape(value)}"`)
    .join('');
}

function properties(values: Properties | undefined): string {
  const inner = Object.entries(values ?? {}).map(
    ([name, value]) => `<property name="${name}">${escape(value)}</property>`,
  );
  return inner.length === 0 ? '' : `<properties>${inner.join('')}</properties>`;
}

/** The lineage id of a column written `COMPONENT.OUTPUT.COLUMN`. */
export function lineage(path: string): string {
  const [component = '', output = '', column = ''] = path.split('.');
  return `${flow}\\${component}.Outputs[${output}].Columns[${column}]`;
}

function external(owner: string, columns: readonly string[] | undefined): string {
  const inner = (columns ?? []).map((one) => {
    const [name = '', type = 'wstr'] = one.split(' ');
    return `<externalMetadataColumn refId="${escape(`${owner}.External[${name}]`)}" name="${name}" dataType="${type}" length="50"/>`;
  });
  return `<externalMetadataColumns>${inner.join('')}</externalMetadataColumns>`;
}

function inputXml(component: ComponentSpec, input: SideSpec<InputColumnSpec>): string {
  const id = `${flow}\\${component.name}.Inputs[${input.name}]`;
  const columns = (input.columns ?? []).map((column) => {
    const name = column.from.split('.')[2] ?? '';
    const mapped = column.to === undefined ? {} : { externalMetadataColumnId: `${id}.External[${column.to}]` };
    return `<inputColumn${attributes({ refId: `${id}.Columns[${name}]`, lineageId: lineage(column.from), cachedName: name, ...mapped, ...column.attributes })}>${properties(column.properties)}</inputColumn>`;
  });
  return `<input${attributes({ refId: id, name: input.name, ...input.attributes })}>${properties(input.properties)}<inputColumns>${columns.join('')}</inputColumns>${external(id, input.external)}</input>`;
}

function outputXml(component: ComponentSpec, output: OutputSpec): string {
  const id = `${flow}\\${component.name}.Outputs[${output.name}]`;
  const columns = (output.columns ?? []).map((column) => {
    const ref = `${id}.Columns[${column.name}]`;
    const mapped = (output.external ?? []).some((one) => one.split(' ')[0] === column.name)
      ? { externalMetadataColumnId: `${id}.External[${column.name}]` }
      : {};
    return `<outputColumn${attributes({ refId: ref, lineageId: ref, name: column.name, dataType: column.type, ...(column.type === 'wstr' ? { length: '50' } : {}), ...mapped, ...column.attributes })}>${properties(column.properties)}</outputColumn>`;
  });
  const synchronous =
    output.synchronous === true
      ? { synchronousInputId: `${flow}\\${component.name}.Inputs[${component.inputs?.[0]?.name ?? ''}]` }
      : {};
  return `<output${attributes({ refId: id, name: output.name, ...synchronous, ...(output.error === true ? { isErrorOut: 'true' } : {}), ...output.attributes })}>${properties(output.properties)}<outputColumns>${columns.join('')}</outputColumns>${external(id, output.external)}</output>`;
}

function componentXml(component: ComponentSpec): string {
  const inputs = (component.inputs ?? []).map((input) => inputXml(component, input)).join('');
  const outputs = (component.outputs ?? []).map((output) => outputXml(component, output)).join('');
  return `<component refId="${escape(`${flow}\\${component.name}`)}" componentClassID="Microsoft.${component.type}" name="${component.name}">${properties(component.properties)}<inputs>${inputs}</inputs><outputs>${outputs}</outputs></component>`;
}

function pathXml(path: string): string {
  const [from = '', to = ''] = path.split('>');
  const [component = '', output = ''] = from.split('.');
  const [target = '', input = ''] = to.split('.');
  return `<path startId="${escape(`${flow}\\${component}.Outputs[${output}]`)}" endId="${escape(`${flow}\\${target}.Inputs[${input}]`)}" name="${output}"/>`;
}

/** A package with one data flow called Load. */
export function ssisPackage(spec: FlowSpec): string {
  const variables = Object.entries(spec.variables ?? {}).map(
    ([name, value]) =>
      `<DTS:Variable DTS:Namespace="User" DTS:ObjectName="${name}" DTS:DTSID="{${name.toUpperCase()}}"><DTS:VariableValue DTS:DataType="8">${escape(value)}</DTS:VariableValue></DTS:Variable>`,
  );
  return [
    '<?xml version="1.0"?>',
    '<DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:refId="Package" DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="Sample" DTS:CreationDate="3/7/2024 1:05:09 PM">',
    '<DTS:Property DTS:Name="PackageFormatVersion">8</DTS:Property>',
    `<DTS:Variables>${variables.join('')}</DTS:Variables>`,
    '<DTS:Executables>',
    `<DTS:Executable DTS:refId="${flow}" DTS:ExecutableType="Microsoft.Pipeline" DTS:ObjectName="Load"><DTS:ObjectData><pipeline version="1">`,
    `<components>${spec.components.map(componentXml).join('\n')}</components>`,
    `<paths>${spec.paths.map(pathXml).join('')}</paths>`,
    '</pipeline></DTS:ObjectData></DTS:Executable>',
    '</DTS:Executables>',
    '</DTS:Executable>',
  ].join('\n');
}

/** A source reading a table, its output called `out`. */
export function ssisSource(name: string, table: string, columns: readonly string[]): ComponentSpec {
  return {
    name,
    type: 'OLEDBSource',
    properties: { AccessMode: '0', OpenRowset: `[dbo].[${table}]` },
    outputs: [
      {
        name: 'out',
        external: columns,
        columns: columns.map((one) => ({ name: one.split(' ')[0] ?? '', type: one.split(' ')[1] ?? 'wstr' })),
      },
    ],
  };
}

/** A destination writing a table with columns named as those of the buffer (`COMPONENT.OUTPUT.COLUMN type`), its input called `in`. */
export function ssisTarget(name: string, table: string, columns: readonly string[]): ComponentSpec {
  const parts = columns.map((one) => {
    const space = one.lastIndexOf(' ');
    const from = one.slice(0, space);
    return { from, to: from.split('.')[2] ?? '', type: one.slice(space + 1) };
  });
  return {
    name,
    type: 'OLEDBDestination',
    properties: { AccessMode: '3', OpenRowset: `[dbo].[${table}]` },
    inputs: [
      {
        name: 'in',
        external: parts.map(({ to, type }) => `${to} ${type}`),
        columns: parts.map(({ from, to }) => ({ from, to })),
      },
    ],
  };
}
