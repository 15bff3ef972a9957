/** Bad input ends in a message that names the file and the remedy, and costs nothing else. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandOptions, type Finished, STACK_TRACE, portolan, samplePath, start } from './command-line.ts';

let folder = '';
const at = (name: string): string => join(folder, name);

/** Bytes of no text, the same every time. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let value = 7;
  for (let i = 0; i < length; i += 1) {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = value >>> 24;
  }
  return bytes;
}

/** Each entity ten times the one before: 10^depth copies where a parser expands them. */
function billionLaughs(depth: number): string {
  const entities = Array.from({ length: depth }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`);
  return `<?xml version="1.0"?>\n<!DOCTYPE POWERMART [<!ENTITY e0 "lol">${entities.join('')}]>\n<POWERMART><REPOSITORY NAME="&e${depth};"><FOLDER NAME="F"/></REPOSITORY></POWERMART>\n`;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-test-'));
  chmodSync(folder, 0o755);
  writeFileSync(at('A.sql'), 'CREATE TABLE alpha (alpha_id INT PRIMARY KEY, label VARCHAR(20));\n');
  writeFileSync(at('B.sql'), 'CREATE TABLE beta (beta_id INT PRIMARY KEY, label VARCHAR(20));\n');
  writeFileSync(at('empty.sql'), '');
  writeFileSync(at('empty.csv'), '');
  writeFileSync(at('binary.sql'), noise(20_000));
  writeFileSync(at('binary.csv'), noise(20_000));
  const mixed = Array.from({ length: 60 }, (_, i) =>
    Buffer.concat([Buffer.from(`${i},`), Buffer.from([0x81, 0x8f, 0x9d, 0xe0, 0x0a])]),
  );
  writeFileSync(at('mixed.csv'), Buffer.concat([Buffer.from('id,name\n'), ...mixed]));
  const xml = readFileSync(samplePath('etl/wf_load_customer.xml'));
  writeFileSync(at('truncated.xml'), xml.subarray(0, Math.floor(xml.length / 2)));
  writeFileSync(at('laughs.xml'), billionLaughs(12));
  mkdirSync(at('folder'));
  mkdirSync(at('full'));
  writeFileSync(at('full/notes.txt'), 'keep me');
  writeFileSync(at('text.portolan'), 'dear diary\n'.repeat(500));
  const other = new Database(at('other.portolan'));
  other.exec('CREATE TABLE bookmarks (url TEXT)');
  other.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** No result on stdout unless it is one JSON document, and nothing that only a programmer could read. */
function expectCalm({ stdout, stderr }: Finished, says: RegExp): void {
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(STACK_TRACE);
  expect(stdout).not.toMatch(STACK_TRACE);
}

interface BadFile {
  readonly name: string;
  /** The file and the remedy. */
  readonly says: RegExp;
}

const badSchemas: readonly BadFile[] = [
  { name: 'empty.sql', says: /empty\.sql is empty\. Export it again/ },
  { name: 'empty.csv', says: /empty\.csv is empty\. Export it again/ },
  { name: 'binary.sql', says: /binary\.sql is of no known format\. Portolan reads SQL DDL/ },
  { name: 'binary.csv', says: /binary\.csv is of no known format\. Portolan reads SQL DDL/ },
  { name: 'mixed.csv', says: /mixed\.csv is in no encoding that can be recognised.*save it as UTF-8/ },
  { name: 'truncated.xml', says: /truncated\.xml:\d+: .*truncated.*export it again/ },
  { name: 'laughs.xml', says: /laughs\.xml:\d+: .*entities.*Export the file again/ },
  { name: 'folder', says: /folder is a folder\. Name the files in it/ },
  { name: 'absent.sql', says: /absent\.sql does not exist\. Check the path/ },
];

describe('schema', () => {
  it.each(badSchemas)('reads the files beside $name and says what is wrong with it', async ({ name, says }) => {
    const result = await portolan(['schema', at('A.sql'), at(name), at('B.sql'), '--json']);
    expect(result.status).toBe(2);
    expectCalm(result, says);
    const { files } = JSON.parse(result.stdout) as {
      files: readonly {
        file: string;
        tables: readonly { name: string }[];
        diagnostics: readonly { severity: string }[];
      }[];
    };
    expect(files.map((file) => file.file)).toEqual(['A.sql', name, 'B.sql']);
    expect(files[0]?.tables.map((table) => table.name)).toEqual(['alpha']);
    expect(files[2]?.tables.map((table) => table.name)).toEqual(['beta']);
    expect(files[1]?.diagnostics.map((diagnostic) => diagnostic.severity)).toContain('error');
  });

  it('prints what it read to people too', async () => {
    const result = await portolan(['schema', at('A.sql'), at('binary.sql'), at('B.sql')]);
    expect(result.status).toBe(2);
    expect(result.stdout).toMatch(/alpha[^]*label[^]*beta/);
  });

  it('says so of a file without read permission', async ({ skip }) => {
    const { name, options } = unreadableFor(skip);
    const result = await portolan(['schema', at('A.sql'), at(name), at('B.sql'), '--json'], options);
    expect(result.status).toBe(2);
    expectCalm(result, /secret\.sql cannot be read: no permission\. Allow your user to read it/);
    expect(JSON.parse(result.stdout)).toMatchObject({
      files: [{ file: 'A.sql' }, { file: 'secret.sql', tables: [] }, { file: 'B.sql' }],
    });
  });
});

/** Root may read everything, so that as root the command runs as another user. */
function unreadableFor(skip: (note: string) => void): { readonly name: string; readonly options: CommandOptions } {
  writeFileSync(at('secret.sql'), 'CREATE TABLE t (id INT);');
  chmodSync(at('secret.sql'), 0o000);
  if (process.platform === 'win32') skip('permissions are not those of POSIX here');
  if (process.getuid?.() !== 0) return { name: 'secret.sql', options: {} };
  const nobody = 65_534;
  return { name: 'secret.sql', options: { uid: nobody, cwd: '/' } };
}

describe('convert', () => {
  it('converts the exports beside those that are bad', async () => {
    const good = samplePath('etl/wf_load_customer.xml');
    const result = await portolan([
      'convert',
      at('truncated.xml'),
      at('laughs.xml'),
      at('A.sql'),
      at('binary.csv'),
      good,
      '--out',
      at('converted'),
      '--json',
    ]);
    expect(result.status).toBe(2);
    for (const name of ['truncated.xml', 'laughs.xml', 'A.sql', 'binary.csv'])
      expectCalm(result, new RegExp(`portolan: ${name.replace('.', '\\.')}`));
    const { jobs } = JSON.parse(result.stdout) as { jobs: readonly { file: string; status: string }[] };
    expect(jobs.map(({ file, status }) => [file, status])).toEqual([
      ['truncated.xml', expect.stringMatching(/completed_with_warnings|failed/) as string],
      ['laughs.xml', 'failed'],
      ['wf_load_customer.xml', 'completed'],
    ]);
  });

  it.runIf(process.platform === 'linux')('refuses entities before they take memory', async () => {
    const running = start(['convert', at('laughs.xml'), '--out', at('laughs'), '--json']);
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, residentMegabytes(running.child.pid));
    }, 25);
    const result = await running.finished.finally(() => clearInterval(watch));
    expect(result.status).toBe(2);
    expectCalm(result, /laughs\.xml:\d+: /);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(1000);
  });
});

/** The most memory that a process has had; 0 once it is gone. */
function residentMegabytes(pid: number | undefined): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

describe('run and map', () => {
  it('finish with what can be used, and say what cannot', async () => {
    const bad = ['empty.sql', 'binary.csv', 'mixed.csv'];
    const result = await portolan([
      'run',
      '--source',
      at('A.sql'),
      ...bad.map(at),
      '--target',
      at('B.sql'),
      '--etl',
      at('truncated.xml'),
      '--out',
      at('partial'),
      '--json',
    ]);
    expect(result.status).toBe(2);
    for (const name of [...bad, 'truncated.xml'])
      expectCalm(result, new RegExp(`^portolan: ${name.replace('.', '\\.')}`, 'm'));
    // Two columns of A.sql, and those of the source definitions that stand before the cut in the export.
    expect(JSON.parse(result.stdout)).toMatchObject({ status: 'finished', verified: true, mappings: { total: 15 } });
    expect((await portolan(['bundle', at('partial'), '--verify'])).status).toBe(0);
  });

  it('end where a whole side cannot be used', async () => {
    const result = await portolan(['run', '--source', at('empty.sql'), '--target', at('B.sql'), '--out', at('never')]);
    expect({ status: result.status, stdout: result.stdout }).toEqual({ status: 2, stdout: '' });
    expectCalm(result, /empty\.sql is empty.*Add DDL or data files of the source/);
  });

  it('map the rest of the files', async () => {
    const result = await portolan(['map', '--source', at('A.sql'), at('empty.csv'), '--target', at('B.sql'), '--json']);
    expect(result.status).toBe(2);
    expectCalm(result, /empty\.csv is empty/);
    expect(JSON.parse(result.stdout)).toMatchObject({
      mappings: [{ source: { column: 'alpha_id' } }, { source: { column: 'label' } }],
    });
  });

  it('leave a folder alone that is not a bundle', async () => {
    const result = await portolan(['run', '--source', at('A.sql'), '--target', at('B.sql'), '--out', at('full')]);
    expect({ status: result.status, stdout: result.stdout }).toEqual({ status: 2, stdout: '' });
    expectCalm(result, /full is not empty and is not a bundle\. Choose an empty or new folder/);
    expect(result.stderr).not.toContain('discovery');
    expect(readFileSync(at('full/notes.txt'), 'utf8')).toBe('keep me');
  });
});

const usage: readonly { readonly name: string; readonly args: readonly string[]; readonly says: RegExp }[] = [
  { name: 'an unknown command', args: ['frobnicate'], says: /no command frobnicate\. Commands: schema, / },
  { name: 'an unknown option', args: ['schema', 'x.sql', '--frobnicate'], says: /--frobnicate.*portolan help/ },
  {
    name: 'a missing option',
    args: ['run', '--source', 'x.sql'],
    says: /run needs --source \(or --etl\), --target and --out\. Usage: portolan run/,
  },
  { name: 'an option without its value', args: ['schema', 'x.sql', '--dialect'], says: /dialect.*portolan help/ },
  {
    name: 'an unknown value',
    args: ['schema', 'x.sql', '--dialect', 'klingon'],
    says: /klingon is not known\. Choose one of oracle/,
  },
  { name: 'no file', args: ['schema'], says: /schema needs at least one file\. Usage: portolan schema/ },
  { name: 'no project', args: ['resume'], says: /resume needs one project\. Usage: portolan resume/ },
  { name: 'no bundle', args: ['bundle', 'nowhere', '--verify'], says: /nowhere is not a bundle.*manifest\.json/ },
  {
    name: 'decisions that are not there',
    args: ['run', '--source', 'a', '--target', 'b', '--out', 'c', '--review', 'absent.json'],
    says: /absent\.json cannot be read\. Check the path/,
  },
];

describe('wrong usage', () => {
  it.each(usage)('of the kind "$name" ends with status 2 and what to do', async ({ args, says }) => {
    const result = await portolan(args);
    expect({ status: result.status, stdout: result.stdout }).toEqual({ status: 2, stdout: '' });
    expectCalm(result, says);
  });
});

const contentAt = (name: string): readonly string[] =>
  statSync(at(name)).isDirectory() ? readdirSync(at(name)) : [readFileSync(at(name), 'latin1')];

describe('a project that is something else', () => {
  it.each([
    { name: 'text.portolan', says: /text\.portolan is not a Portolan project\. Open a \*\.portolan file/ },
    { name: 'other.portolan', says: /other\.portolan is a database of another program.*Open a \*\.portolan file/ },
    { name: 'folder', says: /folder is a folder, not a project\. Name a \*\.portolan file/ },
  ])('is refused and left as it was: $name', async ({ name, says }) => {
    const before = contentAt(name);
    for (const args of [
      ['resume', at(name)],
      ['history', at(name)],
      ['run', '--source', at('A.sql'), '--target', at('B.sql'), '--project', at(name), '--out', at('never')],
    ]) {
      const result = await portolan(args);
      expect({ status: result.status, stdout: result.stdout }).toEqual({ status: 2, stdout: '' });
      expectCalm(result, says);
    }
    expect(contentAt(name)).toEqual(before);
    expect(readdirSync(folder).filter((beside) => beside.startsWith(`${name}-`))).toEqual([]);
  });
});
