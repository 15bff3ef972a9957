import { PortolanError, assertNever } from '../../shared/errors.ts';
import { readEtl } from '../etl/read-etl.ts';
import type { ReadRequest, ReadResult } from '../ports/input-reader.ts';
import { readDdl } from './ddl/index.ts';
import { decodeText, looksBinary } from './text/decode.ts';

/** The schema or the legacy ETL export that a file's bytes hold. Throws where they are not text at all. */
export function readTextInput(bytes: Uint8Array, request: ReadRequest): ReadResult {
  const { name, format, dialect } = request;
  switch (format) {
    case 'ddl': {
      if (looksBinary(bytes)) {
        throw new PortolanError('INPUT_INVALID', `${name} is not text, although its name says so`, { hint: 'Export the schema as a SQL script.', where: { file: name } });
      }
      return { kind: 'schema', schema: readDdl(decodeText(bytes).text, { file: name, dialect }) };
    }
    case 'powercenter':
    case 'ssis':
    case 'alteryx':
    case 'datastage':
      return { kind: 'etl', etl: readEtl(bytes, { file: name, tool: format }) };
    case 'excel':
      throw new PortolanError('UNSUPPORTED', `${name} is an Excel workbook, which this version does not read yet`, { hint: 'Save its sheets as CSV.', where: { file: name } });
    case 'csv':
    case 'parquet':
    case 'json':
    case 'unknown':
      throw new PortolanError('INTERNAL', `${name}: ${format} is not read as text`);
    default:
      return assertNever(format);
  }
}
