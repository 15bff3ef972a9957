// Who may import whom. Each rule is proved by a planted violation in test/arch/fixtures.
// Run by scripts/check/import-rules.mjs, which also fails when nothing was read.

const deny = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

const NATIVE_OR_NETWORK =
  '^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|cluster)(/|$)' +
  '|node_modules/(better-sqlite3|@duckdb|onnxruntime-node|@huggingface|ollama|@anthropic-ai)/' +
  '|^(better-sqlite3|@duckdb|onnxruntime-node|@huggingface|ollama|@anthropic-ai)(/|$)';
const ELECTRON = '^electron(/|$)|node_modules/electron/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Modules that import each other are one module.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    deny(
      'engine-is-electron-free',
      '^src/(engine|shared|cli)/',
      `${ELECTRON}|^src/(main|preload|renderer)/`,
      'The engine, what it shares and the command line run in plain Node.',
    ),
    deny(
      'engine-knows-no-host',
      '^src/(engine|shared)/',
      '^src/(cli|hosts)/',
      'Composition happens outside the engine.',
    ),
    {
      name: 'native-and-network-only-in-adapters',
      comment: 'Files, network, processes and native code stay in src/engine/adapters.',
      severity: 'error',
      from: { path: '^src/engine/(?!adapters/)', pathNot: '\\.test\\.ts$' },
      to: { path: NATIVE_OR_NETWORK },
    },
    {
      name: 'adapters-are-plugged-in',
      comment: 'The engine sees ports; who composes it hands in the adapters.',
      severity: 'error',
      from: { path: '^src/engine/(?!adapters/)', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/engine/adapters/' },
    },
    {
      name: 'adapters-implement-ports',
      comment: 'An adapter knows ports and core, not the engine that uses it; only their index puts the two together.',
      severity: 'error',
      from: { path: '^src/engine/adapters/', pathNot: '^src/engine/adapters/index\\.ts$|\\.test\\.ts$' },
      to: { path: '^src/engine/(?!adapters/|ports/|core/)' },
    },
    deny('core-is-low', '^src/engine/core/', '^src/engine/(?!core/)', 'core imports only shared.'),
    deny(
      'ports-are-interfaces',
      '^src/engine/ports/',
      '^src/engine/(?!ports/|core/)',
      'Ports import only core and shared.',
    ),
    {
      name: 'engine-through-its-index',
      comment: 'Outsiders import src/engine/index.ts and src/engine/adapters/index.ts.',
      severity: 'error',
      from: { path: '^src/(main|cli|hosts)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/engine/', pathNot: '^src/engine/(adapters/)?index\\.ts$' },
    },
    {
      name: 'shared-is-a-leaf',
      comment: 'shared runs anywhere: it imports zod and itself.',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/shared/|^zod(/|$)|node_modules/zod/' },
    },
    deny(
      'renderer-sees-only-shared',
      '^src/renderer/',
      `${ELECTRON}|^src/(main|preload|engine|cli|hosts)/|^(node:)?(fs|path|os|child_process)(/|$)`,
      'The page reaches everything else through the bridge.',
    ),
    deny('preload-stands-alone', '^src/preload/', '^src/(?!preload/|shared/ipc/)', 'The preload is one small bridge.'),
    {
      name: 'features-are-islands',
      comment: 'What two features need lies below them.',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.css$' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
