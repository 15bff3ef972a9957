import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { editorOptions, monaco } from './monaco.ts';
import { useEditorTheme } from './use-editor-theme.ts';

export interface TextDiffProps {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** Two versions of a YAML text side by side. */
export function MonacoDiff({ label, before, after }: TextDiffProps): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneDiffEditor | null>(null);
  useEditorTheme();

  useEffect(() => {
    if (host.current === null) return undefined;
    const created = monaco.editor.createDiffEditor(host.current, {
      ...editorOptions,
      readOnly: true,
      originalEditable: false,
      renderSideBySide: true,
      useInlineViewWhenSpaceIsLimited: false,
      hideUnchangedRegions: { enabled: true },
    });
    editor.current = created;
    return () => {
      const models = created.getModel();
      created.dispose();
      models?.original.dispose();
      models?.modified.dispose();
      editor.current = null;
    };
  }, []);

  useEffect(() => {
    const old = editor.current?.getModel();
    editor.current?.setModel({
      original: monaco.editor.createModel(before, 'yaml'),
      modified: monaco.editor.createModel(after, 'yaml'),
    });
    old?.original.dispose();
    old?.modified.dispose();
    editor.current?.getModifiedEditor().updateOptions({ ariaLabel: label });
    editor.current?.getOriginalEditor().updateOptions({ ariaLabel: label });
  }, [before, after, label]);

  return <div ref={host} style={{ flex: 1, minHeight: 0, minWidth: 0 }} data-testid="text-diff" />;
}
