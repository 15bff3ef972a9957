import { join } from 'node:path';
import { app, clipboard, dialog, nativeTheme, shell } from 'electron';
import { PortolanError } from '../../shared/errors.ts';
import type { Route } from '../../shared/ipc/contract.ts';
import type { InputRole } from '../../shared/model/project.ts';
import { openSample } from '../app/open-sample.ts';
import { dataFlowJsonSchema } from '../../engine/index.ts';
import type { PathGrants } from '../grants.ts';
import { accuracyReport } from '../workbench/accuracy-views.ts';
import { comparedLines, comparedTable, comparedText } from '../workbench/compare-views.ts';
import { checkEdit, estateView, jobDetail, jobPage, saveEdit } from '../workbench/job-views.ts';
import { nodeView, pipelineView } from '../workbench/pipeline-views.ts';
import { runTrial } from '../workbench/trial-views.ts';
import { outputFiles, outputText } from '../workbench/output-views.ts';
import { decide, preview, queuePage, retargeted, reviewItem, similar, undo } from '../workbench/review-views.ts';
import { columnDetail, tableDetail } from '../workbench/schema-views.ts';
import { treePage } from '../workbench/schema-tree.ts';
import { qualityPage } from '../workbench/quality-views.ts';
import { relationView } from '../workbench/references.ts';
import { inputText } from '../workbench/input-text.ts';
import type { Workbench } from '../workbench/workbench.ts';
import { chooseFiles, saveByDialog, window } from './dialogs.ts';
import { lessonHandlers, packHandlers } from './knowledge-handlers.ts';
import type { Handlers } from './router.ts';

export interface HandlerContext {
  readonly workbench: Workbench;
  readonly grants: PathGrants;
  /** Folder of the sample project that comes with the app. */
  readonly sample: string;
}

const projectFilter = [{ name: 'Portolan project', extensions: ['portolan'] }];

/** The handlers of one area of the contract. A route without one does not compile. */
type Area<Name extends string> = Pick<Handlers, Extract<Route, `${Name}.${string}`>>;

/** One handler a route. */
export function createHandlers(context: HandlerContext): Handlers {
  return {
    ...appHandlers(context),
    ...projectHandlers(context),
    ...inputHandlers(context),
    ...runHandlers(context),
    ...schemaHandlers(context),
    ...compareHandlers(context),
    ...reviewHandlers(context),
    ...accuracyHandlers(context),
    ...packHandlers(context.workbench, context.grants),
    ...lessonHandlers(context.workbench, context.grants),
    ...jobHandlers(context),
    ...outputHandlers(context),
    ...historyHandlers(context),
  };
}

function appHandlers({ workbench }: HandlerContext): Area<'app'> {
  return {
    'app.info': async () => {
      const { reason } = await workbench.engine.hosts.embedder();
      return {
        version: app.getVersion(),
        electron: process.versions.electron ?? '',
        // The session refuses every request that leaves the machine, and no model provider is configured.
        offline: true,
        embeddings: reason === null ? 'MiniLM local' : `MiniLM not available: ${reason}`,
        model: 'no model connected',
      };
    },
    'app.setTheme': ({ theme }) => {
      nativeTheme.themeSource = theme;
      return {};
    },
  };
}

function projectHandlers({ workbench, sample }: HandlerContext): Area<'project'> {
  return {
    'project.current': () => (workbench.isOpen() ? workbench.view() : null),
    'project.new': async () => {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), {
        title: 'New project',
        defaultPath: join(app.getPath('documents'), 'migration.portolan'),
        filters: projectFilter,
      });
      return canceled || filePath === ''
        ? null
        : workbench.open(filePath.endsWith('.portolan') ? filePath : `${filePath}.portolan`, 'create');
    },
    'project.open': async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: 'Open project',
        properties: ['openFile'],
        filters: projectFilter,
      });
      return canceled || filePaths[0] === undefined ? null : workbench.open(filePaths[0], 'open');
    },
    'project.openSample': () => openSample(workbench, sample, app.getPath('documents')),
    'project.close': async () => {
      await workbench.closeProject();
      return {};
    },
    'project.settings': ({ settings }) => {
      const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
      workbench.session.changeSettings(given);
      workbench.changed();
      return workbench.view();
    },
  };
}

function inputHandlers({ workbench, grants }: HandlerContext): Area<'inputs'> {
  return {
    'inputs.add': ({ grants: ids, role }) => workbench.addInputs(grants.paths(ids), role),
    'inputs.choose': async ({ role }) => addByDialog(workbench, role),
    'inputs.update': ({ id, role, dialect }) => {
      workbench.session.updateInput(id, { role, dialect });
      return workbench.inputChanged();
    },
    'inputs.remove': ({ id }) => {
      workbench.session.removeInput(id);
      return workbench.inputChanged();
    },
    'inputs.text': ({ id, line }) => {
      const input = workbench.session.inputs().find((one) => one.id === id);
      if (input === undefined) throw new PortolanError('INPUT_INVALID', `There is no input ${id} in this project`);
      return inputText(input, line);
    },
  };
}

