import { create } from 'zustand';
import { call } from '../data/client.ts';
import { reportFailure } from '../data/notices.ts';
import { setProject } from '../data/project-store.ts';
import { readPreference, writePreference } from '../ui/preferences.ts';
import { themeNames } from '../ui/ThemeProvider.tsx';
import type { ThemeName } from '../ui/ThemeProvider.tsx';

interface SettingsState {
  readonly shown: boolean;
  readonly theme: ThemeName;
}

export const useSettings = create<SettingsState>(() => ({ shown: false, theme: 'system' }));

export function showSettings(shown: boolean): void {
  useSettings.setState({ shown });
}

/** Applies a theme to the page and to what the system draws around it, and remembers it. */
export function chooseTheme(theme: ThemeName): void {
  useSettings.setState({ theme });
  writePreference('theme', theme);
  call('app.setTheme', { theme }).catch(reportFailure);
}

/** Whether this project shows values of personal data masked. */
export function maskPersonal(masked: boolean): void {
  call('project.settings', { settings: { maskPersonalData: masked } }).then(setProject, reportFailure);
}

/** Takes up the theme of the last time. */
export function restoreTheme(): void {
  const stored = themeNames.find((name) => name === readPreference('theme'));
  if (stored !== undefined && stored !== 'system') chooseTheme(stored);
}
