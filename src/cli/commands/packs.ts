import { readFile } from 'node:fs/promises';
import { PortolanError } from '../../shared/errors.ts';
import { canonicalDdl, canonicalJson, domainPacks, readPack, withOwnPacks, writePack } from '../../engine/index.ts';
import { parseArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../context.ts';
import { printDiagnostic, printTable } from '../print.ts';

const usage = 'Usage: portolan packs list · packs show ID [--ddl] · packs check FILE…';

/** `packs`: domain packs listed, shown as YAML to edit or as DDL to map to, and checked. */
export const packs: Command = async (args, context) => {
  const parsed = parseArguments(args, { ddl: { type: 'boolean' } });
  const [action = 'list', ...rest] = parsed.files;
  if (action === 'list' && rest.length === 0) return list(context);
  if (action === 'show' && rest.length === 1) return show(rest[0] as string, parsed.has('ddl'), context);
  if (action === 'check' && rest.length > 0) return check(rest, context);
  throw new PortolanError('INPUT_INVALID', `packs cannot do ${action} ${rest.join(' ')}`.trimEnd(), { hint: usage });
};

async function list({ engine, json, print }: CommandContext): Promise<number> {
  const folder = engine.packsDir;
  const all = [...withOwnPacks(await engine.ownPacks()).values()].map(({ id, title, version, tables }) => ({
    id,
    title,
    version,
    tables: tables.length,
    shipped: domainPacks.get(id)?.title === title,
  }));
  const rows = all.map((pack) => [pack.id, String(pack.version), String(pack.tables), pack.title]);
  print(
    json
      ? canonicalJson({ folder, packs: all }, 2)
      : `${printTable(['id', 'version', 'tables', 'title'], rows)}\n\nOwn packs: ${folder}`,
  );
  return 0;
}

async function show(id: string, ddl: boolean, { engine, json, print }: CommandContext): Promise<number> {
  const all = withOwnPacks(await engine.ownPacks());
  const pack = all.get(id);
  if (pack === undefined)
    throw new PortolanError('INPUT_INVALID', `No domain pack named ${id}`, {
      hint: `Choose one of: ${[...all.keys()].join(', ')}`,
    });
  if (ddl && pack.tables.length === 0)
    throw new PortolanError('INPUT_INVALID', `The pack ${id} has no tables`, {
      hint: `See it with \`portolan packs show ${id}\`.`,
    });
  print(ddl ? canonicalDdl(pack) : json ? canonicalJson(pack, 2) : writePack(pack));
  return 0;
}

async function check(files: readonly string[], { json, print }: CommandContext): Promise<number> {
  const readings = await Promise.all(files.map(async (file) => readPack(await textOf(file), file)));
  const diagnostics = readings.flatMap((reading) => reading.diagnostics);
  const good = readings.filter(({ pack }) => pack !== null).length;
  const lines = [...diagnostics.map(printDiagnostic), `${good} of ${files.length} packs are right.`];
  print(json ? canonicalJson({ right: good, diagnostics }, 2) : lines.join('\n'));
  return good === files.length ? 0 : 1;
}

const textOf = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    throw new PortolanError('INPUT_UNREADABLE', `${path} cannot be read`, { cause });
  });
