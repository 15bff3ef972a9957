/** The legacy ETL tools; adding one is a folder and a line here. */
import { type EtlTool, etlTools } from '../../shared/model/etl.ts';
import type { InputFormat } from '../../shared/model/schema.ts';
import { alteryxTool } from './alteryx/index.ts';
import { datastageTool } from './datastage/index.ts';
import { powercenterTool } from './powercenter/index.ts';
import { ssisTool } from './ssis/index.ts';
import type { EtlToolAdapter } from './tool.ts';

export const etlToolRegistry = {
  powercenter: powercenterTool,
  ssis: ssisTool,
  alteryx: alteryxTool,
  datastage: datastageTool,
} satisfies Record<EtlTool, EtlToolAdapter>;

/** The tool whose exports have this format; null for every other format. */
export const etlToolOf = (format: InputFormat): EtlTool | null => etlTools.find((tool) => tool === format) ?? null;
