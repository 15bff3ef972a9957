/** The schemas that can be held against each other: sides of the project, its inputs, and files that are only compared. */
import { basename } from 'node:path';
import { PortolanError } from '../../shared/errors.ts';
import type { Output, SchemaVersion } from '../../shared/ipc/contract.ts';
import type { InputFile } from '../../shared/model/project.ts';
import type { SchemaDiff, SchemaDiffLine } from '../../shared/model/schema-diff.ts';
import { type Table, tableKey } from '../../shared/model/schema.ts';
import { type Engine, type ReadInput, compareInTurns } from '../../engine/index.ts';

export interface ReadVersion {
  readonly name: string;
  readonly tables: ReadonlyMap<string, Table>;
  /** Defects of its text. */
  readonly problems: number;
}

export interface Comparison {
  readonly before: ReadVersion;
  readonly after: ReadVersion;
  readonly diff: SchemaDiff;
  readonly lines: readonly SchemaDiffLine[];
}

export interface ProjectSchemas {
  readonly inputs: () => readonly InputFile[];
  /** Tables of a side as the run found them, with a key that changes when they may have; null where there are none. */
  readonly side: (side: 'source' | 'target') => { readonly key: string; readonly tables: readonly Table[] } | null;
}

type Reader = Pick<Engine, 'describe' | 'read'>;

const sides = ['source', 'target'] as const;
const sideNames = { source: 'Source as last run', target: 'Target as last run' } as const;

/** Reads a version when it is first compared and keeps the last comparison. */
export class SchemaVersions {
  readonly #engine: Reader;
  readonly #project: ProjectSchemas;
  readonly #files = new Map<string, InputFile>();
  readonly #read = new Map<string, Promise<ReadVersion>>();
  #last: { readonly key: string; readonly value: Promise<Comparison> } | null = null;

  constructor(engine: Reader, project: ProjectSchemas) {
    this.#engine = engine;
    this.#project = project;
  }

  clear(): void {
    this.#files.clear();
    this.#read.clear();
    this.#last = null;
  }

  list(added: readonly string[] = []): Output<'compare.versions'> {
    const versions: SchemaVersion[] = [
      ...sides
        .filter((side) => this.#project.side(side) !== null)
        .map((side) => ({ id: `side:${side}`, name: sideNames[side], origin: 'side' as const })),
      ...this.#project
        .inputs()
        .map((input) => ({ id: `input:${input.id}`, name: input.name, origin: 'input' as const })),
      ...[...this.#files].map(([id, file]) => ({ id, name: file.name, origin: 'file' as const })),
    ];
    return { versions, added: [...added] };
  }

  /** Takes files in that are only compared. Throws where one holds no schema; it is then not listed. */
  async add(paths: readonly string[]): Promise<Output<'compare.versions'>> {
    const added: string[] = [];
    for (const path of paths) {
      const file = await this.#engine.describe(path, 'target');
      const id = `file:${file.id}`;
      this.#files.set(id, file);
      try {
        const { tables } = await this.#version(id);
        if (tables.size === 0)
          throw new PortolanError('INPUT_INVALID', `${basename(path)} has no table`, {
            hint: 'Choose DDL, a schema export, a data dictionary or a data file.',
          });
      } catch (thrown) {
        this.#files.delete(id);
        throw thrown;
      }
      added.push(id);
    }
    return this.list(added);
  }

  async compare(before: string, after: string): Promise<Comparison> {
    const key = JSON.stringify([this.#keyOf(before), this.#keyOf(after)]);
    if (this.#last?.key !== key) {
      const value = this.#compare(before, after);
      this.#last = { key, value };
      value.catch(() => {
        if (this.#last?.value === value) this.#last = null;
      });
    }
    return this.#last.value;
  }

  async #compare(beforeId: string, afterId: string): Promise<Comparison> {
    const [before, after] = [await this.#version(beforeId), await this.#version(afterId)];
    const [old, own] = [[...before.tables.values()], [...after.tables.values()]];
    return { before, after, ...(await compareInTurns(old, own)) };
  }

  #version(id: string): Promise<ReadVersion> {
    const key = this.#keyOf(id);
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const reading = this.#readVersion(id);
    this.#read.set(key, reading);
    // What failed may be tried again: the file may have been put back.
    reading.catch(() => this.#read.delete(key));
    return reading;
  }

  async #readVersion(id: string): Promise<ReadVersion> {
    const side = sides.find((one) => id === `side:${one}`);
    if (side !== undefined)
      return { name: sideNames[side], tables: byKey(this.#project.side(side)?.tables ?? []), problems: 0 };
    const input = this.#inputOf(id);
    if (input === undefined)
      throw new PortolanError('INPUT_INVALID', 'This version is not there any more', { hint: 'Choose another one.' });
    const { tables, problems } = schemaOf(await this.#engine.read(input));
    return { name: input.name, tables: byKey(tables), problems };
  }

  #inputOf(id: string): InputFile | undefined {
    return this.#files.get(id) ?? this.#project.inputs().find((input) => id === `input:${input.id}`);
  }

  /** Names what a version is read from, so that another dialect or another run is another version. */
  #keyOf(id: string): string {
    const side = sides.find((one) => id === `side:${one}`);
    if (side !== undefined) return `${id} ${this.#project.side(side)?.key ?? ''}`;
    const input = this.#inputOf(id);
    return `${id} ${input?.sha256 ?? ''} ${input?.dialect ?? ''}`;
  }
}

function schemaOf(read: ReadInput): { readonly tables: readonly Table[]; readonly problems: number } {
  const { tables, diagnostics } =
    read.kind === 'schema'
      ? read.schema
      : { tables: read.etl.definitions.map(({ table }) => table), diagnostics: read.etl.diagnostics };
  return { tables, problems: diagnostics.filter(({ severity }) => severity === 'error').length };
}

const byKey = (tables: readonly Table[]): ReadonlyMap<string, Table> =>
  new Map(tables.map((table) => [tableKey({ schema: table.schema, table: table.name }), table]));
