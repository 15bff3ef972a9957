import type { Command } from '../../commands/command.ts';
import { goTo } from '../../commands/navigation.ts';
import { call } from '../../data/client.ts';
import { notify } from '../../data/notices.ts';
import { useProject } from '../../data/project-store.ts';
import { text } from '../../ui/text.ts';

function hasOutput(): true | string {
  const { project } = useProject.getState();
  if (project === null) return text.why.noProject;
  return project.run.nodes.some((node) => node.id === 'sql' && node.state === 'done') ? true : text.why.noOutput;
}

export const exportBundle: Command = {
  id: 'output.export',
  title: text.commands.exportBundle,
  keys: ['Mod+e'],
  when: hasOutput,
  run: async () => {
    const result = await call('output.export', {});
    if (result === null) return;
    useProject.setState(({ project }) => (project === null ? {} : { project: { ...project, lastExport: result } }));
    goTo('output');
    const exported = text.output.exported(result.folder, result.files);
    if (result.verified) notify('ok', exported, text.output.verified);
    else notify('bad', `${exported}, ${text.output.notVerified}`, text.output.exportedHint);
  },
};

export const revealExport: Command = {
  id: 'output.reveal',
  title: text.commands.reveal,
  when: () => (useProject.getState().project?.lastExport == null ? text.why.noExport : true),
  run: async () => {
    await call('output.reveal', {});
  },
};

export const outputCommands: readonly Command[] = [exportBundle, revealExport];
