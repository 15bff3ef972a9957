/** The editor, cut down to what reading SQL, YAML, Markdown and JSON and editing YAML need. Loaded on first use only. */
import * as monaco from 'monaco-editor/editor/editor.api';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/diffEditor/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/snippet/register';
// The feature's own file brings only the inline kind.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/sql/register';
import 'monaco-editor/languages/definitions/yaml/register';
import 'monaco-editor/languages/definitions/markdown/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';

window.MonacoEnvironment = { getWorker: () => new EditorWorker() };

/** What every editor of the window has in common. */
export const editorOptions = {
  automaticLayout: true,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  renderWhitespace: 'none',
  fontFamily: '"JetBrains Mono", "DejaVu Sans Mono", monospace',
  fontSize: 12.5,
  lineHeight: 20,
  contextmenu: false,
  links: false,
  unicodeHighlight: { ambiguousCharacters: false },
} as const;

const coloured = {
  '': '--tx0',
  keyword: '--keyword',
  string: '--ok',
  number: '--warn',
  comment: '--tx2',
  predefined: '--accent',
  type: '--accent',
  operator: '--keyword',
} as const;

/** Gives the editor the colours that the tokens have now; call again when the scheme changes. */
export function applyTheme(dark: boolean): void {
  const probe = document.createElement('span');
  document.body.append(probe);
  const hex = (token: string): string => {
    probe.style.color = `var(${token})`;
    return toHex(getComputedStyle(probe).color);
  };
  monaco.editor.defineTheme('portolan', {
    base: dark ? 'vs-dark' : 'vs',
    inherit: false,
    rules: Object.entries(coloured).map(([token, variable]) => ({ token, foreground: hex(variable).slice(1) })),
    colors: {
      'editor.background': hex('--bg1'),
      'editor.foreground': hex('--tx0'),
      'editorLineNumber.foreground': hex('--tx2'),
      'editorLineNumber.dimmedForeground': hex('--tx2'),
      'editorLineNumber.activeForeground': hex('--tx0'),
      'editor.lineHighlightBackground': hex('--bg2'),
      'editor.lineHighlightBorder': hex('--bg2'),
      'editor.selectionBackground': hex('--accent-bg'),
      'editorWidget.background': hex('--bg1'),
      'editorWidget.border': hex('--line'),
      focusBorder: hex('--accent'),
      'editorSuggestWidget.background': hex('--bg1'),
      'editorSuggestWidget.border': hex('--line'),
      'editorSuggestWidget.foreground': hex('--tx0'),
      'editorSuggestWidget.selectedBackground': hex('--accent-bg'),
      'editorSuggestWidget.selectedForeground': hex('--tx0'),
      'editorSuggestWidget.highlightForeground': hex('--tx0'),
      'editorSuggestWidget.focusHighlightForeground': hex('--tx0'),
      'editorHoverWidget.background': hex('--bg1'),
      'editorHoverWidget.foreground': hex('--tx0'),
      'editorError.foreground': hex('--bad'),
      'editorWarning.foreground': hex('--warn'),
      'diffEditor.insertedLineBackground': `${hex('--ok-bg')}80`,
      'diffEditor.removedLineBackground': `${hex('--bad-bg')}80`,
      'diffEditor.insertedTextBackground': '#00000000',
      'diffEditor.removedTextBackground': '#00000000',
      'diffEditor.unchangedRegionBackground': hex('--bg2'),
      'diffEditor.unchangedRegionForeground': hex('--tx1'),
    },
  });
  probe.remove();
  monaco.editor.setTheme('portolan');
}

/** A computed colour, "rgb(r, g, b)", as the editor wants it: six digits with a hash. */
function toHex(rgb: string): string {
  const parts = rgb.match(/\d+/g)?.slice(0, 3) ?? [];
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
}

export { monaco };
