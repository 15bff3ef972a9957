import { createHash, randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './command.mjs';
import { CACHE, ROOT } from './places.mjs';
import { say, SetupError } from './report.mjs';
import { ensureSystemPackages, missingSystemPackages } from './system-packages.mjs';

/** The prebuilt binaries inside better-sqlite3 13 end a process of an older Node-API with a segmentation fault. */
const PREBUILT_NODE_API = 10;

const PACKAGE = join(ROOT, 'node_modules/better-sqlite3');
const HEADER = join(ROOT, 'scripts/setup/napi9-references.h');
// better-sqlite3 looks here before it takes its prebuilt binary.
const PLACE = join(PACKAGE, 'build/Release');
const BINARY = join(PLACE, 'better_sqlite3.node');
const KEY_FILE = join(PLACE, 'portolan-key');

const COMMON_FLAGS = ['-O2', '-fPIC', '-DNDEBUG'];
const C_FLAGS = [...COMMON_FLAGS, '-std=c99', '-w'];
const CPP_FLAGS = [
  ...COMMON_FLAGS,
  '-std=c++20',
  '-fvisibility=hidden',
  '-fvisibility-inlines-hidden',
  '-DNAPI_DISABLE_CPP_EXCEPTIONS',
  '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
];
const LINK_FLAGS =
  process.platform === 'darwin'
    ? ['-undefined', 'dynamic_lookup']
    : ['-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-ldl'];

/**
 * better-sqlite3 compiled from its own source for Node-API 9, in the place where the package looks first. The one file
 * serves every Node and Electron from 9 on. Asked for only where a runtime is too old for the prebuilt binary.
 */
export const sqlite = {
  needed(runtimeIsOld) {
    if (!runtimeIsOld && Number(process.versions.napi) >= PREBUILT_NODE_API) return false;
    return !existsSync(BINARY) || !existsSync(KEY_FILE) || readFileSync(KEY_FILE, 'utf8') !== cacheKey();
  },

  async ensure() {
    const key = cacheKey();
    const compiled = join(CACHE, `better-sqlite3-${key}.node`);
    if (!existsSync(compiled)) await compile(compiled);
    mkdirSync(PLACE, { recursive: true });
    const draft = `${BINARY}.${randomUUID()}`;
    copyFileSync(compiled, draft);
    renameSync(draft, BINARY);
    writeFileSync(KEY_FILE, key);
  },
};

function cacheKey() {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([C_FLAGS, CPP_FLAGS, LINK_FLAGS]));
  for (const name of ['node-addon-api', 'node-api-headers']) hash.update(versionOf(name));
  hash.update(readFileSync(HEADER));
  return `${versionOf('better-sqlite3')}-${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 16)}`;
}

function versionOf(name) {
  return JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
}

async function compile(result) {
  if (process.platform === 'win32') {
    throw new SetupError(`SQLite's driver needs Node.js 22.14 or newer on Windows; this is ${process.version}.`);
  }
  await ensureSystemPackages(['compiler']);
  if ((await missingSystemPackages(['compiler'])).length > 0) {
    throw new SetupError(
      `SQLite's driver has to be compiled for Node.js ${process.version}, and gcc and g++ are not on the PATH. ` +
        'Install them, or Node.js 22.14 or newer, and run the same command again.',
    );
  }
  say('compiling SQLite for this runtime (once, half a minute)');
  const work = mkdtempSync(join(tmpdir(), 'portolan-sqlite-'));
  try {
    const binary = await build(work);
    await tryOut(binary);
    mkdirSync(CACHE, { recursive: true });
    const draft = `${result}.${randomUUID()}`;
    copyFileSync(binary, draft);
    renameSync(draft, result);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function build(work) {
  const failure = 'SQLite could not be compiled.';
  const amalgamation = join(PACKAGE, 'deps/sqlite3');
  const [engine, driver, binary] = ['engine.o', 'driver.o', 'better_sqlite3.node'].map((name) => join(work, name));
  const include = [
    join(ROOT, 'node_modules/node-api-headers/include'),
    join(ROOT, 'node_modules/node-addon-api'),
    amalgamation,
  ];
  await Promise.all([
    run(
      'gcc',
      [...C_FLAGS, ...sqliteDefines(), `-I${amalgamation}`, '-c', join(amalgamation, 'sqlite3.c'), '-o', engine],
      { failure },
    ),
    run(
      'g++',
      [
        ...CPP_FLAGS,
        '-include',
        HEADER,
        ...include.map((folder) => `-I${folder}`),
        '-c',
        join(PACKAGE, 'src/better_sqlite3.cpp'),
        '-o',
        driver,
      ],
      { failure },
    ),
  ]);
  await run('g++', ['-shared', '-o', binary, driver, engine, ...LINK_FLAGS], { failure });
  return binary;
}

/** The package's own compile-time options, from the file that its node-gyp build includes. */
function sqliteDefines() {
  const text = readFileSync(join(PACKAGE, 'deps/defines.gypi'), 'utf8');
  const defines = [...text.matchAll(/'((?:SQLITE|HAVE)_[A-Z0-9_]+(?:=-?[A-Za-z0-9]+)?)'/g)].map(
    (match) => `-D${match[1]}`,
  );
  if (!defines.includes('-DSQLITE_ENABLE_FTS5'))
    throw new SetupError(`No SQLite options found in ${PACKAGE}/deps/defines.gypi.`);
  return defines;
}

/** Loads the new binary in a process of its own, where a crash is a message and not the end of set-up. */
async function tryOut(binary) {
  const script = `
    const Database = require(${JSON.stringify(createRequire(import.meta.url).resolve('better-sqlite3'))});
    const db = new Database(':memory:', { nativeBinding: ${JSON.stringify(binary)} });
    db.exec("CREATE VIRTUAL TABLE t USING fts5(word); INSERT INTO t VALUES ('meter reading')");
    db.function('twice', (x) => x * 2);
    const { n } = db.prepare("SELECT twice(count(*)) AS n FROM t WHERE t MATCH 'meter'").get();
    if (n !== 2) throw new Error('wrong result');`;
  await run(process.execPath, ['-e', script], { failure: 'The compiled SQLite does not work in this Node.js.' });
}
