/** IBM DataStage: job exports as record text (.dsx) or XML. */
import { type EtlToolAdapter, handOver } from '../tool.ts';
import { datastageControl } from './control-flow.ts';
import { convertJob } from './convert/convert-job.ts';
import { linkContainers } from './inline-containers.ts';
import { parseDataStage } from './parse.ts';

export const datastageTool: EtlToolAdapter = {
  parse: parseDataStage,
  link: linkContainers,
  control: datastageControl,
  convertMapping: handOver(convertJob),
};
