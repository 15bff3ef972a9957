import { readDocument } from '../../src/engine/dataflow/read-document.ts';
import type { DocumentReader } from '../../src/engine/etl/execute-job.ts';

/** Reads DataFlow texts in the process of the test. */
export const readHere: DocumentReader = { readDocument: (text) => Promise.resolve(readDocument(text)) };
