/** What a tool is there for, beside records: documentation, the questions of an app, and what acts on their answers. */
import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import { propertyOf } from './properties.ts';

export type ToolRole = 'data' | 'documentation' | 'question' | 'action';

const documentation = new Set([
  'TextBox',
  'ToolContainer',
  'ControlContainer',
  'BrowseV2',
  'Browse',
  'LockInBrowse',
  'ExplorerBox',
  'Tab',
  'Label',
  'LabelGroup',
  'Link',
  'Separator',
  'HtmlBox',
]);

export function roleOf(transformation: EtlTransformation): ToolRole {
  if (documentation.has(transformation.type)) return 'documentation';
  const plugin = propertyOf(transformation, 'tool.plugin') ?? '';
  if (plugin.startsWith('AlteryxGuiToolkit.Questions.')) return 'question';
  return plugin.startsWith('AlteryxGuiToolkit.') ? 'action' : 'data';
}
