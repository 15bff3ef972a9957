/** Small DataStage exports as record text, written for the tests. */

interface DsxColumn {
  readonly name: string;
  /** ODBC type number: 4 integer, 12 varchar, 3 decimal, 9 date. */
  readonly type?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly derivation?: string;
  readonly key?: boolean;
  readonly keyExpression?: string;
  readonly nullable?: boolean;
}

interface DsxLink {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly columns: readonly DsxColumn[];
  readonly constraint?: string;
  readonly otherwise?: boolean;
  readonly reference?: boolean;
  readonly lookupFail?: string;
  /** Takes rejected rows only. */
  readonly reject?: boolean;
  /** What the compiler notes about the receiving pin, e.g. its sort. */
  readonly compiler?: Readonly<Record<string, string>>;
  /** Properties of the receiving pin. */
  readonly input?: Readonly<Record<string, string>>;
}

interface DsxStage {
  readonly name: string;
  readonly type: string;
  readonly properties?: Readonly<Record<string, string>>;
  readonly variables?: readonly {
    readonly name: string;
    readonly expression: string;
    readonly initial?: string;
    readonly type?: number;
  }[];
  /** The condition of the loop, and its variables. */
  readonly loop?: string;
  readonly loopVariables?: readonly { readonly name: string; readonly expression: string }[];
  /** Settings of the stage's own record. */
  readonly own?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface DsxJob {
  readonly name: string;
  /** A shared container instead of a job. */
  readonly shared?: boolean;
  /** Views of containers, which links may name in the place of a stage: what enters and leaves; the first is the container's own. */
  readonly views?: readonly string[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly stages: readonly DsxStage[];
  readonly links: readonly DsxLink[];
}

/** A list property as the designer stores it: `items` with their own settings. */
export function listProperty(
  name: string,
  items: readonly { readonly value: string; readonly more?: Readonly<Record<string, string>> }[],
): string {
  const parts = items.flatMap((item) => [
    `\\(3)${name}\\(2)${item.value}\\(2)0`,
    ...Object.entries(item.more ?? {}).map(([key, value]) => `\\(3)\\(3)${key}\\(2)${value}\\(2)0`),
  ]);
  return `\\(2)\\(2)0\\(1)${parts.join('\\(1)')}`;
}

const quoted = (text: string): string => `"${text.replace(/\\(?!\()/g, '\\\\').replaceAll('"', '\\"')}"`;

function record(identifier: string, type: string, lines: readonly string[]): string {
  return [
    '   BEGIN DSRECORD',
    `      Identifier "${identifier}"`,
    `      OLEType "${type}"`,
    ...lines.map((line) => `      ${line}`),
    '   END DSRECORD',
  ].join('\n');
}

function sub(entries: readonly (readonly [string, string])[]): string {
  return [
    'BEGIN DSSUBRECORD',
    ...entries.map(([name, value]) => `   ${name} ${quoted(value)}`),
    'END DSSUBRECORD',
  ].join('\n      ');
}

function columns(link: DsxLink): readonly string[] {
  return [
    'Columns "COutputColumn"',
    ...link.columns.map((one) =>
      sub([
        ['Name', one.name],
        ['SqlType', String(one.type ?? 12)],
        ['Precision', String(one.precision ?? 20)],
        ['Scale', String(one.scale ?? 0)],
        ['Nullable', one.nullable === false ? '0' : '1'],
        ['KeyPosition', one.key === true ? '1' : '0'],
        ...(one.derivation === undefined ? [] : [['Derivation', one.derivation] as const]),
        ...(one.keyExpression === undefined ? [] : [['KeyExpression', one.keyExpression] as const]),
      ]),
    ),
  ];
}

const custom = (properties: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(properties).length === 0
    ? []
    : [
        'Properties "CCustomProperty"',
        ...Object.entries(properties).map(([name, value]) =>
          sub([
            ['Name', name],
            ['Value', value],
          ]),
        ),
      ];

const parameterList = (key: 'Default' | 'Value', parameters: Readonly<Record<string, string>> | undefined) =>
  parameters === undefined
    ? []
    : [
        'Parameters "CParameters"',
        ...Object.entries(parameters).map(([name, value]) =>
          sub([
            ['Name', name],
            [key, value],
          ]),
        ),
      ];

/** The text of an export with these parallel jobs and shared containers. */
export function dsxOf(...jobs: readonly DsxJob[]): string {
  const header = ['BEGIN HEADER', '   CharacterSet "CP1252"', '   ServerVersion "11.5"', 'END HEADER'];
  return [...header, ...jobs.map(jobBlock), ''].join('\n');
}

function jobBlock(job: DsxJob): string {
  const views = job.views ?? [];
  const records = [
    record('ROOT', job.shared === true ? 'CContainerDefn' : 'CJobDefn', [
      `Name "${job.name}"`,
      'JobType "3"',
      ...(job.shared === true ? ['View "V1"'] : []),
      ...parameterList('Default', job.parameters),
    ]),
  ];
  const stageId = (name: string): string =>
    views.includes(name) ? `V${views.indexOf(name) + 1}` : `V0S${job.stages.findIndex((stage) => stage.name === name)}`;
  const pins = (name: string, side: 'from' | 'to'): string =>
    job.links
      .flatMap((link, index) =>
        link[side] === name ? [`${stageId(name)}P${index * 2 + (side === 'from' ? 0 : 1)}`] : [],
      )
      .join('|');
  for (const view of views)
    records.push(
      record(stageId(view), 'CContainerView', [
        `Name "${view}"`,
        `InputPins "${pins(view, 'to')}"`,
        `OutputPins "${pins(view, 'from')}"`,
      ]),
    );
  for (const stage of job.stages)
    records.push(
      record(stageId(stage.name), stage.type === 'CTransformerStage' ? stage.type : 'CCustomStage', [
        `Name "${stage.name}"`,
        `InputPins "${pins(stage.name, 'to')}"`,
        `OutputPins "${pins(stage.name, 'from')}"`,
        `StageType "${stage.type}"`,
        ...Object.entries(stage.own ?? {}).map(([name, value]) => `${name} ${quoted(value)}`),
        ...parameterList('Value', stage.parameters),
        ...custom(stage.properties ?? {}),
        ...(stage.variables === undefined
          ? []
          : [
              'StageVars "CStageVar"',
              ...stage.variables.map((one) =>
                sub([
                  ['Name', one.name],
                  ['Expression', one.expression],
                  ['InitialValue', one.initial ?? ''],
                  ['SqlType', String(one.type ?? 4)],
                  ['Precision', '10'],
                ]),
              ),
            ]),
        ...(stage.loop === undefined
          ? []
          : [
              'LoopCondition "CStageVar"',
              sub([
                ['Name', '$LoopCondition'],
                ['Expression', stage.loop],
              ]),
            ]),
        ...(stage.loopVariables === undefined
          ? []
          : [
              'LoopVars "CStageVar"',
              ...stage.loopVariables.map((one) =>
                sub([
                  ['Name', one.name],
                  ['Expression', one.expression],
                  ['SqlType', '12'],
                ]),
              ),
            ]),
      ]),
    );
  for (const [index, link] of job.links.entries()) records.push(...linkRecords(link, index, stageId));
  const kind = job.shared === true ? 'DSSHAREDCONTAINER' : 'DSJOB';
  return [`BEGIN ${kind}`, `   Identifier "${job.name}"`, ...records, `END ${kind}`].join('\n');
}

function linkRecords(link: DsxLink, index: number, stageId: (name: string) => string): readonly string[] {
  const [out, into] = [`${stageId(link.from)}P${index * 2}`, `${stageId(link.to)}P${index * 2 + 1}`];
  return [
    record(out, 'CTrxOutput', [
      `Name "${link.name}"`,
      `Partner "${stageId(link.to)}|${into}"`,
      `Reject "${link.otherwise === true ? 1 : 0}"`,
      ...(link.constraint === undefined ? [] : [`Constraint ${quoted(link.constraint)}`]),
      ...columns(link),
    ]),
    record(into, 'CCustomInput', [
      `Name "${link.name}"`,
      `Partner "${stageId(link.from)}|${out}"`,
      `LinkType "${link.reject === true ? 3 : link.reference === true ? 2 : 1}"`,
      ...(link.lookupFail === undefined ? [] : [`LookupFail "${link.lookupFail}"`]),
      ...custom(link.input ?? {}),
      ...(link.compiler === undefined
        ? []
        : [
            'MetaBag "CMetaProperty"',
            ...Object.entries(link.compiler).map(([name, value]) =>
              sub([
                ['Owner', 'APT'],
                ['Name', name],
                ['Value', value],
              ]),
            ),
          ]),
    ]),
  ];
}
