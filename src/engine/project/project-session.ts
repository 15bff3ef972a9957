/**
 * One open project: its inputs, its run, its decisions and its bundle. The window and the command line both work through
 * this class; it holds no state that is not in the project file, apart from what is being done right now.
 */
import { PortolanError } from '../../shared/errors.ts';
import type { ConversionJob } from '../../shared/model/conversion.ts';
import type { KnownMapping } from '../../shared/model/known-mapping.ts';
import type { Decision, DecisionInput, Evaluation, LearnedPattern, Mapping } from '../../shared/model/mapping.ts';
import type { Checkpoint, InputFile, InputRole, ProjectSettings, RunState } from '../../shared/model/project.ts';
import { type ColumnRef, type Diagnostic, type Dialect, columnKey } from '../../shared/model/schema.ts';
import { tablesOf } from '../core/sides.ts';
import { buildBundle } from '../bundle/build-bundle.ts';
import { MANIFEST_FILE } from '../bundle/manifest.ts';
import { type BundleCheck, verifyBundle } from '../bundle/verify-bundle.ts';
import { type RunOutcome, rewindThread, runThread, startThread } from '../graph/run-thread.ts';
import { importPack, type PackImport, type Preference } from '../learning/import-pack.ts';
import { patternFromDecision, withoutLesson } from '../learning/pattern-from-decision.ts';
import { editsOf, reviseJob } from '../etl/revise-job.ts';
import { withSourceSetting } from '../etl/assumptions.ts';
import { type PipelineExecution, readPipeline } from '../etl/execute-job.ts';
import { settingOf } from '../expr/source-settings.ts';
import { convertJobs, runForPerson, tryJob } from '../nodes/sql-generator/convert-jobs.ts';
import type { ReviewPolicy } from '../nodes/dependencies.ts';
import { readingFailures } from '../nodes/discovery/reading-failures.ts';
import { createPipelineGraph } from '../nodes/pipeline-graph.ts';
import type { Evaluated } from '../nodes/evaluator/create-evaluator.ts';
import { createSettler, type Settler } from '../nodes/settle-mappings.ts';
import type { NewDecision, ProjectStore } from '../ports/project-store.ts';
import { decisionsFromKnown } from '../review/known-mappings.ts';
import { withoutStanding } from '../review/without-standing.ts';
import { retarget } from '../review/retarget.ts';
import { lastDecisions } from '../review/apply-decisions.ts';
import { checkUnchanged, describeInput, inRunOrder } from './project-inputs.ts';
import type { RunRequest, SessionDependencies } from './session-dependencies.ts';

export class ProjectSession {
  readonly #store: ProjectStore;
  readonly #deps: SessionDependencies;
  #settler: { readonly state: RunState; readonly settle: Settler } | null = null;
  #stateCache: { readonly checkpointId: string; readonly state: RunState } | null = null;

  constructor(store: ProjectStore, dependencies: SessionDependencies) {
    this.#store = store;
    this.#deps = dependencies;
  }

