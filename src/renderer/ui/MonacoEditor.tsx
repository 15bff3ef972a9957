import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { editorOptions, monaco } from './monaco.ts';
import { useEditorTheme } from './use-editor-theme.ts';
import { type YamlKind, configureYaml, yamlUri } from './monaco-yaml.ts';

export interface Marker {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly line: number | null;
}

export interface YamlEditorProps {
  /** Which schema completes it. */
  readonly kind: YamlKind;
  readonly label: string;
  /** Names the text: another name starts with another text and its own history of undo. */
  readonly fileName: string;
  readonly text: string;
  readonly schema: object;
  readonly markers: readonly Marker[];
  readonly jump: { readonly line: number; readonly count: number } | null;
  readonly onText: (text: string) => void;
}

/** A YAML text to edit, with completion from its schema and the given defects marked at their lines. */
export function MonacoEditor(props: YamlEditorProps): ReactNode {
  const { kind, label, fileName, text, schema, markers, jump, onText } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  const changed = useRef(onText);
  useEditorTheme();
  useEffect(() => {
    changed.current = onText;
  });

  useEffect(() => {
    if (host.current === null) return undefined;
    configureYaml(kind, schema);
    const created = monaco.editor.create(host.current, {
      ...editorOptions,
      wordWrap: 'off',
      quickSuggestions: { other: true, comments: false, strings: true },
      // Tab leaves the editor: nobody who works by keyboard is caught in it.
      tabFocusMode: true,
      fixedOverflowWidgets: true,
    });
    editor.current = created;
    return () => {
      created.dispose();
      editor.current = null;
    };
  }, [kind, schema]);

  useEffect(() => {
    const model = monaco.editor.createModel(text, 'yaml', yamlUri(kind, fileName));
    const listening = model.onDidChangeContent(() => changed.current(model.getValue()));
    editor.current?.setModel(model);
    editor.current?.updateOptions({ ariaLabel: label });
    return () => {
      listening.dispose();
      model.dispose();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- later texts are taken over below, without losing undo
  }, [kind, fileName, label, schema]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (model == null || model.getValue() === text) return;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
  }, [text]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (model != null)
      monaco.editor.setModelMarkers(
        model,
        'engine',
        markers.map((marker) => markerAt(model, marker)),
      );
  }, [markers, fileName]);

  useEffect(() => {
    if (jump === null || editor.current === null) return;
    editor.current.revealLineNearTop(jump.line);
    editor.current.setPosition({ lineNumber: jump.line, column: 1 });
    editor.current.focus();
  }, [jump, fileName]);

  return <div ref={host} style={{ flex: 1, minHeight: 0, minWidth: 0 }} data-testid="yaml-editor" />;
}

/** A defect is known by its line; the mark goes under what is written on it. */
function markerAt(model: monaco.editor.ITextModel, { severity, message, line }: Marker): monaco.editor.IMarkerData {
  const at = Math.min(model.getLineCount(), Math.max(1, line ?? 1));
  return {
    severity: severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    message,
    startLineNumber: at,
    endLineNumber: at,
    startColumn: model.getLineFirstNonWhitespaceColumn(at) || 1,
    endColumn: model.getLineMaxColumn(at),
  };
}
