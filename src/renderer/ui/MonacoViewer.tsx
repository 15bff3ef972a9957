import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { applyTheme, editorOptions, monaco } from './monaco.ts';

export interface CodeViewerProps {
  readonly label: string;
  readonly text: string;
  readonly language: 'sql' | 'yaml' | 'markdown' | 'json' | 'plaintext';
}

/** A text to read with line numbers, folding and search. */
export function MonacoViewer({ label, text, language }: CodeViewerProps): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });

  useEffect(() => {
    if (host.current === null) return undefined;
    const created = monaco.editor.create(host.current, {
      ...editorOptions,
      readOnly: true,
      domReadOnly: true,
      wordWrap: 'on',
    });
    editor.current = created;
    return () => {
      created.getModel()?.dispose();
      created.dispose();
      editor.current = null;
    };
  }, []);

  useEffect(() => {
    // The attribute that switches the tokens is set in the same commit; the next frame sees its colours.
    const frame = requestAnimationFrame(() => applyTheme(scheme === 'dark'));
    return () => cancelAnimationFrame(frame);
  }, [scheme]);

  useEffect(() => {
    const before = editor.current?.getModel();
    editor.current?.setModel(monaco.editor.createModel(text, language));
    before?.dispose();
    editor.current?.updateOptions({ ariaLabel: label });
  }, [text, language, label]);

  return <div ref={host} style={{ flex: 1, minHeight: 0, minWidth: 0 }} data-testid="code-viewer" />;
}
