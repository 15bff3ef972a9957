/** Every command of the window, in the order of the palette. */
import type { Command } from '../commands/command.ts';
import { goTo, showKeys, viewIds } from '../commands/navigation.ts';
import { projectCommands } from '../commands/project-commands.ts';
import { importCommands } from '../features/import/commands.ts';
import { jobCommands } from '../features/jobs/commands.ts';
import { outputCommands } from '../features/output/commands.ts';
import { packCommands } from '../features/packs/commands.ts';
import { reviewCommands } from '../features/review/commands.ts';
import { schemaCommands } from '../features/schemas/commands.ts';
import { text } from '../ui/text.ts';
import { openPalette } from '../ui/Palette.tsx';
import { chooseTheme, showSettings } from './settings-store.ts';

const viewCommands: readonly Command[] = viewIds.map((view, index) => ({
  id: `view.${view}`,
  title: text.commands.show(text.views[view]),
  keys: [`Mod+${index + 1}`],
  run: () => goTo(view),
}));

const appCommands: readonly Command[] = [
  { id: 'app.palette', title: text.commands.palette, keys: ['Mod+k'], keyOnly: true, run: openPalette },
  { id: 'app.keys', title: text.commands.keys, keys: ['?'], run: () => showKeys(true) },
  { id: 'app.settings', title: text.commands.settings, keys: ['Mod+,'], run: () => showSettings(true) },
  { id: 'theme.system', title: text.commands.themeSystem, run: () => chooseTheme('system') },
  { id: 'theme.light', title: text.commands.themeLight, run: () => chooseTheme('light') },
  { id: 'theme.dark', title: text.commands.themeDark, run: () => chooseTheme('dark') },
];

export const allCommands: readonly Command[] = [
  ...reviewCommands,
  ...importCommands,
  ...jobCommands,
  ...outputCommands,
  ...schemaCommands,
  ...packCommands,
  ...projectCommands,
  ...viewCommands,
  ...appCommands,
];
