/** Small PowerCenter exports for tests, written as objects. */

export interface FieldSpec {
  readonly name: string;
  readonly type: string;
  readonly precision?: number;
  readonly scale?: number;
  readonly key?: boolean;
}

export interface PortSpec extends FieldSpec {
  readonly port: string;
  readonly expression?: string;
  readonly more?: string;
}

export interface TransformationSpec {
  readonly name: string;
  readonly type: string;
  readonly ports: readonly PortSpec[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly groups?: readonly { readonly name: string; readonly type: string; readonly expression?: string }[];
  readonly more?: string;
}

export interface MappingSpec {
  readonly sources: Readonly<Record<string, readonly FieldSpec[]>>;
  readonly targets: Readonly<Record<string, readonly FieldSpec[]>>;
  readonly transformations: readonly TransformationSpec[];
  /** `INSTANCE.PORT>INSTANCE.PORT`. Those from a source to its qualifier SQ_NAME are implied. */
  readonly connectors: readonly string[];
  readonly session?: Readonly<Record<string, string>>;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '&#xA;');
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ="${escape(value)}"`)
    .join(' ');
}

function field(tag: string, one: FieldSpec): string {
  return `<${tag} ${attributes({ NAME: one.name, DATATYPE: one.type, PRECISION: String(one.precision ?? 10), SCALE: String(one.scale ?? 0), KEYTYPE: one.key === true ? 'PRIMARY KEY' : 'NOT A KEY', NULLABLE: one.key === true ? 'NOTNULL' : 'NULL' })}/>`;
}

function portType(type: string): string {
  if (type.startsWith('varchar')) return 'string';
  return type.startsWith('number') ? 'decimal' : type === 'date' ? 'date/time' : type;
}

function transformation(one: TransformationSpec): string {
  const ports = one.ports.map(
    (port) =>
      `<TRANSFORMFIELD ${attributes({ NAME: port.name, DATATYPE: port.type, PORTTYPE: port.port, PRECISION: String(port.precision ?? 10), SCALE: String(port.scale ?? 0), ...(port.expression === undefined ? {} : { EXPRESSION: port.expression }) })} ${port.more ?? ''}/>`,
  );
  const groups = (one.groups ?? []).map(
    (group, index) =>
      `<GROUP ${attributes({ NAME: group.name, TYPE: group.type, ORDER: String(index + 1), ...(group.expression === undefined ? {} : { EXPRESSION: group.expression }) })}/>`,
  );
  const properties = Object.entries(one.attributes ?? {}).map(
    ([name, value]) => `<TABLEATTRIBUTE ${attributes({ NAME: name, VALUE: value })}/>`,
  );
  return `<TRANSFORMATION ${attributes({ NAME: one.name, TYPE: one.type, REUSABLE: 'NO' })} ${one.more ?? ''}>\n${[...groups, ...ports, ...properties].join('\n')}\n</TRANSFORMATION>`;
}

/** The export as XML. Each source gets a Source Qualifier SQ_NAME unless one is given. */
export function powerCenterXml(spec: MappingSpec): string {
  const given = new Set(spec.transformations.map((one) => one.name));
  const qualifiers: TransformationSpec[] = Object.entries(spec.sources)
    .filter(([name]) => !given.has(`SQ_${name}`))
    .map(([name, fields]) => ({
      name: `SQ_${name}`,
      type: 'Source Qualifier',
      ports: fields.map((one) => ({ ...one, type: portType(one.type), port: 'INPUT/OUTPUT' })),
    }));
  const all = [...qualifiers, ...spec.transformations];
  const types = new Map<string, string>([
    ...all.map((one) => [one.name, one.type] as const),
    ...Object.keys(spec.sources).map((name) => [name, 'Source Definition'] as const),
    ...Object.keys(spec.targets).map((name) => [name, 'Target Definition'] as const),
  ]);
  const implied = Object.entries(spec.sources).flatMap(([name, fields]) =>
    fields.map((one) => `${name}.${one.name}>SQ_${name}.${one.name}`),
  );
  const connectors = [...implied, ...spec.connectors].map((text) => {
    const [from = '', to = ''] = text.split('>');
    const [fromName = '', fromPort = ''] = from.split('.');
    const [toName = '', toPort = ''] = to.split('.');
    return `<CONNECTOR ${attributes({ FROMINSTANCE: fromName, FROMFIELD: fromPort, FROMINSTANCETYPE: types.get(fromName) ?? '', TOINSTANCE: toName, TOFIELD: toPort, TOINSTANCETYPE: types.get(toName) ?? '' })}/>`;
  });
  const instances = [...types].map(
    ([name, type]) =>
      `<INSTANCE ${attributes({ NAME: name, TRANSFORMATION_NAME: name, TRANSFORMATION_TYPE: type, TYPE: type.split(' ')[1] === 'Definition' ? (type.split(' ')[0] ?? '').toUpperCase() : 'TRANSFORMATION', ...(type === 'Source Definition' ? { DBDNAME: 'CRM' } : {}) })}/>`,
  );
  const sources = Object.entries(spec.sources).map(
    ([name, fields]) =>
      `<SOURCE ${attributes({ NAME: name, DATABASETYPE: 'Oracle', DBDNAME: 'CRM' })}>${fields.map((one) => field('SOURCEFIELD', one)).join('\n')}</SOURCE>`,
  );
  const targets = Object.entries(spec.targets).map(
    ([name, fields]) =>
      `<TARGET ${attributes({ NAME: name, DATABASETYPE: 'Oracle' })}>${fields.map((one) => field('TARGETFIELD', one)).join('\n')}</TARGET>`,
  );
  const session =
    spec.session === undefined
      ? ''
      : `<SESSION NAME ="s_m" MAPPINGNAME ="m">${Object.entries(spec.session)
          .map(([name, value]) => `<ATTRIBUTE ${attributes({ NAME: name, VALUE: value })}/>`)
          .join('')}</SESSION>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE POWERMART SYSTEM "powrmart.dtd">
<POWERMART CREATION_DATE="03/01/2026 10:00:00" REPOSITORY_VERSION="188.97">
<REPOSITORY NAME="TEST" DATABASETYPE="Oracle">
<FOLDER NAME="F">
${[...sources, ...targets].join('\n')}
<MAPPING NAME ="m" ISVALID ="YES">
${[...all.map(transformation), ...instances, ...connectors].join('\n')}
</MAPPING>
${session}
</FOLDER>
</REPOSITORY>
</POWERMART>
`;
}
