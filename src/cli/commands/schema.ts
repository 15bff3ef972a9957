import { toErrorShape, PortolanError } from '../../shared/errors.ts';
import { type SchemaFile, dialects } from '../../shared/model/schema.ts';
import { canonicalJson, withDialect } from '../../engine/index.ts';
import { choice, parseArguments } from '../arguments.ts';
import type { Command } from '../context.ts';
import { printDiagnostic } from '../print.ts';

/** `schema FILE… [--dialect D]`: each file's tables; a file that cannot be read is reported and the others still are. */
export const schema: Command = async (args, { engine, progress, json, signal, print }) => {
  const parsed = parseArguments(args, { dialect: { type: 'string' } });
  const dialect = choice(parsed, 'dialect', dialects) ?? null;
  if (parsed.files.length === 0) throw new PortolanError('INPUT_INVALID', 'schema needs at least one file', { hint: 'portolan schema FILE… [--dialect D]' });
  const files: SchemaFile[] = [];
  let failed = 0;
  for (const [i, path] of parsed.files.entries()) {
    progress.step('schema', i, parsed.files.length, path);
    try {
      const read = await engine.read(withDialect(await engine.describe(path, 'source'), dialect), signal);
      files.push(read.kind === 'schema' ? read.schema : { file: read.etl.file, format: read.etl.tool, dialect: null, tables: read.etl.definitions.map((definition) => definition.table), diagnostics: read.etl.diagnostics });
    } catch (thrown) {
      const error = toErrorShape(thrown);
      if (error.code === 'INTERNAL' || error.code === 'CANCELLED') throw thrown;
      failed += 1;
      progress.line(`portolan: ${error.message}. ${error.hint ?? ''}`.trimEnd());
      files.push({ file: error.where?.file ?? path, format: 'unknown', dialect: null, tables: [], diagnostics: [{ severity: 'error', message: error.message, file: error.where?.file ?? path, line: null, statement: null }] });
    }
  }
  progress.end();
  if (json) print(canonicalJson({ files }, 2));
  else print(files.map(printFile).join('\n'));
  const unusable = files.some((file) => file.tables.length === 0 && file.diagnostics.some((diagnostic) => diagnostic.severity === 'error'));
  return failed > 0 || unusable ? 2 : 0;
};

function printFile(file: SchemaFile): string {
  const lines = [`${file.file}  ${file.format}${file.dialect === null ? '' : ` (${file.dialect})`}  ${file.tables.length} tables, ${file.tables.reduce((sum, table) => sum + table.columns.length, 0)} columns`];
  for (const table of file.tables) {
    lines.push(`  ${table.schema === null ? '' : `${table.schema}.`}${table.name}${table.comment === null ? '' : `  -- ${table.comment.split('\n')[0]}`}`);
    for (const column of table.columns) {
      const marks = [table.primaryKey.includes(column.name) ? 'key' : '', column.nullable ? '' : 'not null'].filter((mark) => mark !== '').join(', ');
      lines.push(`    ${column.name.padEnd(32)} ${column.rawType.padEnd(20)} ${marks}`.trimEnd());
    }
  }
  lines.push(...file.diagnostics.map((diagnostic) => `  ${printDiagnostic(diagnostic)}`));
  return lines.join('\n');
}
