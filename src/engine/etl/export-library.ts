/**
 * The models of a project's exports, in the process that reads them. The last ones used are kept whole, up to a limit; of all
 * others what other files may use of them, so that references across files are found without reading everything again.
 */
import { PortolanError } from '../../shared/errors.ts';
import type { ConversionJob } from '../../shared/model/conversion.ts';
import type { EtlFile, EtlOutline, EtlTransformation } from '../../shared/model/etl.ts';
import type { ConversionRequest, ExportFile } from '../ports/etl-converter.ts';
import type { Sha256 } from '../ports/hash.ts';
import { noModel } from '../ports/model-converter.ts';
import { convertWithModel } from './convert-with-model.ts';
import { outlineOf } from './etl-outline.ts';
import { linkEtl } from './link-etl.ts';

/** Bytes of the exports whose models are kept whole; the last one is kept whatever its size. */
const keptBytes = 32_000_000;

export interface ExportLibraryOptions {
  readonly load: (path: string) => Promise<Uint8Array>;
  readonly parse: (bytes: Uint8Array, file: ExportFile) => Promise<EtlFile>;
  readonly sha256: Sha256;
  /** Is told where a file of that many bytes was read or converted: what that left behind can go. */
  readonly tidy: (bytes: number) => void;
}

interface Kept {
  readonly model: EtlFile;
  readonly bytes: number;
}

/** The part of an export that other files may refer to: whole macros, but no mapping and no workflow's content. */
function referable(model: EtlFile): EtlFile {
  const isMacro = /\.yxmc$/i.test(model.file);
  return {
    ...model,
    mappings: isMacro ? model.mappings : model.mappings.filter((one) => one.kind === 'mapplet'),
    workflows: model.workflows.map((one) => ({ ...one, tasks: [], links: [], parameters: [], properties: [] })),
    tasks: [],
    configurations: [],
    diagnostics: [],
  };
}

const keyOf = ({ name, sha256 }: ExportFile): string => `${sha256} ${name}`;

export class ExportLibrary {
  readonly #options: ExportLibraryOptions;
  /** The one used last stands last. */
  readonly #whole = new Map<string, Kept>();
  readonly #referable = new Map<string, EtlFile>();

  constructor(options: ExportLibraryOptions) {
    this.#options = options;
  }

  /** Throws where the file cannot be read, or is no longer the one that was added. */
  async outline(file: ExportFile): Promise<EtlOutline> {
    return outlineOf(await this.#model(file), file.sha256);
  }

  async convert(
    { file, files, settings }: ConversionRequest,
    signal?: AbortSignal,
  ): Promise<{ readonly job: ConversionJob; readonly outline: EtlOutline }> {
    const others = new Map<string, EtlFile>();
    for (const other of files) {
      // One that cannot be read is told of where it is read for itself.
      const found = keyOf(other) === keyOf(file) ? null : await this.#used(other).catch(() => null);
      if (found !== null) others.set(keyOf(other), found);
    }
    const model = await this.#model(file);
    const all = files.flatMap((one) => (keyOf(one) === keyOf(file) ? [model] : (others.get(keyOf(one)) ?? [])));
    const options = { dialect: 'duckdb', reproducibleTime: null, settings } as const;
    const job = await convertWithModel(linkEtl(model, all), options, noModel, signal);
    this.#options.tidy(this.#whole.get(keyOf(file))?.bytes ?? 0);
    return { job, outline: outlineOf(model, file.sha256) };
  }

  async transformation(
    file: ExportFile,
    { mapping, id }: { readonly mapping: string; readonly id: string },
  ): Promise<EtlTransformation | null> {
    const { mappings } = await this.#model(file);
    const found = mappings.find((one) => one.name === mapping);
    return found?.transformations.find((one) => one.id === id) ?? null;
  }

  async #used(file: ExportFile): Promise<EtlFile> {
    return this.#referable.get(keyOf(file)) ?? referable(await this.#model(file));
  }

  async #model(file: ExportFile): Promise<EtlFile> {
    const key = keyOf(file);
    const kept = this.#whole.get(key) ?? (await this.#read(file));
    this.#whole.delete(key);
    this.#whole.set(key, kept);
    this.#referable.set(key, referable(kept.model));
    let bytes = [...this.#whole.values()].reduce((sum, one) => sum + one.bytes, 0);
    for (const [other, one] of this.#whole) {
      if (bytes <= keptBytes || other === key) break;
      this.#whole.delete(other);
      bytes -= one.bytes;
    }
    return kept.model;
  }

  async #read(file: ExportFile): Promise<Kept> {
    // What is let go before the next is read need not be there beside it.
    const bytes = await this.#options.load(file.path);
    if (this.#options.sha256(bytes) !== file.sha256)
      throw new PortolanError('INPUT_INVALID', `${file.name} has changed since it was added`, {
        hint: 'Put the file back, or add the changed file again and start a new run.',
        where: { file: file.name },
      });
    const model = await this.#options.parse(bytes, file);
    this.#options.tidy(bytes.length);
    return { model, bytes: bytes.length };
  }
}
