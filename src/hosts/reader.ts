/** The process that opens files which nobody has vouched for. It may run out of memory or be killed; the app goes on. */
import { readDdlSet, readTextInput } from '../engine/index.ts';
import type { ReadRequest } from '../engine/index.ts';
import { createShelf, nodeFiles } from '../engine/adapters/index.ts';
import { serve } from './serve.ts';

const shelf = createShelf();

serve({
  readDdlSet: async (requests: readonly ReadRequest[]) =>
    shelf.put(await readDdlSet(requests, (path) => nodeFiles.read(path))),
  nextTables: (ticket: number) => shelf.next(ticket),
  forgetTables: (ticket: number) => shelf.forget(ticket),
  read: async (request: ReadRequest) => readTextInput(await nodeFiles.read(request.path), request),
});
