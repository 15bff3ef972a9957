import type { PipelineNode } from '../../../dataflow/model.ts';
import { linkProperty } from '../convert/tables.ts';
import { NotConverted, select, seqColumn, type StageDraft } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';
import { sourceNode } from './source.ts';
import { targetNode } from './target.ts';

/** The sink, and a node for each output link. */
function besideSink(draft: StageDraft): PipelineNode {
  const node = targetNode(draft);
  for (const { link } of draft.outputs) draft.giveBeside(link, node.confidence);
  return node;
}

/** A file that the job writes and then reads: its rows as they were written, the last one of each key in a hashed file. */
function readBack(draft: StageDraft): void {
  const hashed = draft.stage.type === 'CHashedFileStage';
  if (draft.inputs.length > 1) throw new NotConverted('Several links write the file that the stage reads back');
  const keys = draft.stage.ports
    .filter(
      (port) =>
        port.direction === 'input' && port.properties.some((one) => one.name === 'KeyPosition' && one.value !== '0'),
    )
    .flatMap((port) => draft.find(port.name)?.sql ?? []);
  if (hashed && keys.length === 0) throw new NotConverted('The hashed file marks no key column');
  if (linkProperty(draft.stage, draft.input.name, 'ClearFile') === '1')
    draft.note('The file is written first, and then read');
  else
    draft.doubt(
      'The file is written first, and then read; what it held before the job is not part of what is read',
      0.8,
    );
  const last = hashed
    ? `QUALIFY row_number() OVER (PARTITION BY ${keys.join(', ')} ORDER BY ${seqColumn} DESC) = 1`
    : '';
  for (const link of draft.outputLinks) {
    const { items, columns } = draft.passOn(link);
    draft.output(link, columns, select(draft.withOrder(items), draft.relation(draft.input), last));
  }
}

/** Stages that read or write what lies outside the job, told apart by the links that they have. */
export const storageRule: StageRule = {
  types: [
    'PxSequentialFile',
    'PxDataSet',
    'PxFileSet',
    'PxLookupFileSet',
    'PxComplexFlatFile',
    'CSeqFileStage',
    'CHashedFileStage',
    'PxOracle',
    'PxDB2',
    'PxODBC',
    'PxTeradata',
    'PxInformix',
    'PxSQLServer',
    'PxSybase',
    'CODBCStage',
    'ORAOCI9',
    'ORAOCI8',
    'CUDB2',
    'DynamicRDBMS',
    'DSDB2',
    'MSOLEDB',
  ],
  readsOrder: (stage) =>
    stage.kind !== 'source' &&
    (stage.type === 'CHashedFileStage' ||
      stage.properties.some((one) => one.name.endsWith('Usage/WriteMode') && one.value !== '0')),
  convert(draft) {
    if (draft.stage.kind === 'source') return sourceNode(draft);
    if (draft.stage.kind === 'target') return targetNode(draft);
    if (draft.outputLinks.every((link) => draft.isReject(link))) {
      for (const link of draft.outputLinks) draft.withoutRows(link);
      return besideSink(draft);
    }
    if (draft.stage.type === 'CHashedFileStage' || draft.stage.type === 'CSeqFileStage') {
      readBack(draft);
      return besideSink(draft);
    }
    throw new NotConverted('The stage both writes and reads its table');
  },
};
