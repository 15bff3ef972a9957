import type { InputRole } from '../../../shared/model/project.ts';
import type { Command } from '../../commands/command.ts';
import { text } from '../../ui/text.ts';
import { chooseFiles } from './inputs.ts';

const adds = (id: string, title: string, role: InputRole | null): Command => ({
  id: `inputs.${id}`,
  title,
  run: () => chooseFiles(role),
});

export const addAny: Command = { ...adds('add', text.commands.addAny, null), keys: ['Mod+Shift+o'] };
export const addSources = adds('addSources', text.commands.addSources, 'source');
export const addTargets = adds('addTargets', text.commands.addTargets, 'target');
export const addEtl = adds('addEtl', text.commands.addEtl, 'etl');

export const importCommands: readonly Command[] = [addAny, addSources, addTargets, addEtl];
