import { createTheme } from '@mantine/core';

/** Mantine's own scales, set to the 4-px grid and the 13-px interface text; colours come from tokens.css. */
export const mantineTheme = createTheme({
  primaryColor: 'blue',
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
});
