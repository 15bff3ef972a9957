/** Completion and explanations for YAML from the JSON Schema of its kind, in a worker of its own. */
import { type MonacoYaml, configureMonacoYaml } from 'monaco-yaml';
import YamlWorker from './yaml.worker.ts?worker';
import { monaco } from './monaco.ts';

/** What is edited as YAML: the folder of its texts in the editor, and the name of its schema. */
export type YamlKind = 'pipelines' | 'packs';

export const yamlUri = (kind: YamlKind, fileName: string): monaco.Uri =>
  monaco.Uri.from({ scheme: 'file', path: `/${kind}/${encodeURIComponent(fileName)}` });

interface WorkerOptions {
  readonly createData?: unknown;
}

/** The editor starts workers that it is given; the language expects one that starts them by name. */
function createWebWorker({ createData }: WorkerOptions): ReturnType<typeof monaco.editor.createWebWorker> {
  const worker = new YamlWorker();
  // What the editor's own languages do: the first message starts the worker, the second configures it.
  worker.postMessage('ignore');
  worker.postMessage(createData);
  return monaco.editor.createWebWorker({ worker });
}

const schemas = new Map<YamlKind, object>();
let language: MonacoYaml | null = null;

/** Call with the schema of a kind before its first text is shown; later calls do nothing. Checking is left to the engine. */
export function configureYaml(kind: YamlKind, schema: object): void {
  if (schemas.has(kind)) return;
  schemas.set(kind, schema);
  const options = {
    validate: false,
    enableSchemaRequest: false,
    format: { enable: false },
    schemas: [...schemas].map(([one, content]) => ({
      uri: `file:///${one}.schema.json`,
      fileMatch: [`**/${one}/*`],
      schema: content,
    })),
  };
  if (language !== null) {
    void language.update(options);
    return;
  }
  const host = { ...monaco, editor: { ...monaco.editor, createWebWorker } };
  language = configureMonacoYaml(host as unknown as Parameters<typeof configureMonacoYaml>[0], options);
}
