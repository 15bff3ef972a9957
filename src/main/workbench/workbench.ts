/**
 * What the window works on: the open project, its run and what is known of its inputs. Everything durable lies in the
 * project session; this class decides when things happen and tells the window about them.
 */
import { basename } from 'node:path';
import { PortolanError } from '../../shared/errors.ts';
import type { EventName, EventPayload, ProjectView } from '../../shared/ipc/contract.ts';
import { isPending } from '../../shared/model/mapping.ts';
import type { ConversionJob } from '../../shared/model/conversion.ts';
import type { InputRole } from '../../shared/model/project.ts';
import type { LocalEngine } from '../../engine/adapters/index.ts';
import type { PipelineExecution, ProjectSession } from '../../engine/index.ts';
import { ColumnIndex } from './column-index.ts';
import { InputInspector } from './input-inspector.ts';
import { PackFolder } from './pack-folder.ts';
import { RunMonitor } from './run-monitor.ts';
import { SchemaVersions } from './schema-versions.ts';

export type Emit = <E extends EventName>(name: E, payload: EventPayload<E>) => void;

const PROGRESS_INTERVAL_MS = 100;

export class Workbench {
  readonly engine: LocalEngine;
  /** Schemas to hold against each other. */
  readonly versions: SchemaVersions;
  readonly packs: PackFolder;
  readonly #emit: Emit;
  readonly #opened: (path: string | null) => void;
  readonly #inspector: InputInspector;
  readonly #monitor = new RunMonitor();
  #session: ProjectSession | null = null;
  #running: { readonly controller: AbortController; readonly done: Promise<void> } | null = null;
  #trial: AbortController | null = null;
  #lastExport: ProjectView['lastExport'] = null;
  #lastExportPath: string | null = null;
  #lastProgressAt = 0;
  #index: { readonly key: string; readonly source: ColumnIndex; readonly target: ColumnIndex } | null = null;

