import type { DocumentWriter } from '../document-writer.ts';
import { sqlFileOf } from '../facts/bundle-files.ts';
import { type Block, fence, fenceWithin, heading, list, paragraph, steps, table } from '../markdown/blocks.ts';
import { cut, cutNote } from '../markdown/cut.ts';
import { type Inline, code, count, joinInline, md, plural, text } from '../markdown/inline.ts';
import { flowchart } from '../markdown/mermaid.ts';
import { type DeploymentFacts, deploymentFacts } from './facts.ts';

const drawnTables = 40;
const writtenExtracts = 40;

const scriptMeanings = {
  create: md`creates the schemas ${code('legacy')}, ${code('stage')}, ${code('rejects')} and ${code('target')} with their tables`,
  load: md`loads the target tables, parents before children`,
  check: md`checks the loaded data; every query returns ${code('failures')}, 0 where all is well`,
} as const;

/** From the bundle to loaded tables: what is needed, in which order, with which commands. */
export const deploymentInstructions: DocumentWriter = {
  title: 'Deployment instructions',
  write(view) {
    const facts = deploymentFacts(view);
    return [
      ...prerequisites(facts),
      ...scripts(facts),
      ...extractSections(facts),
      ...orderSection(facts),
      ...pipelineSection(facts),
      ...noteSection(facts),
    ];
  },
};

function prerequisites({ extracts, kinds }: DeploymentFacts): readonly Block[] {
  const needs = [
    md`The bundle, verified: ${code('portolan bundle BUNDLE --verify')} compares every file with ${code('manifest.json')}.`,
    ...(kinds.length === 0
      ? []
      : [md`DuckDB's command line, and an empty database file, called ${code('migration.duckdb')} below.`]),
    ...(extracts.length === 0
      ? []
      : [
          md`${plural(extracts.length, 'extract')} in a folder ${code('extracts')} beside the bundle's folders, in UTF-8.`,
        ]),
    md`A backup of the target, and the checklist in ${code('documents/validation-checklist.md')}.`,
  ];
  return [heading(2, md`Prerequisites`), list(needs)];
}

function scripts({ kinds }: DeploymentFacts): readonly Block[] {
  const title = heading(2, md`Scripts, in this order`);
  if (kinds.length === 0) return [title, paragraph(md`No SQL was generated, so there is no script to run.`)];
  const forward = (['create', 'load', 'check'] as const).filter((kind) => kinds.includes(kind));
  const lines = forward.flatMap((kind) => [
    ...(kind === 'load' ? ['# Fill the legacy tables first: see "Loading the extracts".'] : []),
    `duckdb migration.duckdb -bail < ${sqlFileOf[kind]}`,
  ]);
  return [
    title,
    steps(forward.map((kind) => md`${code(sqlFileOf[kind])} ${scriptMeanings[kind]}.`)),
    fence('sh', lines.join('\n')),
    ...(kinds.includes('rollback')
      ? [paragraph(md`${code(sqlFileOf.rollback)} is the way back; see ${code('documents/rollback-procedures.md')}.`)]
      : []),
  ];
}

function extractSections({ extracts, withoutExtract }: DeploymentFacts): readonly Block[] {
  const title = heading(2, md`Loading the extracts`);
  const missing = cut(withoutExtract, 40);
  const missed =
    missing.total === 0
      ? []
      : [
          paragraph(
            md`${plural(missing.total, 'legacy table')} without an extract; what they feed stays empty until they are filled:`,
          ),
          list(missing.shown.map((key) => code(key))),
          ...cutNote(missing, md`tables`, code('sql/duckdb/01_create.sql')),
        ];
  if (extracts.length === 0) return [title, paragraph(md`No extract was imported.`), ...missed];
  const shown = cut(extracts);
  const printed = cut(
    extracts.filter(({ sql }) => sql !== null),
    writtenExtracts,
  );
  const rows = shown.shown.map(({ table: key, file, rows: number, sql }) => [
    code(key),
    code(file),
    count(number),
    sql === null ? md`save it as CSV first` : md`as below`,
  ]);
  return [
    title,
    paragraph(
      md`Run after ${code(sqlFileOf.create)} and before ${code(sqlFileOf.load)}. A value that does not fit the declared type becomes NULL here, as it did in the sandbox.`,
    ),
    table(['Legacy table', 'Extract', 'Rows #', 'How'], rows),
    ...cutNote(shown, md`extracts`, code('manifest.json')),
    ...printed.shown.flatMap(({ table: key, sql }) => [
      paragraph(md`${code(key)}:`),
      ...fenceWithin('sql', sql ?? '', 8000, md`the columns of the table in ${code(sqlFileOf.create)}`),
    ]),
    ...cutNote(printed, md`extracts as SQL`, md`the same form for every further table`),
    ...missed,
  ];
}

