/** The process that opens files which nobody has vouched for. It may run out of memory or be killed; the app goes on. */
import { readDdlSet, readInput, readWorkbook } from '../engine/index.ts';
import type { ReadRequest, WorkbookRequest } from '../engine/index.ts';
import { createShelf, nodeFiles, openArchive, openWorkbook } from '../engine/adapters/index.ts';
import { serve } from './serve.ts';

const shelf = createShelf();

serve({
  readDdlSet: async (requests: readonly ReadRequest[]) =>
    shelf.put(await readDdlSet(requests, (path) => nodeFiles.read(path))),
  nextTables: (ticket: number) => shelf.next(ticket),
  forgetTables: (ticket: number) => shelf.forget(ticket),
  readWorkbook: async (request: WorkbookRequest) =>
    readWorkbook(await openWorkbook(await nodeFiles.read(request.path), request.name), request),
  read: async (request: ReadRequest) => readInput(await nodeFiles.read(request.path), request, openArchive),
});
