import { NotConverted } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';
import { sourceNode } from './source.ts';
import { targetNode } from './target.ts';

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
    stage.kind === 'target' &&
    (stage.type === 'CHashedFileStage' ||
      stage.properties.some((one) => one.name.endsWith('Usage/WriteMode') && one.value !== '0')),
  convert(draft) {
    if (draft.stage.kind === 'source') return sourceNode(draft);
    if (draft.stage.kind === 'target') return targetNode(draft);
    throw new NotConverted('The stage both reads and writes its table, by rejected rows or rows that are read back');
  },
};