  /** Reads the state ahead, so that nobody has to stand still for it later. */
  async ready(): Promise<void> {
    const latest = this.latestCheckpoint();
    if (latest === null || this.#stateCache?.checkpointId === latest.id) return;
    const stored = await this.#store.checkpoints.read(latest.id);
    if (stored !== null) this.#stateCache = { checkpointId: latest.id, state: stored.state as unknown as RunState };
  }

  get path(): string {
    return this.#store.path;
  }

  close(): void {
    this.#store.close();
  }

  settings(): ProjectSettings {
    return this.#store.settings();
  }

  changeSettings(patch: Partial<ProjectSettings>): ProjectSettings {
    const next = { ...this.#store.settings(), ...patch };
    this.#store.saveSettings(next);
    return next;
  }

  inputs(): readonly InputFile[] {
    return this.#store.inputs();
  }

  /**
   * Adds a file, or finds it among those added before: in the given role, or in any where none is given.
   * Throws PortolanError where it cannot be read.
   */
  async addInput(path: string, role: InputRole | null): Promise<InputFile> {
    const described = await describeInput(path, role, this.#deps.files, this.#deps.sha256);
    const all = this.inputs();
    const same = all.filter(({ name, sha256 }) => name === described.name && sha256 === described.sha256);
    const known = same.find((input) => role === null || input.role === role);
    const input = known === undefined ? this.#withFreeId(described, all) : { ...known, path: described.path };
    this.#store.saveInput(input);
    return input;
  }

  updateInput(
    id: string,
    patch: { readonly role?: InputRole | undefined; readonly dialect?: Dialect | null | undefined },
  ): InputFile {
    const input = this.inputs().find((candidate) => candidate.id === id);
    if (input === undefined) throw new PortolanError('INPUT_INVALID', `There is no input ${id} in this project`);
    const next: InputFile = {
      ...input,
      role: patch.role ?? input.role,
      dialect: patch.dialect === undefined ? input.dialect : patch.dialect,
    };
    this.#store.saveInput(next);
    return next;
  }

  removeInput(id: string): void {
    this.#store.removeInput(id);
  }

  /** Begins a new run over the inputs as they are. Throws where a side is missing. */
  startRun(): void {
    const inputs = inRunOrder(this.inputs());
    const missing = (['source', 'target'] as const).find((role) => !inputs.some((input) => input.role === role));
    if (missing !== undefined && !inputs.some((input) => input.role === 'etl')) {
      throw new PortolanError('INPUT_INVALID', `The project has no ${missing} schema`, {
        hint: `Add DDL or data files of the ${missing} side.`,
      });
    }
    const pipelineEdits = (this.state()?.jobs ?? []).flatMap(editsOf);
    const threadId = this.#store.newThread();
    startThread<RunState>(
      { ...this.#runOptions('auto'), threadId },
      { settings: this.settings(), inputs, ...(pipelineEdits.length === 0 ? {} : { pipelineEdits }) },
    );
    this.#log('info', 'run', `${threadId} started with ${inputs.length} inputs`);
  }

  /** Goes on with the current run until it ends, waits for review, fails or is cancelled. */
  async continueRun({ policy, signal, onEvent }: RunRequest): Promise<RunOutcome<RunState>> {
    const threadId = this.#currentThread();
    for (const input of this.state()?.inputs ?? []) await checkUnchanged(input, this.#deps.files);
    const outcome = await runThread<RunState>({
      ...this.#runOptions(policy),
      threadId,
      signal,
      ...(onEvent === undefined ? {} : { onEvent }),
    });
    const detail = outcome.error === null ? '' : `: ${outcome.error.message}`;
    this.#log(outcome.status === 'failed' ? 'error' : 'info', 'run', `${threadId} ${outcome.status}${detail}`);
    return outcome;
  }

  /** The person said that review is done: what is pending stays out. */
  finishReview(): void {
    const review = this.state()?.review;
    if (review === undefined) throw new PortolanError('INPUT_INVALID', 'The run has not reached review yet');
    rewindThread(
      { checkpointer: this.#store.checkpoints, threadId: this.#currentThread(), clock: this.#deps.clock },
      'review',
      { review: { ...review, finished: true } },
    );
  }

  /** Has the run take in decisions that were made after it had passed review. */
  reopenReview(): void {
    const state = this.state();
    if (state?.proposals === undefined) return;
    const patch = state.review === undefined ? {} : { review: { ...state.review, finished: false } };
    rewindThread(
      { checkpointer: this.#store.checkpoints, threadId: this.#currentThread(), clock: this.#deps.clock },
      'review',
      patch,
    );
  }

  /**
   * Puts a person's text in the place of a pipeline (by its file name), tries the job's pipelines again, and has the run
   * go on from there with documents and validation. Throws where the text is no pipeline or there is none of that name.
   */
  async editPipeline(fileName: string, yaml: string, signal: AbortSignal): Promise<ConversionJob> {
    const state = this.state();
    const jobs = state?.jobs ?? [];
    const at = jobs.findIndex((job) => job.pipelines.some((one) => one.fileName === fileName));
    const job = jobs[at];
    if (state?.discovery === undefined || job === undefined)
      throw new PortolanError('INPUT_INVALID', `There is no pipeline ${fileName} in this project`);
    const { converter } = this.#deps;
    const { job: revised, defects } = await reviseJob(job, { fileName, yaml }, (edit) => converter.readEdit(edit));
    if (revised === null) {
      const [first] = defects;
      throw new PortolanError('INPUT_INVALID', first?.message ?? `${fileName} is no DataFlow document`, {
        hint: 'Correct the text; what was saved before stays.',
        where: { file: fileName, ...(first?.line == null ? {} : { line: first.line }) },
      });
    }
    const tried = await tryJob(revised, { ...state, discovery: state.discovery }, this.#deps, signal);
    await this.#goOnWith({ jobs: jobs.with(at, tried) });
    this.#log('info', 'jobs', `${fileName} edited`);
    return tried;
  }

  /**
   * Keeps what a person says of a source system, for this and later conversions; null takes it back. Jobs of its tool are
   * converted and tried again, and the run goes on from there. Throws where there is no such setting or value.
   */
  async changeSourceSetting(id: string, value: string | null, signal: AbortSignal): Promise<void> {
    const { etlSettings = {} } = this.settings();
    const settings = this.changeSettings({ etlSettings: withSourceSetting(etlSettings, id, value) });
    const state = this.state();
    if (state?.discovery === undefined || state.jobs === undefined) return;
    const tool = settingOf(id)?.tool;
    const { jobs, discovery } = state;
    const changed = { ...state.settings, etlSettings: settings.etlSettings };
    const converted = await convertJobs(
      { ...state, discovery, settings: changed, pipelineEdits: jobs.flatMap(editsOf) },
      this.#deps,
      { signal, report: () => {} },
      jobs.map((job) => (job.tool === tool ? null : job)),
    );
    await this.#goOnWith({ jobs: converted, settings: changed });
    this.#log('info', 'jobs', `${id} is ${value ?? 'assumed'}`);
  }

  /** Has the run go on from the documents with other jobs, which may be large. */
  async #goOnWith(patch: Partial<RunState>): Promise<void> {
    const { checkpoints } = this.#store;
    await checkpoints.prepare(patch);
    const options = { checkpointer: checkpoints, threadId: this.#currentThread(), clock: this.#deps.clock };
    rewindThread(options, 'documents', patch);
  }

  /** Runs a pipeline (by its file name) for a person to look at; nothing is kept of it. */
  async runPipeline(fileName: string, options: Parameters<typeof runForPerson>[3]): Promise<PipelineExecution> {
    const state = this.state();
    const artifact = state?.jobs?.flatMap((job) => job.pipelines).find((one) => one.fileName === fileName);
    if (state?.discovery === undefined || artifact === undefined)
      throw new PortolanError('INPUT_INVALID', `There is no pipeline ${fileName} in this project`);
    if (artifact.kind !== 'Pipeline')
      throw new PortolanError('UNSUPPORTED', `${fileName} is no pipeline that could be run`, {
        hint: 'A workflow orders pipelines: run each of them.',
      });
    const { pipeline, problem } = await readPipeline(artifact.yaml, this.#deps.converter);
    if (pipeline === null)
      throw new PortolanError('UNSUPPORTED', `${fileName} cannot be run here: ${problem ?? 'it is no pipeline'}`);
    return runForPerson(pipeline, { ...state, discovery: state.discovery }, this.#deps, options);
  }

  latestCheckpoint(): Checkpoint | null {
    const threadId = this.#store.currentThread();
    return threadId === null ? null : (this.#store.checkpoints.list(threadId).at(-1) ?? null);
  }

  /** The state of the current run as of its last checkpoint; null before the first run. */
  state(): RunState | null {
    const latest = this.latestCheckpoint();
    if (latest === null) return null;
    if (this.#stateCache?.checkpointId !== latest.id) {
      const stored = this.#store.checkpoints.get(latest.id);
      if (stored === null) return null;
      this.#stateCache = { checkpointId: latest.id, state: stored.state as unknown as RunState };
    }
    return this.#stateCache?.state ?? null;
  }

  checkpoints(): readonly Checkpoint[] {
    return this.#store.checkpoints.list();
  }

  /** The state at any checkpoint. Throws where there is none of that id. */
  stateAt(checkpointId: string): RunState {
    const stored = this.#store.checkpoints.get(checkpointId);
    if (stored === null)
      throw new PortolanError('INPUT_INVALID', `There is no checkpoint ${checkpointId}`, {
        hint: 'List them with `portolan history PROJECT`.',
      });
    return stored.state as unknown as RunState;
  }

  decisions(): readonly Decision[] {
    return this.#store.decisions();
  }

  patterns(): readonly LearnedPattern[] {
    return this.#store.patterns();
  }

  /** Takes a learning pack in. What the pack changes is used from the next matching on. */
  importLessons(pack: readonly LearnedPattern[], preference: Preference): PackImport {
    const done = importPack(this.patterns(), pack, preference);
    this.#store.removePatterns(done.removed);
    this.#store.savePatterns(done.patterns);
    this.#log('info', 'learning', `${done.added} lessons taken in, ${done.conflicts.length} in conflict`);
    return done;
  }

  /** Forgets lessons. Those of this project's own decisions come back when one of these is undone. */
  removeLessons(ids: readonly string[]): void {
    this.#store.removePatterns(ids);
    this.#log('info', 'learning', `${ids.length} lessons removed`);
  }

  /** The mappings as they stand right now: proposals and decisions, before or after the run has taken them in. */
  mappings(): readonly Mapping[] {
    return this.#settle()?.mappings ?? [];
  }

  evaluation(): Evaluation | null {
    return this.#settle()?.evaluation ?? null;
  }

  /** Decisions of a file: as `decide`, without those that stand already, so that a file may be read again. */
  importDecisions(inputs: readonly DecisionInput[]): readonly Decision[] {
    return this.#append(withoutStanding(this.#entriesOf(inputs, 'import'), this.decisions()));
  }

  /** The lines of a mapping table as decisions of this run. Returns how many columns they settle. */
  importKnownMappings(known: readonly KnownMapping[]): number {
    const { discovery, proposals } = this.state() ?? {};
    const sides = { source: tablesOf(discovery, 'source'), target: tablesOf(discovery, 'target') };
    const decisions = decisionsFromKnown(known, proposals ?? [], sides);
    this.importDecisions(decisions);
    return decisions.length;
  }

  /** Appends the decisions as one batch, learns from them, and returns them. Throws where a mapping is not there. */
  decide(inputs: readonly DecisionInput[], by: string): readonly Decision[] {
    return this.#append(this.#entriesOf(inputs, by));
  }

  #entriesOf(inputs: readonly DecisionInput[], by: string): readonly NewDecision[] {
    const byId = this.#mappingsById();
    return inputs.map((input) => {
      const mapping = byId.get(input.mappingId);
      if (mapping === undefined)
        throw new PortolanError('INPUT_INVALID', `There is no mapping ${input.mappingId}`, {
          hint: 'The ids are in mappings/mappings.json of a bundle.',
        });
      const target = input.verdict === 'modify' && input.target !== undefined ? input.target : mapping.target;
      const transformation =
        input.verdict === 'reject' ? null : (input.transformation ?? this.#transformationFor(mapping, target));
      return {
        mappingId: input.mappingId,
        verdict: input.verdict,
        target,
        transformation,
        note: input.note ?? null,
        undoes: null,
        by,
      };
    });
  }

  #append(entries: readonly NewDecision[]): readonly Decision[] {
    const before = this.#mappingsById();
    this.#withdraw(entries);
    const appended = this.#store.appendDecisions(entries, this.#deps.clock.now());
    this.#learn(appended, before);
    return appended;
  }

  #mappingsById(): ReadonlyMap<string, Mapping> {
    return new Map(this.mappings().map((mapping) => [mapping.id, mapping]));
  }

  /** Takes back the last batch that still stands; null where there is none. What was learned from it is unlearned. */
  undo(): readonly Decision[] | null {
    const log = this.decisions();
    const undone = new Set(log.flatMap((decision) => decision.undoes ?? []));
    const last = log.findLast((decision) => decision.verdict !== 'undo' && !undone.has(decision.seq));
    if (last === undefined) return null;
    const batch = log.filter((decision) => decision.batch === last.batch && decision.verdict !== 'undo');
    const entries = batch.map((decision): NewDecision => ({
      ...withoutStamp(decision),
      verdict: 'undo',
      undoes: decision.seq,
    }));
    const appended = this.#store.appendDecisions(entries, this.#deps.clock.now());
    this.#relearn();
    return appended;
  }

  /** The bundle's files as they would be written now. Throws where the run has not finished. */
  bundle(): ReadonlyMap<string, Uint8Array> {
    const state = this.state();
    if (state?.validation === undefined)
      throw new PortolanError('INPUT_INVALID', 'The run has not finished yet, so there is no bundle', {
        hint: 'Finish the run first.',
      });
    return buildBundle({
      state,
      decisions: this.decisions(),
      generator: this.#deps.generator,
      sha256: this.#deps.sha256,
    });
  }

  /** Throws where `exportBundle` would refuse the folder, before a long run. */
  async checkExport(folder: string): Promise<void> {
    await this.#deps.files.checkReplaceable(this.#deps.files.absolute(folder), MANIFEST_FILE);
  }

  /** The inputs that the run could not use, or not as a whole, each with what is wrong. */
  unreadable(): readonly Diagnostic[] {
    const state = this.state();
    return state?.discovery === undefined ? [] : readingFailures(state.discovery, state.inputs);
  }

  /** Writes the bundle as a whole or not at all, and reads it back to verify it. */
  async exportBundle(folder: string): Promise<BundleCheck> {
    await this.#deps.files.replaceFolder(this.#deps.files.absolute(folder), this.bundle(), MANIFEST_FILE);
    return verifyBundle(folder, this.#deps.files);
  }

  /** An input whose role was changed keeps its id, so that the id of its first role may be taken. */
  #withFreeId(input: InputFile, all: readonly InputFile[]): InputFile {
    let { id } = input;
    while (all.some((other) => other.id === id)) id = this.#deps.sha256(id).slice(0, 16);
    return { ...input, id };
  }

  #runOptions(reviewPolicy: ReviewPolicy) {
    const store = this.#store;
    const graph = createPipelineGraph({
      ...this.#deps,
      reviewPolicy,
      decisions: () => store.decisions(),
      patterns: () => store.patterns(),
    });
    return { graph, checkpointer: store.checkpoints, clock: this.#deps.clock };
  }

  #currentThread(): string {
    const threadId = this.#store.currentThread();
    if (threadId === null)
      throw new PortolanError('INPUT_INVALID', 'This project has no run yet', {
        hint: 'Start one with `portolan run` or in the window.',
      });
    return threadId;
  }

  #settle(): Evaluated | null {
    const state = this.state();
    if (state?.proposals === undefined) return null;
    if (this.#settler?.state !== state) this.#settler = { state, settle: createSettler(state) };
    return this.#settler.settle(this.decisions());
  }

  /** A changed target gets the expression that its type needs; the same target keeps what it has. */
  #transformationFor(mapping: Mapping, target: ColumnRef | null): Mapping['transformation'] {
    const state = this.state();
    if (target === null || state === null) return { type: 'none', expression: 'NULL' };
    const same = mapping.target !== null && columnKey(mapping.target) === columnKey(target);
    return same ? mapping.transformation : retarget(mapping, target, state).transformation;
  }

  #learn(decisions: readonly Decision[], mappings: ReadonlyMap<string, Mapping>): void {
    const context = { origin: this.settings().title, state: this.state() };
    for (const decision of decisions) {
      const mapping = mappings.get(decision.mappingId);
      // The same lesson twice counts as one that was used twice, so each needs to know of those before it.
      if (mapping !== undefined)
        this.#store.savePatterns([
          patternFromDecision(mapping, decision, { ...context, known: this.#store.patterns() }),
        ]);
    }
  }

  /** What was learned from decisions that are now made anew goes; the log keeps them. */
  #withdraw(entries: readonly NewDecision[]): void {
    const last = lastDecisions(this.decisions());
    const proposals = new Map((this.state()?.proposals ?? []).map((mapping) => [mapping.id, mapping]));
    for (const { mappingId } of entries) {
      const [earlier, proposal] = [last.get(mappingId), proposals.get(mappingId)];
      if (earlier === undefined || proposal === undefined) continue;
      const { removed, saved } = withoutLesson(this.#store.patterns(), proposal, earlier, this.settings().title);
      this.#store.removePatterns(removed);
      this.#store.savePatterns(saved);
    }
  }

  /** What was learned here is a function of the standing decisions: after an undo it is learned anew. */
  #relearn(): void {
    const origin = this.settings().title;
    this.#store.removePatterns(
      this.#store
        .patterns()
        .filter((pattern) => pattern.origin === origin)
        .map((pattern) => pattern.id),
    );
    const proposals = new Map((this.state()?.proposals ?? []).map((mapping) => [mapping.id, mapping]));
    this.#learn([...lastDecisions(this.decisions()).values()], proposals);
  }

  #log(level: 'info' | 'error', area: string, message: string): void {
    this.#store.log({ at: this.#deps.clock.now(), level, area, message });
  }
}

function withoutStamp({ seq: _seq, batch: _batch, at: _at, ...rest }: Decision): NewDecision {
  return rest;
}
