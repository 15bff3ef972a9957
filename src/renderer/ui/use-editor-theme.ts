import { useComputedColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { applyTheme } from './monaco.ts';

/** Keeps the editors in the colours of the scheme. */
export function useEditorTheme(): void {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  useEffect(() => {
    // The attribute that switches the tokens is set in the same commit; the next frame sees its colours.
    const frame = requestAnimationFrame(() => applyTheme(scheme === 'dark'));
    return () => cancelAnimationFrame(frame);
  }, [scheme]);
}
