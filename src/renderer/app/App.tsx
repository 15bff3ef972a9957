import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useNavigation } from '../commands/navigation.ts';
import { useShortcuts } from '../commands/use-shortcuts.ts';
import { followProject, useProject } from '../data/project-store.ts';
import { DropZone } from '../features/import/DropZone.tsx';
import { Notices } from '../ui/Notices.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { ThemeProvider } from '../ui/ThemeProvider.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { Header } from './Header.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { Rail } from './Rail.tsx';
import { StatusBar } from './StatusBar.tsx';
import { allCommands } from './commands.ts';
import { restoreTheme, useSettings } from './settings-store.ts';
import { views } from './views.ts';
import styles from './app.module.css';

/** The frame that every view shares: rail, header, view, status bar. */
export function App(): ReactNode {
  const theme = useSettings((state) => state.theme);
  const view = useNavigation((state) => state.view);
  const loaded = useProject((state) => state.loaded);
  useEffect(followProject, []);
  useEffect(restoreTheme, []);
  useShortcuts(allCommands);
  const View = views[view].View;
  return (
    <ThemeProvider theme={theme}>
      <div className={styles.frame}>
        <Rail />
        <Header />
        <main className={styles.main} aria-label={views[view].title} data-view={view}>
          <h1 className="visually-hidden">{views[view].title}</h1>
          {loaded ? <View /> : <Skeleton />}
        </main>
        <StatusBar />
      </div>
      <DropZone />
      <CommandPalette commands={allCommands} />
      <KeysDialog commands={allCommands} />
      <Notices />
    </ThemeProvider>
  );
}
