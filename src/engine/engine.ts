/** The product without a window: everything that the window, the command line and tests do goes through here. */
import { PortolanError } from '../shared/errors.ts';
import type { ConversionJob } from '../shared/model/conversion.ts';
import type { EtlOutline, EtlSettings } from '../shared/model/etl.ts';
import type { LearnedPattern, Mapping } from '../shared/model/mapping.ts';
import type { Discovery, InputFile, InputRole, ProjectSettings } from '../shared/model/project.ts';
import type { Diagnostic, Dialect } from '../shared/model/schema.ts';
import { type BundleCheck, verifyBundle } from './bundle/verify-bundle.ts';
import { etlToolOf } from './etl/registry.ts';
import { profilesByTable, tablesOf } from './core/sides.ts';
import { discover } from './nodes/discovery/discover.ts';
import { readingFailures } from './nodes/discovery/reading-failures.ts';
import { type ReadInput, readInput } from './nodes/discovery/read-input.ts';
import type { ExportFile } from './ports/etl-converter.ts';
import type { MatchOptions } from './ports/matcher.ts';
import type { ProjectStore } from './ports/project-store.ts';
import type { Files } from './ports/files.ts';
import { describeInput, expandPaths } from './project/project-inputs.ts';
import { withKnownMappings } from './review/known-mappings.ts';
import { ProjectSession } from './project/project-session.ts';
import type { SessionDependencies } from './project/session-dependencies.ts';

export interface EngineDependencies extends SessionDependencies {
  readonly openStore: (path: string, mode: 'create' | 'open') => ProjectStore;
  /** Ends child processes. */
  readonly dispose: () => void;
}

export interface MapRequest {
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly settings: ProjectSettings;
  readonly patterns: readonly LearnedPattern[];
  /** Told of each file that could not be used; the others are. */
  readonly onUnreadable?: (problem: Diagnostic) => void;
}

export interface ConversionOptions {
  readonly signal?: AbortSignal;
  /** Other files of the import, which this one may use; those of other kinds are left out. */
  readonly related?: readonly InputFile[];
  readonly settings?: EtlSettings;
}

/** What the data says, beside the files it was read with. */
type Profiled = Pick<Discovery, 'profiles' | 'relationships' | 'diagnostics'> & {
  readonly files: Discovery['source'];
};

export interface Engine {
  /** Format, hash and suggested role of a file. */
  describe(path: string, role: InputRole | null): Promise<InputFile>;
  /** Every file that the paths mean: folders are walked. */
  expandPaths(paths: readonly string[]): Promise<readonly string[]>;
  /** What one file says: a schema or a legacy ETL export, with its defects as diagnostics. */
  read(input: InputFile, signal?: AbortSignal): Promise<ReadInput>;
  /** Figures of data files, read beside the schemas that declare them; leaves nothing behind. */
  profile(
    paths: readonly string[],
    settings: ProjectSettings,
    options?: MatchOptions & { readonly onUnreadable?: (problem: Diagnostic) => void },
  ): Promise<Profiled>;
  /** Ranked column mappings; leaves nothing behind. */
  map(request: MapRequest, options?: MatchOptions): Promise<readonly Mapping[]>;
  /** One legacy ETL file as a job, not executed, with what was read of it. Throws where it is no legacy ETL. */
  convert(
    input: InputFile,
    options?: ConversionOptions,
  ): Promise<{ readonly outline: EtlOutline; readonly job: ConversionJob }>;
  openProject(path: string, mode: 'create' | 'open'): ProjectSession;
  verifyBundle(folder: string): Promise<BundleCheck>;
  readonly dependencies: EngineDependencies;
  close(): void;
}

/** Settings for a dialect that the user named, put on every input. */
export function withDialect(input: InputFile, dialect: Dialect | null): InputFile {
  return dialect === null ? input : { ...input, dialect };
}

export function createEngine(dependencies: EngineDependencies): Engine {
  const describe: Engine['describe'] = (path, role) =>
    describeInput(path, role, dependencies.files, dependencies.sha256);
  return {
    describe,
    expandPaths: (paths) => expandPaths(paths, dependencies.files),
    read: (input, signal) => readInput(input, dependencies, signal),
    async profile(paths, settings, options = {}) {
      // Nothing is kept, so that a file's path is enough to know it by: hashing takes as long as reading.
      const files: Files = { ...dependencies.files, sha256: async (path) => dependencies.sha256(path) };
      const inputs: InputFile[] = [];
      for (const path of paths) inputs.push(await describeInput(path, 'source', files, dependencies.sha256));
      const signal = options.signal ?? new AbortController().signal;
      const report = options.onProgress ?? (() => {});
      const found = await discover({ inputs, settings }, dependencies, { signal, report });
      for (const problem of readingFailures(found, inputs)) options.onUnreadable?.(problem);
      const { source, profiles, relationships, diagnostics } = found;
      return { files: source, profiles, relationships, diagnostics };
    },
    async map({ source, target, settings, patterns, onUnreadable }, options = {}) {
      const inputs: InputFile[] = [];
      for (const path of source) inputs.push(await describe(path, 'source'));
      for (const path of target) inputs.push(await describe(path, 'target'));
      const signal = options.signal ?? new AbortController().signal;
      const report = options.onProgress ?? (() => {});
      const found = await discover({ inputs, settings }, dependencies, { signal, report });
      for (const problem of readingFailures(found, inputs)) onUnreadable?.(problem);
      const sides = { source: tablesOf(found, 'source'), target: tablesOf(found, 'target') };
      const profiles = profilesByTable(found);
      const rejected = new Map();
      const mappings = await dependencies.matcher.match(
        { ...sides, profiles, targetProfiles: profilesByTable(found, 'target'), patterns, settings, rejected },
        options,
      );
      const { autoApprove } = settings;
      return withKnownMappings(mappings, found.known ?? [], { ...sides, profiles, rejected, autoApprove });
    },
    async convert(input, { signal, related = [], settings = {} } = {}) {
      const file = asExport(input);
      if (file === null) {
        throw new PortolanError('INPUT_INVALID', `${input.name} is not a legacy ETL export`, {
          hint: 'Name exports of PowerCenter, SSIS, Alteryx or DataStage.',
          where: { file: input.name },
        });
      }
      const files = [file, ...related.flatMap((one) => asExport(one) ?? [])];
      return dependencies.converter.convert({ file, files, settings }, signal);
    },
    openProject: (path, mode) => new ProjectSession(dependencies.openStore(path, mode), dependencies),
    verifyBundle: (folder) => verifyBundle(folder, dependencies.files),
    dependencies,
    close: () => dependencies.dispose(),
  };
}

function asExport({ path, name, format, sha256 }: InputFile): ExportFile | null {
  const tool = etlToolOf(format);
  return tool === null ? null : { path, name, tool, sha256 };
}
