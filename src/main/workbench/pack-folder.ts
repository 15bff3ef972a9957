/** Domain packs as the window shows them: shipped ones, and the files of the folder of own packs. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { PortolanError } from '../../shared/errors.ts';
import type { PackLine, PackList, PackMistake } from '../../shared/ipc/contract.ts';
import type { DomainPack } from '../../shared/model/domain-pack.ts';
import { domainPacks, readPack, writePack } from '../../engine/index.ts';
import { readTextFiles } from '../../engine/adapters/index.ts';

export interface ShownPack {
  readonly key: string;
  readonly origin: 'shipped' | 'own';
  readonly file: string | null;
  readonly yaml: string;
  /** Null where the text has a mistake. */
  readonly pack: DomainPack | null;
  readonly mistakes: readonly PackMistake[];
}

const FILE = /\.ya?ml$/;
const newPack = `id: my-domain
title: My domain
version: 1
abbreviations:
  cust: customer
synonyms:
  - [customer, client]
vocabulary: [customer]
keywords: [customer]
patterns:
  - name: Customer number
    meaning: Written as C and seven digits
    words: customer number
    values: C[0-9]{7}
tables:
  - name: customer
    meaning: Someone who buys
    columns:
      - name: customer_id
        type: integer
        meaning: Number of the customer
        aliases: [CUST_NO]
`;

