/** The process that opens files which nobody has vouched for. It may run out of memory or be killed; the app goes on. */
import type { KeptText } from '../shared/model/conversion.ts';
import {
  ExportLibrary,
  etlToolOf,
  readDocument,
  readDdlSet,
  readEdit,
  readInput,
  readWorkbook,
} from '../engine/index.ts';
import type {
  CallContext,
  ConversionRequest,
  EditTexts,
  ExportFile,
  ReadRequest,
  WorkbookRequest,
} from '../engine/index.ts';
import {
  collectGarbage,
  createShelf,
  growSlowly,
  nodeFiles,
  openArchive,
  openWorkbook,
  readChannel,
  sha256,
} from '../engine/adapters/index.ts';
import { serve } from './serve.ts';

growSlowly();
const shelf = createShelf();

/** From here on what reading and converting a file left behind is let go before what comes next. */
const largeBytes = 16_000_000;

const library = new ExportLibrary({
  load: (path) => nodeFiles.read(path),
  parse: async (bytes, { path, name, tool }) => {
    const read = await readInput(bytes, { path, name, format: tool, dialect: null }, openArchive);
    if (read.kind !== 'etl') throw new Error(`${tool} is no legacy ETL tool`);
    return read.etl;
  },
  sha256,
  tidy: (bytes) => {
    if (bytes > largeBytes) collectGarbage();
  },
});

async function read(request: ReadRequest): Promise<unknown> {
  const { path, name, format, sha256: hash } = request;
  const tool = etlToolOf(format);
  if (tool === null || hash === undefined) return readInput(await nodeFiles.read(path), request, openArchive);
  return { kind: 'etl', etl: await library.outline({ path, name, tool, sha256: hash }) };
}

serve({
  readDdlSet: async (requests: readonly ReadRequest[]) =>
    shelf.put(await readDdlSet(requests, (path) => nodeFiles.read(path))),
  nextPiece: (ticket: number) => shelf.next(ticket),
  forgetPieces: (ticket: number) => shelf.forget(ticket),
  readWorkbook: async (request: WorkbookRequest) =>
    readWorkbook(await openWorkbook(await nodeFiles.read(request.path), request.name), request),
  read: async (request: ReadRequest) => shelf.put(await read(request)),
  convert: async (request: ConversionRequest, { signal }: CallContext) =>
    shelf.put(await library.convert(request, signal)),
  readDocument: (text: KeptText) => shelf.put(readDocument(text)),
  readEdit: (edit: EditTexts) => shelf.put(readEdit(edit)),
  readChannel: (body: Uint8Array) => shelf.put(readChannel(body)),
  transformation: (input: {
    readonly file: ExportFile;
    readonly place: { readonly mapping: string; readonly id: string };
  }) => library.transformation(input.file, input.place),
});