function runHandlers({ workbench }: HandlerContext): Area<'run'> {
  return {
    'run.start': () => {
      workbench.startRun();
      return workbench.monitor.view();
    },
    'run.cancel': async () => {
      await workbench.cancelRun();
      return workbench.monitor.view();
    },
    'run.finishReview': () => {
      workbench.finishReview();
      return workbench.monitor.view();
    },
  };
}

function schemaHandlers({ workbench }: HandlerContext): Area<'schema'> {
  return {
    'schema.tree': (input) => treePage(workbench.columns()[input.side], input),
    'schema.table': (input) => tableDetail(workbench, input),
    'schema.column': (input) => columnDetail(workbench, input),
    'schema.quality': (input) => qualityPage(workbench.columns()[input.side], input),
    'schema.relations': ({ side }) => relationView(workbench.columns()[side]),
    'schema.searchTargets': ({ text, limit }) => {
      const found = workbench.columns().target.search(text, limit);
      return { total: found.total, columns: [...found.columns] };
    },
  };
}

function compareHandlers({ workbench, grants }: HandlerContext): Area<'compare'> {
  const { versions } = workbench;
  return {
    'compare.versions': () => versions.list(),
    'compare.choose': async () => versions.add(await chooseFiles('A version of the schema to compare with', false)),
    'compare.add': ({ grants: ids }) => versions.add(grants.paths(ids)),
    'compare.lines': (input) => comparedLines(versions, input),
    'compare.table': (input) => comparedTable(versions, input),
    'compare.copy': async (pair) => {
      const { text, ...counts } = await comparedText(versions, pair, 'markdown');
      await clipboard.writeText(text);
      return counts;
    },
    'compare.save': async (pair) => {
      let counts = { lines: 0, all: 0 };
      const saved = await saveByDialog('schema-changes.md', [markdownFilter, textFilter], async (path) => {
        const { text, ...found } = await comparedText(versions, pair, path.endsWith('.txt') ? 'text' : 'markdown');
        counts = found;
        return text;
      });
      return saved === null ? null : { ...saved, ...counts };
    },
  };
}

function accuracyHandlers({ workbench }: HandlerContext): Area<'accuracy'> {
  return { 'accuracy.report': () => accuracyReport(workbench) };
}

function reviewHandlers({ workbench }: HandlerContext): Area<'review'> {
  return {
    'review.queue': (input) => queuePage(workbench, input),
    'review.item': ({ id }) => reviewItem(workbench, id),
    'review.retarget': (input) => retargeted(workbench, input),
    'review.decide': (input) => decide(workbench, input),
    'review.undo': () => undo(workbench),
    'review.similar': (input) => similar(workbench, input),
    'review.preview': (input) => preview(workbench, input),
  };
}

function jobHandlers({ workbench }: HandlerContext): Area<'jobs'> {
  return {
    'jobs.list': (input) => jobPage(workbench, input),
    'jobs.job': ({ id }) => jobDetail(workbench, id),
    'jobs.pipeline': ({ fileName }) => pipelineView(workbench, fileName),
    'jobs.node': (input) => nodeView(workbench, input),
    'jobs.check': (input) => checkEdit(workbench, input),
    'jobs.save': (input) => saveEdit(workbench, input),
    'jobs.setting': async ({ id, value }) => {
      await workbench.changeSourceSetting(id, value);
      return {};
    },
    'jobs.run': (input) => runTrial(workbench, input),
    'jobs.cancelRun': () => {
      workbench.cancelTrial();
      return {};
    },
    'jobs.schema': () => ({ schema: dataFlowJsonSchema() }),
    'jobs.estate': () => estateView(workbench),
  };
}

function outputHandlers({ workbench }: HandlerContext): Area<'output'> {
  return {
    'output.files': () => outputFiles(workbench),
    'output.read': ({ path }) => outputText(workbench, path),
    'output.export': async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: 'Export the bundle to an empty folder',
        buttonLabel: 'Export here',
        properties: ['openDirectory', 'createDirectory'],
      });
      return canceled || filePaths[0] === undefined ? null : workbench.exportTo(filePaths[0]);
    },
    'output.reveal': () => {
      if (workbench.lastExportPath !== null) shell.showItemInFolder(workbench.lastExportPath);
      return {};
    },
  };
}

function historyHandlers({ workbench }: HandlerContext): Area<'history'> {
  return {
    'history.list': () => ({ checkpoints: [...workbench.session.checkpoints()] }),
  };
}

const markdownFilter = { name: 'Markdown', extensions: ['md'] };
const textFilter = { name: 'Text', extensions: ['txt'] };

async function addByDialog(workbench: Workbench, role: InputRole | null) {
  const paths = await chooseFiles('Add files', true);
  return paths.length === 0 ? workbench.view() : workbench.addInputs(paths, role);
}
