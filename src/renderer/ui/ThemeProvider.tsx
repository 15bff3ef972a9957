import { MantineProvider, useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { mantineTheme } from '../theme/mantine-theme.ts';

export const themeNames = ['system', 'light', 'dark'] as const;
export type ThemeName = (typeof themeNames)[number];

interface ThemeProviderProps {
  readonly theme: ThemeName;
  readonly children: ReactNode;
}

/** Gives the component library our theme in the chosen scheme. */
export function ThemeProvider({ theme, children }: ThemeProviderProps): ReactNode {
  return (
    <MantineProvider theme={mantineTheme} defaultColorScheme="auto">
      <Scheme theme={theme} />
      {children}
    </MantineProvider>
  );
}

function Scheme({ theme }: { readonly theme: ThemeName }): null {
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => setColorScheme(theme === 'system' ? 'auto' : theme), [theme, setColorScheme]);
  return null;
}
