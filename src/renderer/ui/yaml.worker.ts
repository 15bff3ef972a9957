/** The YAML language of the editor, as a worker that the bundler knows. */
import 'monaco-yaml/yaml.worker.js';
