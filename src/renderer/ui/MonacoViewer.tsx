import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { editorOptions, monaco } from './monaco.ts';
import { useEditorTheme } from './use-editor-theme.ts';
import styles from './ui.module.css';

export interface CodeViewerProps {
  readonly label: string;
  readonly text: string;
  readonly language: 'sql' | 'yaml' | 'markdown' | 'json' | 'plaintext';
  /** Number of the first line, where the text is a part of a file. */
  readonly firstLine?: number;
  /** Number of a line to mark and bring into sight. */
  readonly markedLine?: number | null;
}

/** A text to read with line numbers, folding and search. */
export function MonacoViewer(props: CodeViewerProps): ReactNode {
  const { label, text, language, firstLine = 1, markedLine = null } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  useEditorTheme();

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
    const before = editor.current?.getModel();
    editor.current?.setModel(monaco.editor.createModel(text, language));
    before?.dispose();
    editor.current?.updateOptions({
      ariaLabel: label,
      lineNumbers: firstLine === 1 ? 'on' : (line) => String(line + firstLine - 1),
    });
  }, [text, language, label, firstLine]);

  useEffect(() => {
    if (markedLine === null || editor.current === null) return undefined;
    const line = markedLine - firstLine + 1;
    const marked = editor.current.createDecorationsCollection([
      { range: new monaco.Range(line, 1, line, 1), options: { isWholeLine: true, className: styles.markedLine ?? '' } },
    ]);
    editor.current.setPosition({ lineNumber: line, column: 1 });
    editor.current.revealLineInCenter(line);
    return () => marked.clear();
  }, [text, firstLine, markedLine]);

  return <div ref={host} style={{ flex: 1, minHeight: 0, minWidth: 0 }} data-testid="code-viewer" />;
}
