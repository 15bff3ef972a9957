/** DataStage exports, as record text or XML, into the tool-independent model. */
import type { EtlFile, EtlMapping } from '../../../shared/model/etl.ts';
import type { Diagnostic } from '../../../shared/model/schema.ts';
import { collection, readDsx, textOf, valueOf, type DsxBlock } from './read-dsx.ts';
import { readDataStageXml } from './read-ds-xml.ts';
import { jobParameters } from './parse-parameters.ts';
import { parseSequence, uniqueNames } from './parse-sequence.ts';
import { jobRecords, parseConnectors, parseStage, viewProperties } from './parse-stage.ts';
import { parseTableDefinition } from './parse-table.ts';
import { recordProperties } from './properties.ts';

const sequenceJob = '2';

function records(root: DsxBlock, kind: string): readonly DsxBlock[] {
  return root.blocks
    .filter((block) => block.kind === kind)
    .flatMap((block) => block.blocks.filter((one) => one.kind === 'DSRECORD'));
}

function rootRecord(job: DsxBlock): DsxBlock | undefined {
  return job.blocks.find((block) => valueOf(block, 'Identifier') === 'ROOT');
}

function parseJob(job: DsxBlock, sets: readonly DsxBlock[]): EtlMapping {
  const root = rootRecord(job);
  const found = jobRecords(job);
  const names = uniqueNames(found);
  return {
    folder: root === undefined ? null : textOf(root, 'Category'),
    name: (root === undefined ? null : textOf(root, 'Name')) ?? valueOf(job, 'Identifier') ?? '',
    kind: job.kind === 'DSSHAREDCONTAINER' ? 'mapplet' : 'mapping',
    description: root === undefined ? null : (textOf(root, 'Description') ?? textOf(root, 'FullDescription')),
    transformations: found.stages.map((stage) =>
      parseStage(stage, names.get(valueOf(stage, 'Identifier') ?? '') ?? '', found),
    ),
    connectors: parseConnectors(found, names),
    parameters: root === undefined ? [] : jobParameters(root, sets),
    targetLoadOrder: [],
    properties: [...(root === undefined ? [] : recordProperties(root)), ...viewProperties(found)],
    line: job.line,
  };
}

function exportedAt(header: DsxBlock | undefined): string | null {
  const date = header === undefined ? null : valueOf(header, 'Date');
  const time = (header === undefined ? null : valueOf(header, 'Time'))?.replaceAll('.', ':') ?? '00:00:00';
  return date !== null && /^\d{4}-\d\d-\d\d$/.test(date) && /^\d\d:\d\d:\d\d$/.test(time) ? `${date}T${time}Z` : null;
}

/** Parameter sets, routines and data connections: settings that belong to no job. */
function configurationsOf(root: DsxBlock): EtlFile['configurations'] {
  return ['DSPARAMETERSETS', 'DSROUTINES', 'DSDATACONNECTIONS'].flatMap((kind) =>
    records(root, kind).map((record) => ({
      name: valueOf(record, 'Identifier') ?? valueOf(record, 'Name') ?? kind,
      properties: [
        ...recordProperties(record),
        ...collection(record, 'Parameters').flatMap((one) => recordProperties(one, `${valueOf(one, 'Name') ?? ''}.`)),
      ],
    })),
  );
}

function secretsNote(file: EtlFile): readonly Diagnostic[] {
  const count = [
    ...file.mappings.flatMap((one) => one.transformations.flatMap((two) => two.properties)),
    ...file.workflows.flatMap((one) => one.tasks.flatMap((two) => two.properties)),
    ...file.configurations.flatMap((one) => one.properties),
  ].filter((property) => property.value === null).length;
  if (count === 0) return [];
  return [
    {
      severity: 'info',
      message: `${count} passwords or encrypted values are left out. Set them again where the pipeline runs.`,
      file: file.file,
      line: null,
      statement: null,
    },
  ];
}

interface ReadBlocks {
  readonly root: DsxBlock;
  readonly diagnostics: readonly Diagnostic[];
}

/** The records of an export as text or XML. Never throws: defects are diagnostics. */
export function readBlocks(text: string, options: { readonly file: string }): ReadBlocks {
  return /^\uFEFF?\s*</.test(text) ? readDataStageXml(text, options) : readDsx(text.replace(/^\uFEFF/, ''), options);
}

function problem(message: string, file: string, line: number | null): Diagnostic {
  return { severity: 'error', message, file, line, statement: null };
}

/** The export that `blocks` are; `diagnostics` are those of reading them. */
export function parseBlocks(
  blocks: readonly DsxBlock[],
  diagnostics: readonly Diagnostic[],
  { file }: { readonly file: string },
): EtlFile {
  const root: DsxBlock = { kind: '', line: 1, properties: [], blocks, collection: null };
  const jobs = blocks.filter((block) => block.kind === 'DSJOB' || block.kind === 'DSSHAREDCONTAINER');
  const isSequence = (job: DsxBlock): boolean => valueOf(rootRecord(job) ?? job, 'JobType') === sequenceJob;
  const sequences = new Set(jobs.filter(isSequence).map((job) => valueOf(job, 'Identifier') ?? ''));
  const sets = records(root, 'DSPARAMETERSETS');
  const header = blocks.find((block) => block.kind === 'HEADER');
  const parsed: EtlFile = {
    file,
    tool: 'datastage',
    version: header === undefined ? null : textOf(header, 'ServerVersion'),
    exportedAt: exportedAt(header),
    definitions: records(root, 'DSTABLEDEFS').map(parseTableDefinition),
    mappings: jobs.filter((job) => !isSequence(job)).map((job) => parseJob(job, sets)),
    workflows: jobs.filter(isSequence).map((job) => parseSequence(job, rootRecord(job), sequences, sets)),
    reusable: [],
    tasks: [],
    configurations: configurationsOf(root),
    diagnostics,
  };
  return { ...parsed, diagnostics: [...diagnostics, ...secretsNote(parsed)] };
}

/** Everything a DataStage export holds; what cannot be read is a diagnostic with its line. Never throws on bad input. */
export function parseDataStage(text: string, options: { readonly file: string }): EtlFile {
  const { file } = options;
  if (text.startsWith('PK\u0003\u0004'))
    return parseBlocks(
      [],
      [problem('This is an archive that was read as text. Add the .isx file itself.', file, null)],
      options,
    );
  if (text.trim() === '')
    return parseBlocks(
      [],
      [problem('The file is empty. Check that this is the export file itself.', file, null)],
      options,
    );
  const { root, diagnostics } = readBlocks(text, options);
  const nothing =
    root.blocks.length === 0
      ? [problem('No DataStage record found. Check that this is the export file itself.', file, 1)]
      : [];
  return parseBlocks(root.blocks, [...diagnostics, ...nothing], options);
}
