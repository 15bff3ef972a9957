import { type ErrorShape, PortolanError, assertNever, toErrorShape } from '../../shared/errors.ts';
import type { EtlFile } from '../../shared/model/etl.ts';
import type { SchemaFile } from '../../shared/model/schema.ts';
import { parseDataStageArchive } from '../etl/datastage/read-isx.ts';
import { readEtl } from '../etl/read-etl.ts';
import type { OpenArchive } from '../ports/archive.ts';
import type { DdlResult, ReadRequest } from '../ports/input-reader.ts';
import { readDdl, readDdlFiles } from './ddl/index.ts';
import { readDelimitedDictionary } from './dictionary/read-delimited-dictionary.ts';
import { decodeText, looksBinary } from './text/decode.ts';

/** What a file's bytes hold, whole. */
export type ParsedInput =
  | { readonly kind: 'schema'; readonly schema: SchemaFile }
  | { readonly kind: 'etl'; readonly etl: EtlFile };

/** The schema or the legacy ETL export that a file's bytes hold. Throws where they are not text at all. */
export function readTextInput(bytes: Uint8Array, request: ReadRequest): ParsedInput {
  const { name, format, dialect } = request;
  switch (format) {
    case 'ddl':
      return { kind: 'schema', schema: readDdl(scriptText(bytes, name), { file: name, dialect }) };
    case 'powercenter':
    case 'ssis':
    case 'alteryx':
    case 'datastage':
      return { kind: 'etl', etl: readEtl(bytes, { file: name, tool: format }) };
    case 'dictionary':
      return {
        kind: 'schema',
        schema: readDelimitedDictionary(decodeText(bytes).text, { name, dialect, side: request.side ?? 'source' }),
      };
    case 'excel':
    case 'csv':
    case 'parquet':
    case 'json':
    case 'unknown':
      throw new PortolanError('INTERNAL', `${name}: ${format} is not read as text`);
    default:
      return assertNever(format);
  }
}

/** The same for a file that may be an archive of exports, which `open` unpacks. */
export async function readInput(bytes: Uint8Array, request: ReadRequest, open: OpenArchive): Promise<ParsedInput> {
  const { name, format } = request;
  if (format !== 'datastage' || !isArchive(bytes)) return readTextInput(bytes, request);
  return { kind: 'etl', etl: parseDataStageArchive(await open(bytes, name), { file: name }) };
}

/** Whether the bytes begin as a zip archive; one without entries begins with its end. */
const isArchive = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

function scriptText(bytes: Uint8Array, name: string): string {
  if (!looksBinary(bytes)) return decodeText(bytes).text;
  throw new PortolanError('INPUT_INVALID', `${name} is not text, although its name says so`, {
    hint: 'Export the schema as a SQL script.',
    where: { file: name },
  });
}

/** The scripts of one database, read together. `load` gives the bytes of each; one that fails does not stop the others. */
export async function readDdlSet(
  requests: readonly ReadRequest[],
  load: (path: string) => Promise<Uint8Array>,
): Promise<readonly DdlResult[]> {
  const texts: (string | ErrorShape)[] = [];
  for (const { path, name } of requests) {
    texts.push(
      await load(path)
        .then((bytes) => scriptText(bytes, name))
        .catch(toErrorShape),
    );
  }
  const readable = requests.flatMap(({ name, dialect }, i) =>
    typeof texts[i] === 'string' ? [{ text: texts[i], file: name, dialect }] : [],
  );
  const schemas = readDdlFiles(readable).values();
  return texts.map((text): DdlResult =>
    typeof text === 'string' ? { ok: true, schema: schemas.next().value as SchemaFile } : { ok: false, error: text },
  );
}
