/** The process that opens files which nobody has vouched for. It may run out of memory or be killed; the app goes on. */
import { readDdlSet, readTextInput } from '../engine/index.ts';
import type { ReadRequest } from '../engine/index.ts';
import { nodeFiles } from '../engine/adapters/index.ts';
import { serve } from './serve.ts';

serve({
  readDdlSet: (requests: readonly ReadRequest[]) => readDdlSet(requests, (path) => nodeFiles.read(path)),
  read: async (request: ReadRequest) => readTextInput(await nodeFiles.read(request.path), request),
});
