import {
  IconChevronDown,
  IconChevronRight,
  IconFile,
  IconFileCode,
  IconFileText,
  IconPackageExport,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { OutputFile } from '../../../shared/ipc/contract.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { startRun } from '../../commands/project-commands.ts';
import { call } from '../../data/client.ts';
import { useProject } from '../../data/project-store.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { CodeViewer } from '../../ui/CodeViewer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Pane, PaneEnd, Panes } from '../../ui/Panes.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { formatBytes, formatPlural } from '../../ui/format.ts';
import { text } from '../../ui/text.ts';
import { exportBundle, revealExport } from './commands.ts';
import { treeLines } from './file-tree.ts';
import type { TreeLine } from './file-tree.ts';
import { ResultPane } from './parts/ResultPane.tsx';
import styles from './output.module.css';

/** What the run made: files of the bundle, how validation judged them, what ran where, and the export. */
export function OutputView(): ReactNode {
  const project = useProject((state) => state.project);
  const [chosen, setChosen] = useState<string | null>(null);
  const done = project?.run.nodes.filter((node) => node.state === 'done').length ?? 0;
  const loaded = useLoaded(project === null ? null : `${project.fileName} ${project.run.status} ${done}`, () =>
    call('output.files', {}),
  );
  if (loaded.error !== null) return <ErrorNote error={loaded.error} />;
  if (loaded.value === null && loaded.loading) return <Skeleton />;
  const files = loaded.value?.files ?? [];
  if (loaded.value === null || files.length === 0) {
    return (
      <EmptyState
        icon={<IconPackageExport size={40} stroke={1.3} />}
        title={text.output.empty}
        actions={<CommandButton command={startRun} kind="primary" />}
      >
        {text.output.emptyMore}
      </EmptyState>
    );
  }
  const file = files.find((one) => one.path === chosen) ?? firstShown(files);
  return (
    <Panes name="output" widths={[270, 320]} labels={[text.output.files, text.output.validation]}>
      <FilesPane files={files} current={file.path} onChoose={setChosen} />
      <FilePane key={file.path} file={file} />
      <ResultPane validation={loaded.value.validation} runs={loaded.value.runs} />
    </Panes>
  );
}

/** The first SQL file of a list that is not empty, or its first file. */
function firstShown(files: readonly OutputFile[]): OutputFile {
  const file = files.find((one) => one.kind === 'sql') ?? files[0];
  if (file === undefined) throw new Error('no files to choose from');
  return file;
}

interface FilesPaneProps {
  readonly files: readonly OutputFile[];
  readonly current: string | null;
  readonly onChoose: (path: string) => void;
}

function FilesPane({ files, current, onChoose }: FilesPaneProps): ReactNode {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const exported = useProject((state) => state.project?.lastExport ?? null);
  const choose = (line: TreeLine): void => {
    if (line.file !== null) onChoose(line.path);
    else {
      const next = new Set(closed);
      if (!next.delete(line.path)) next.add(line.path);
      setClosed(next);
    }
  };
  return (
    <Pane
      label={text.output.files}
      head={
        <>
          <h2>{text.output.title}</h2>
          <PaneEnd>{formatPlural(files.length, 'file')}</PaneEnd>
        </>
      }
      foot={
        <div className={styles.exportFoot}>
          <div className={styles.exportButtons}>
            <CommandButton command={exportBundle} kind="primary" />
            {exported === null ? null : <CommandButton command={revealExport} />}
          </div>
          {exported === null ? null : (
            <p>
              {text.output.exported(exported.folder, exported.files)},{' '}
              {exported.verified ? text.output.verified : text.output.notVerified}
            </p>
          )}
        </div>
      }
    >
      <VirtualList
        id="files"
        label={text.output.files}
        items={treeLines(files, closed)}
        keyOf={(line) => line.path}
        current={current}
        rowHeight={28}
        onChoose={choose}
        row={(line) => <FileLine line={line} closed={closed.has(line.path)} />}
      />
    </Pane>
  );
}

function FileLine({ line, closed }: { readonly line: TreeLine; readonly closed: boolean }): ReactNode {
  const Sign =
    line.file === null
      ? closed
        ? IconChevronRight
        : IconChevronDown
      : line.file.kind === 'sql' || line.file.kind === 'yaml'
        ? IconFileCode
        : line.file.kind === 'markdown'
          ? IconFileText
          : IconFile;
  return (
    <>
      <span style={{ paddingLeft: line.depth * 14 }} className={styles.sign}>
        <Sign size={15} stroke={1.6} aria-hidden="true" />
      </span>
      <span className={styles.fileName}>{line.name}</span>
      {line.file === null ? null : <span className={styles.faint}>{formatBytes(line.file.bytes)}</span>}
    </>
  );
}

const languages = {
  sql: 'sql',
  yaml: 'yaml',
  markdown: 'markdown',
  json: 'json',
  csv: 'plaintext',
  text: 'plaintext',
} as const;

function FilePane({ file }: { readonly file: OutputFile }): ReactNode {
  const loaded = useLoaded(file.path, () => call('output.read', { path: file.path }));
  return (
    <Pane
      label={text.output.viewer}
      head={
        <>
          <h2>{file.path}</h2>
          <PaneEnd>{formatBytes(file.bytes)}</PaneEnd>
        </>
      }
    >
      {loaded.error === null ? null : <ErrorNote error={loaded.error} />}
      {loaded.value === null ? (
        loaded.error === null ? (
          <Skeleton />
        ) : null
      ) : (
        <CodeViewer label={file.path} text={loaded.value.text} language={languages[file.kind]} />
      )}
    </Pane>
  );
}
