/** What no rule converts: kept with its original, failing when it is run. */
import type { PipelineNode } from '../../../dataflow/model.ts';
import { containerReason } from '../inline-containers.ts';
import { linkColumn } from '../convert/columns.ts';
import { NotConverted, pipelineColumn, type StageDraft } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

const maxOriginal = 20_000;

const reasons: ReadonlyMap<string, string> = new Map([
  ['JavaStagePX', 'A Java stage runs a class whose code is not in the file'],
  ['JClientPX', 'A Java client stage runs a class whose code is not in the file'],
  ['XMLStagePX', 'An XML stage maps nested documents by an assembly that is stored in binary form'],
  ['PxGeneric', 'A Generic stage calls an operator of the parallel engine by its command line'],
  ['PxExternalFilter', 'An External Filter stage runs a command of the operating system'],
  ['PxExternalSource', 'An External Source stage runs a command of the operating system'],
  ['PxExternalTarget', 'An External Target stage runs a command of the operating system'],
  ['PxDifference', 'The options of a Difference stage are kept as text'],
  ['PxCompare', 'A Compare stage makes subrecords of both rows, which are no columns'],
  ['PxSample', 'A Sample stage draws rows at random in each partition'],
  ['PxEncode', 'An Encode stage runs a command of the operating system'],
  ['PxDecode', 'A Decode stage runs a command of the operating system'],
  ['PxCompress', 'A Compress stage turns rows to a binary form'],
  ['PxExpand', 'An Expand stage reads rows of a binary form'],
  ['PxCombineRecords', 'A Combine Records stage makes vectors of subrecords, which are no columns'],
  ['PxSplitSubrecord', 'A Split Subrecord stage takes subrecords apart, which are no columns'],
  ['PxMakeSubrecord', 'A Make Subrecord stage makes subrecords, which are no columns'],
  ['PxPromoteSubrecord', 'A Promote Subrecord stage takes subrecords apart, which are no columns'],
  ['PxMakeVector', 'A Make Vector stage makes a vector of columns that are found when it runs'],
  ['PxSplitVector', 'A Split Vector stage makes columns of a vector whose length is known when it runs'],
  ['PxColumnExport', 'A Column Export stage writes columns into one by a format of the parallel engine'],
  ['PxColumnImport', 'A Column Import stage reads columns out of one by a format of the parallel engine'],
  ['PxFTP', 'An FTP stage moves files over the network'],
  ['PxBloomFilter', 'A Bloom Filter stage keeps its state in a file between runs'],
  ['PxWebServicesClient', 'A Web Services stage asks a service on the network'],
  ['PxSCD', 'A Slowly Changing Dimension stage keeps its dimension in memory while it runs'],
]);

/** The node that stands for what could not be converted. */
export function unsupportedNode(draft: StageDraft, reason: string): PipelineNode {
  const { stage } = draft;
  draft.doubt(`${reason}. Rewrite ${stage.id} by hand; its original is kept in the node.`, 0);
  const properties = stage.properties
    .filter((one) => one.value !== null && !one.name.includes('APT/'))
    .map((one) => `${one.name}: ${one.value ?? ''}`);
  const ports = stage.ports
    .filter((port) => port.expression !== null)
    .map((port) => `${port.group ?? ''}.${port.name} = ${port.expression ?? ''}`);
  const columns = stage.ports
    .filter((port) => port.direction === 'output')
    .map((port) => pipelineColumn(linkColumn(port)));
  const unique = columns.filter((column, index) => columns.findIndex((one) => one.name === column.name) === index);
  return draft.node('unsupported', {
    type: stage.kind === 'source' ? 'source' : stage.kind === 'target' ? 'sink' : 'transform',
    config: { source_type: stage.type },
    columns: unique,
    confidence: 0,
    conversion: 'unsupported',
    original: [`${stage.type} ${stage.name}`, ...properties, ...ports].join('\n').slice(0, maxOriginal),
  });
}

export const unsupportedRule: StageRule = {
  types: [],
  readsOrder: () => false,
  convert(draft) {
    throw new NotConverted(
      draft.property(containerReason) ?? reasons.get(draft.stage.type) ?? `No rule converts ${draft.stage.type}`,
    );
  },
};
