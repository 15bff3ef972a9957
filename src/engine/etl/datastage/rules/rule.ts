/** What converts one kind of stage. */
import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineNode } from '../../../dataflow/model.ts';
import type { StageDraft } from '../convert/stage-draft.ts';

export interface StageRule {
  readonly types: readonly string[];
  /** Whether the result depends on the order of the rows that come in. */
  readonly readsOrder: (stage: EtlTransformation) => boolean;
  /** Writes the outputs of the stage. Throws `NotConverted` with the reason where it cannot. */
  readonly convert: (draft: StageDraft) => PipelineNode;
}
