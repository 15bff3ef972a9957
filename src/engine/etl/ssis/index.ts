/** SQL Server Integration Services: packages as .dtsx files. */
import { type EtlToolAdapter, handOver } from '../tool.ts';
import { ssisControl } from './control-flow.ts';
import { convertDataFlow } from './flow/convert-data-flow.ts';
import { linkPackages } from './link-packages.ts';
import { parseSsis } from './parse.ts';

export const ssisTool: EtlToolAdapter = {
  parse: parseSsis,
  link: linkPackages,
  control: ssisControl,
  convertMapping: handOver(convertDataFlow),
};