  /** `opened` hears of the path of each project that is opened, and null when one is closed. */
  constructor(engine: LocalEngine, emit: Emit, opened: (path: string | null) => void) {
    this.#opened = opened;
    this.engine = engine;
    this.#emit = emit;
    this.#inspector = new InputInspector(engine, () => this.changed());
    this.packs = new PackFolder(engine.packsDir, () => this.#session?.settings().domain ?? null);
    this.versions = new SchemaVersions(engine, {
      inputs: () => this.#session?.inputs() ?? [],
      side: (side) => {
        const tables = this.#session?.state()?.discovery?.[side].flatMap((file) => file.tables) ?? [];
        return tables.length === 0 ? null : { key: this.#session?.latestCheckpoint()?.id ?? '', tables };
      },
    });
  }

  get session(): ProjectSession {
    if (this.#session === null)
      throw new PortolanError('INPUT_INVALID', 'No project is open', { hint: 'Open or create one first.' });
    return this.#session;
  }

  get monitor(): RunMonitor {
    return this.#monitor;
  }

  get lastExportPath(): string | null {
    return this.#lastExportPath;
  }

  isOpen(): boolean {
    return this.#session !== null;
  }

  async open(path: string, mode: 'create' | 'open'): Promise<ProjectView> {
    await this.close();
    const session = this.engine.openProject(path, mode);
    try {
      await session.ready();
    } catch (thrown) {
      session.close();
      throw thrown;
    }
    // Another may have been opened meanwhile.
    await this.close();
    this.#session = session;
    this.#monitor.restore(session);
    this.#inspector.inspect(session.inputs());
    this.#opened(path);
    this.changed();
    return this.view();
  }

  /** Closes the project at the user's wish: the next start opens none. */
  async closeProject(): Promise<void> {
    await this.close();
    this.#opened(null);
  }

  /** Stops the run where it is (its last checkpoint stays) and closes the file. */
  async close(): Promise<void> {
    this.cancelTrial();
    await this.cancelRun();
    this.#session?.close();
    this.#session = null;
    this.#index = null;
    this.#lastExport = null;
    this.#lastExportPath = null;
    this.#inspector.clear();
    this.versions.clear();
  }

  /** Adds files; ones that cannot be read at all are named in the error, after the others have been added. */
  async addInputs(paths: readonly string[], role: InputRole | null): Promise<ProjectView> {
    const failures: PortolanError[] = [];
    for (const path of await this.engine.expandPaths(paths)) {
      try {
        await this.session.addInput(path, role);
      } catch (thrown) {
        if (!(thrown instanceof PortolanError)) throw thrown;
        failures.push(thrown);
      }
    }
    this.#inspector.inspect(this.session.inputs());
    this.changed();
    const [first] = failures;
    if (first !== undefined) {
      const more = failures.length === 1 ? '' : ` (and ${failures.length - 1} more)`;
      throw new PortolanError(first.code, `${first.message}${more}`, { hint: first.hint, where: first.where });
    }
    return this.view();
  }

  inputChanged(): ProjectView {
    this.#inspector.inspect(this.session.inputs());
    this.changed();
    return this.view();
  }

  /** Starts a new run, or goes on with one that was cut off. Returns at once; events tell the rest. */
  startRun(): void {
    if (this.#running !== null) return;
    const { session } = this;
    const resumable = this.#monitor.view().status;
    const fresh = resumable !== 'cancelled' && resumable !== 'failed';
    if (fresh || !sameInputs(session)) session.startRun();
    this.#go(fresh);
  }

  finishReview(): void {
    if (this.#running !== null) return;
    this.session.finishReview();
    this.#go(false);
  }

  async cancelRun(): Promise<void> {
    this.#running?.controller.abort(new PortolanError('CANCELLED', 'Cancelled'));
    await this.#running?.done;
  }

  #go(fresh: boolean): void {
    const { session } = this;
    const controller = new AbortController();
    this.#monitor.started(fresh);
    const done = session
      .continueRun({
        policy: 'pause',
        signal: controller.signal,
        onEvent: (event) => {
          this.#monitor.event(event);
          this.#progress(event.type !== 'progress');
          // What discovery found can be looked at while the rest goes on.
          if (event.type === 'node_finished' && event.node === 'discovery') this.changed();
        },
      })
      .then(
        (outcome) => this.#monitor.ended(outcome),
        (thrown: unknown) =>
          this.#monitor.ended({
            status: 'failed',
            node: null,
            error: { code: 'INTERNAL', message: thrown instanceof Error ? thrown.message : String(thrown) },
          }),
      )
      .then(() => {
        this.#running = null;
        this.#progress(true);
        this.changed();
      });
    this.#running = { controller, done };
    this.#progress(true);
  }

  /** A person's version of a pipeline. Documents and validation follow when the run goes on. Refused while it runs. */
  editPipeline(fileName: string, yaml: string): Promise<ConversionJob> {
    return this.#revise((signal) => this.session.editPipeline(fileName, yaml, signal));
  }

  /** What a person says of a source system; the jobs that depend on it are converted anew. Refused while the run goes. */
  changeSourceSetting(id: string, value: string | null): Promise<void> {
    return this.#revise((signal) => this.session.changeSourceSetting(id, value, signal));
  }

  async #revise<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#running !== null)
      throw new PortolanError('INPUT_INVALID', 'The run is going', { hint: 'Wait until it ends, or cancel it.' });
    const controller = new AbortController();
    const { session } = this;
    const revision = work(controller.signal);
    this.#running = { controller, done: revision.then(nothing, nothing) };
    try {
      return await revision;
    } finally {
      this.#running = null;
      this.#monitor.restore(session);
      this.changed();
    }
  }

  /** Runs one pipeline for a person to look at; the one before is cancelled. Null where it was cancelled. */
  async runPipeline(
    fileName: string,
    options: { readonly rows: 'files' | 'generated'; readonly generate: number },
  ): Promise<PipelineExecution | null> {
    this.cancelTrial();
    const controller = new AbortController();
    this.#trial = controller;
    try {
      return await this.session.runPipeline(fileName, { ...options, signal: controller.signal });
    } catch (thrown) {
      if (controller.signal.aborted) return null;
      throw thrown;
    } finally {
      if (this.#trial === controller) this.#trial = null;
    }
  }

  cancelTrial(): void {
    this.#trial?.abort(new PortolanError('CANCELLED', 'Cancelled'));
  }

  async exportTo(folder: string): Promise<NonNullable<ProjectView['lastExport']>> {
    const check = await this.session.exportBundle(folder);
    this.#lastExport = { folder: basename(folder), files: check.files, verified: check.verified };
    this.#lastExportPath = folder;
    this.changed();
    return this.#lastExport;
  }

  /** Tables and columns by key, as the run found them. Throws before discovery has finished. */
  columns(): { readonly source: ColumnIndex; readonly target: ColumnIndex } {
    const discovery = this.session.state()?.discovery;
    const masks = this.session.settings().maskPersonalData === true;
    const key = `${this.session.latestCheckpoint()?.id ?? ''} ${masks}`;
    if (discovery === undefined)
      throw new PortolanError('INPUT_INVALID', 'The run has not read the inputs yet', { hint: 'Start the run first.' });
    if (this.#index?.key !== key)
      this.#index = {
        key,
        source: new ColumnIndex(discovery, 'source', masks),
        target: new ColumnIndex(discovery, 'target', masks),
      };
    return this.#index;
  }

  changed(): void {
    if (this.#session !== null) this.#emit('project.changed', this.view());
  }

  view(): ProjectView {
    const { session } = this;
    const settings = session.settings();
    const mappings = session.mappings();
    const discovery = session.state()?.discovery;
    const count = (side: 'source' | 'target'): { tables: number; columns: number } => {
      const tables = (discovery?.[side] ?? []).flatMap((file) => file.tables);
      return { tables: tables.length, columns: tables.reduce((sum, table) => sum + table.columns.length, 0) };
    };
    const [source, target] = [count('source'), count('target')];
    return {
      fileName: basename(session.path),
      title: settings.title,
      settings,
      inputs: session.inputs().map((input) => this.#inspector.view(input)),
      run: this.#monitor.view(),
      counts: {
        sourceTables: source.tables,
        sourceColumns: source.columns,
        targetTables: target.tables,
        targetColumns: target.columns,
        pending: mappings.filter(isPending).length,
        decided: mappings.filter((mapping) => ['approved', 'modified', 'rejected'].includes(mapping.status)).length,
        mappings: mappings.length,
      },
      evaluation: session.evaluation(),
      lastExport: this.#lastExport,
    };
  }

  #progress(force: boolean): void {
    const now = performance.now();
    if (!force && now - this.#lastProgressAt < PROGRESS_INTERVAL_MS) return;
    this.#lastProgressAt = now;
    this.#emit('run.progress', this.#monitor.view());
  }
}

const nothing = (): void => {};

/** True where the run that was cut off was over the inputs that the project has now. */
function sameInputs(session: ProjectSession): boolean {
  const ofRun = session.state()?.inputs ?? [];
  const now = session.inputs();
  const describe = (inputs: typeof now): string =>
    JSON.stringify(inputs.map(({ id, role, dialect, sha256 }) => [id, role, dialect, sha256].join(' ')).toSorted());
  return describe(ofRun) === describe(now);
}
