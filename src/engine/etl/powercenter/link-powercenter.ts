/** Definitions that stand in other files of the import: sources, targets, mapplets and reusable transformations. */
import type {
  EtlDefinition,
  EtlFile,
  EtlMapping,
  EtlProperties,
  EtlTransformation,
} from '../../../shared/model/etl.ts';
import { definitionId } from './parse-definition.ts';
import { instanceOfDefinition, mappletId, unresolved } from './parse-mapping.ts';
import { propertyOf } from './properties.ts';

const lookupCall = /:LKP\s*\.\s*([A-Za-z_][\w$]{0,200})/gi;

interface Repository {
  readonly definitions: ReadonlyMap<string, EtlDefinition>;
  readonly mapplets: ReadonlyMap<string, EtlMapping>;
  readonly reusable: ReadonlyMap<string, EtlTransformation>;
}

/** What the files define, by folder and name; of two with one identity the first. */
function repositoryOf(files: readonly EtlFile[]): Repository {
  const definitions = new Map<string, EtlDefinition>();
  const mapplets = new Map<string, EtlMapping>();
  const reusable = new Map<string, EtlTransformation>();
  const keep = <T>(map: Map<string, T>, key: string, value: T): void => {
    if (!map.has(key)) map.set(key, value);
  };
  for (const file of files) {
    for (const one of file.definitions) {
      keep(definitions, one.id, one);
      keep(definitions, `${one.id.split('/', 1)[0] ?? ''}/${one.role}//${one.table.name}`, one);
    }
    for (const one of file.mappings) if (one.kind === 'mapplet') keep(mapplets, mappletId(one), one);
    for (const one of file.reusable) keep(reusable, `${one.folder ?? ''}/${one.name}`, one);
  }
  return { definitions, mapplets, reusable };
}

const isUnresolved = (one: EtlTransformation): boolean => propertyOf(one.properties, unresolved) === 'YES';

/** The properties of an instance with those of its definition where it said that there was none. */
function completed(instance: EtlTransformation, definition: EtlProperties): EtlProperties {
  return instance.properties.flatMap((one) => (one.name === unresolved ? definition : [one]));
}

class Linker {
  private readonly repository: Repository;
  readonly definitions: EtlDefinition[];
  readonly mappings: EtlMapping[];
  readonly resolved: EtlTransformation[] = [];

  constructor(file: EtlFile, repository: Repository) {
    this.repository = repository;
    this.definitions = [...file.definitions];
    this.mappings = [...file.mappings];
  }

  /** Mapplets that are brought in stand at the end and are gone through in their turn. */
  run(): void {
    for (let at = 0; at < this.mappings.length; at += 1) {
      const mapping = this.mappings[at];
      if (mapping?.transformations.some(isUnresolved) !== true) continue;
      const transformations = mapping.transformations.map((one) => (isUnresolved(one) ? this.instance(one) : one));
      this.mappings[at] = { ...mapping, transformations };
    }
  }

  private instance(instance: EtlTransformation): EtlTransformation {
    const found = this.found(instance);
    if (found === null) return instance;
    this.resolved.push(instance);
    return { ...found, properties: completed(instance, found.properties) };
  }

  private found(instance: EtlTransformation): EtlTransformation | null {
    const folder = instance.folder ?? '';
    if (instance.kind !== 'transform') {
      const definition = this.definition(instance, folder);
      if (definition === null) return null;
      if (!this.definitions.some((one) => one.id === definition.id)) this.definitions.push(definition);
      return instanceOfDefinition(instance, definition);
    }
    const key = mappletId({ folder, name: instance.name });
    if (instance.type === 'Mapplet') return this.mapplet(instance, key);
    const reusable = this.repository.reusable.get(key);
    if (reusable === undefined) return null;
    const { folder: _, ...definition } = reusable;
    return { ...definition, id: instance.id, description: instance.description ?? definition.description };
  }

  private definition({ kind, name, properties }: EtlTransformation, folder: string): EtlDefinition | null {
    if (kind === 'transform') return null;
    const { definitions } = this.repository;
    const database = propertyOf(properties, 'DBDNAME') ?? '';
    return (
      definitions.get(definitionId(folder, kind, kind === 'source' ? database : '', name)) ??
      definitions.get(`${folder}/${kind}//${name}`) ??
      null
    );
  }

  private mapplet(instance: EtlTransformation, key: string): EtlTransformation | null {
    const mapplet = this.repository.mapplets.get(key);
    if (mapplet === undefined) return null;
    if (!this.mappings.some((one) => one.kind === 'mapplet' && mappletId(one) === key)) this.mappings.push(mapplet);
    const { folder: _, ...rest } = instance;
    return { ...rest, reusable: true, properties: [], definition: key };
  }
}

/** Reusable lookups that expressions call by name, in the folder of their mapping. */
function calledLookups(mappings: readonly EtlMapping[], repository: Repository): readonly EtlTransformation[] {
  const names = new Set(
    mappings.flatMap(({ folder, transformations }) =>
      transformations
        .flatMap((one) => one.ports)
        .flatMap((port) => [...(port.expression ?? '').matchAll(lookupCall)])
        .map((match) => `${folder ?? ''}/${match[1] ?? ''}`),
    ),
  );
  return [...names].flatMap((name) => repository.reusable.get(name) ?? []);
}

/** `file` with what its mappings use of the other files, found by folder and name; shortcuts lead to their own folder. */
export function linkPowerCenter(file: EtlFile, files: readonly EtlFile[]): EtlFile {
  const others = files.filter((one) => one !== file && one.tool === 'powercenter');
  if (others.length === 0) return file;
  const repository = repositoryOf([file, ...others]);
  const linker = new Linker(file, repository);
  linker.run();
  const known = new Set(file.reusable.map((one) => `${one.folder ?? ''}/${one.name}`));
  const lookups = calledLookups(linker.mappings, repository).filter(
    (one) => !known.has(`${one.folder ?? ''}/${one.name}`),
  );
  const found = new Set(linker.resolved.map((one) => `${one.line ?? ''}\u0000${one.id}`));
  return {
    ...file,
    definitions: linker.definitions,
    mappings: linker.mappings,
    reusable: [...file.reusable, ...lookups],
    diagnostics: file.diagnostics.filter((one) => !found.has(`${one.line ?? ''}\u0000${one.statement ?? ''}`)),
  };
}