export class PackFolder {
  readonly #folder: string;
  readonly #usedId: () => string | null;
  readonly #shipped: readonly ShownPack[] = [...domainPacks.values()].map((pack) => ({
    key: `shipped:${pack.id}`,
    origin: 'shipped',
    file: null,
    yaml: writePack(pack),
    pack,
    mistakes: [],
  }));

  /** As last read, so that a large pack is not parsed for each page of it. */
  #own: ReadonlyMap<string, ShownPack> = new Map();

  constructor(folder: string, usedId: () => string | null) {
    this.#folder = folder;
    this.#usedId = usedId;
  }

  async all(): Promise<readonly ShownPack[]> {
    const own = (await readTextFiles(this.#folder, FILE)).map(({ path, text }): ShownPack => {
      const file = basename(path);
      const known = this.#own.get(file);
      return known?.yaml === text
        ? known
        : { key: `own:${file}`, origin: 'own', file, yaml: text, ...reading(text, file) };
    });
    this.#own = new Map(own.map((one) => [one.file ?? '', one]));
    return [...own, ...this.#shipped];
  }

  async list(chosen: string | null = null): Promise<PackList> {
    const all = await this.all();
    const ownIds = new Set(all.flatMap(({ origin, pack }) => (origin === 'own' && pack !== null ? [pack.id] : [])));
    const usedId = this.#usedId();
    const packs = all.map((one) => lineOf(one, ownIds, usedId));
    return { folder: this.#folder.replace(homedir(), '~'), packs, chosen };
  }

  /** Throws INPUT_INVALID where there is none of that key. */
  async find(key: string): Promise<ShownPack> {
    const found = (await this.all()).find((one) => one.key === key);
    if (found === undefined)
      throw new PortolanError('INPUT_INVALID', 'This pack is not there any more', { hint: 'Choose another one.' });
    return found;
  }

  /** What is wrong with a text in the place of a pack. */
  async check(key: string, yaml: string): Promise<readonly PackMistake[]> {
    const { pack, mistakes } = reading(yaml, key);
    if (pack === null) return mistakes;
    const other = (await this.all()).find((one) => one.origin === 'own' && one.key !== key && one.pack?.id === pack.id);
    if (other === undefined) return [];
    const line = yaml.split('\n').findIndex((text) => /^id\s*:/.test(text)) + 1;
    return [{ line: Math.max(1, line), message: `id: ${pack.id} is the id of ${other.file ?? ''} already` }];
  }

  async save(key: string, yaml: string): Promise<PackList> {
    const { file } = await this.find(key);
    if (file === null)
      throw new PortolanError('INPUT_INVALID', 'A shipped pack cannot be changed', { hint: 'Copy it first.' });
    await this.#refuseMistakes(key, yaml, file);
    await this.#write(file, yaml);
    return this.list(key);
  }

  async copy(key: string): Promise<PackList> {
    const { pack, yaml } = await this.find(key);
    if (pack === null)
      throw new PortolanError('INPUT_INVALID', 'A pack with mistakes cannot be copied', { hint: 'Correct it first.' });
    return this.#addNew(pack, yaml);
  }

  create(): Promise<PackList> {
    const { pack } = reading(newPack, 'new');
    return this.#addNew(pack as DomainPack, newPack);
  }

  /** Takes files of packs in. Throws for the first with a mistake; those before it are in. */
  async add(paths: readonly string[]): Promise<PackList> {
    let list = await this.list();
    for (const path of paths) {
      const name = basename(path);
      const yaml = await readFile(path, 'utf8').catch((cause: unknown) => {
        throw new PortolanError('INPUT_UNREADABLE', `${name} cannot be read`, { cause });
      });
      await this.#refuseMistakes('', yaml, name);
      list = await this.#addNew(reading(yaml, name).pack as DomainPack, yaml);
    }
    return list;
  }

  async remove(key: string): Promise<PackList> {
    const { file } = await this.find(key);
    if (file === null) throw new PortolanError('INPUT_INVALID', 'A shipped pack cannot be deleted');
    await rm(join(this.#folder, file));
    return this.list();
  }

  /** Under a free id: as it is where no own pack has it, else with a number behind. */
  async #addNew(pack: DomainPack, yaml: string): Promise<PackList> {
    const own = (await this.all()).filter((one) => one.origin === 'own');
    const isTaken = (id: string): boolean => own.some((one) => one.pack?.id === id || one.file === `${id}.yaml`);
    let id = pack.id;
    for (let n = 2; isTaken(id); n += 1) id = `${pack.id}-${n}`;
    const text = id === pack.id ? yaml : writePack({ ...pack, id });
    await this.#write(`${id}.yaml`, text);
    return this.list(`own:${id}.yaml`);
  }

  async #refuseMistakes(key: string, yaml: string, file: string): Promise<void> {
    const [first] = await this.check(key, yaml);
    if (first !== undefined)
      throw new PortolanError('INPUT_INVALID', `${file} was not saved: ${first.message}`, {
        hint: 'Correct it: with a mistake in a pack nothing could be matched.',
        where: { file, ...(first.line === null ? {} : { line: first.line }) },
      });
  }

  /** As a whole or not at all: a crash leaves the text from before. */
  async #write(file: string, yaml: string): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true });
      const half = join(this.#folder, `${file}.part`);
      await writeFile(half, yaml);
      await rename(half, join(this.#folder, file));
    } catch (cause) {
      throw new PortolanError('INPUT_UNREADABLE', `${file} cannot be written`, {
        hint: `See to it that the folder ${this.#folder.replace(homedir(), '~')} can be written to.`,
        cause,
      });
    }
  }
}

function reading(yaml: string, file: string): Pick<ShownPack, 'pack' | 'mistakes'> {
  const { pack, diagnostics } = readPack(yaml, file);
  return { pack, mistakes: diagnostics.map(({ line, message }) => ({ line, message })) };
}

function lineOf(
  { key, origin, file, pack, mistakes }: ShownPack,
  ownIds: ReadonlySet<string>,
  usedId: string | null,
): PackLine {
  const common = { key, origin, file, mistakes: mistakes.length };
  if (pack === null)
    return { ...common, id: '', title: file ?? '', version: null, tables: 0, words: 0, replaced: false, used: false };
  const { id, title, version } = pack;
  const replaced = origin === 'shipped' && ownIds.has(id);
  const used = !replaced && id === usedId;
  return { ...common, id, title, version, tables: pack.tables.length, words: wordCount(pack), replaced, used };
}

const wordCount = ({ abbreviations, synonyms, vocabulary, keywords }: DomainPack): number =>
  Object.keys(abbreviations).length + synonyms.length + vocabulary.length + keywords.length;
