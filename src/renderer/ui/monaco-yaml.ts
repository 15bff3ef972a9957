/** Completion and explanations for DataFlow YAML from its JSON Schema, in a worker of its own. */
import { configureMonacoYaml } from 'monaco-yaml';
import YamlWorker from './yaml.worker.ts?worker';
import { monaco } from './monaco.ts';

export const pipelineUri = (fileName: string): monaco.Uri =>
  monaco.Uri.from({ scheme: 'file', path: `/pipelines/${encodeURIComponent(fileName)}` });

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

let configured = false;

/** Call once with the schema; later calls do nothing. Checking is left to the engine's own validator. */
export function configureYaml(schema: object): void {
  if (configured) return;
  configured = true;
  const host = { ...monaco, editor: { ...monaco.editor, createWebWorker } };
  configureMonacoYaml(host as unknown as Parameters<typeof configureMonacoYaml>[0], {
    validate: false,
    enableSchemaRequest: false,
    format: { enable: false },
    schemas: [{ uri: 'file:///dataflow.schema.json', fileMatch: ['**/pipelines/*'], schema }],
  });
}