function orderSection({ steps: order, parents }: DeploymentFacts): readonly Block[] {
  const title = heading(2, md`Load order`);
  if (order.length === 0) return [title, paragraph(md`There is no load order yet: no SQL was generated.`)];
  const shown = cut(order);
  const rows = shown.shown.map(({ table: key, sources, statement, run }, i) => [
    count(i + 1),
    code(key),
    sources.length === 0 ? md`—` : joinInline(sources.slice(0, 6).map((source) => code(source))),
    statement === null ? md`stays empty` : text(statement.complexity),
    run === null ? md`not run` : text(run.status),
  ]);
  return [
    title,
    orderDiagram(order, parents),
    table(['Step #', 'Target table', 'From', 'Load', 'Sandbox'], rows),
    ...cutNote(shown, md`tables`, code(sqlFileOf.load)),
  ].flat();
}

function orderDiagram(order: DeploymentFacts['steps'], parents: DeploymentFacts['parents']): readonly Block[] {
  const drawn = order.slice(0, drawnTables);
  const ids = new Map(drawn.map(({ table: key }, i) => [key, `t${i}`]));
  const edges = parents.flatMap(({ parent, child }) => {
    const [from, to] = [ids.get(parent), ids.get(child)];
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
  const note: Inline = md`Arrows lead from a table to those that refer to it. Drawn: ${count(drawn.length)} of ${plural(order.length, 'table')}.`;
  return [
    paragraph(note),
    flowchart(
      'TD',
      drawn.map(({ table: key }, i) => ({ id: `t${i}`, label: `${i + 1}. ${key}` })),
      edges.slice(0, 200),
    ),
  ];
}

function pipelineSection({ pipelines }: DeploymentFacts): readonly Block[] {
  const title = heading(2, md`Pipelines`);
  if (pipelines.length === 0) return [title, paragraph(md`No pipeline was converted.`)];
  const shown = cut(pipelines);
  const rows = shown.shown.map(({ file, pipeline: { name, kind, fileName, yaml } }) => [
    code(name),
    text(kind),
    yaml === '' ? md`none` : code(`pipelines/${fileName}`),
    code(file),
  ]);
  return [
    title,
    paragraph(
      md`A pipeline names its sources, targets, parameters and connections; no password is in it. A workflow says in which order pipelines run. Beside each pipeline lies the same as one DuckDB script, with the ending ${code('.sql')}.`,
    ),
    table(['Name', 'Kind', 'File', 'Converted from'], rows),
    ...cutNote(shown, md`pipelines`, code('pipelines/jobs.json')),
    steps([
      md`Set the parameters and connections of each pipeline for the target environment.`,
      md`Run pipelines in the order that their workflow gives; without a workflow, those that fill what others read come first.`,
      md`Compare row counts with those of the legacy job before it is switched off.`,
    ]),
  ];
}

function noteSection({ notes }: DeploymentFacts): readonly Block[] {
  if (notes.length === 0) return [];
  const shown = cut(notes, 100);
  return [
    heading(2, md`To know before loading`),
    list(shown.shown.map((note) => text(note))),
    ...cutNote(shown, md`notes`, code(sqlFileOf.load)),
  ];
}
