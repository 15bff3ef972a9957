import { PortolanError, fromErrorShape, toErrorShape } from '../../../shared/errors.ts';
import type { Host } from '../../ports/host.ts';
import type { ConversionJob } from '../../../shared/model/conversion.ts';
import type { EtlOutline, EtlTransformation } from '../../../shared/model/etl.ts';
import type { EditFacts, EtlConverter, ReadDocument } from '../../ports/etl-converter.ts';
import type { DdlResult, InputReader, ReadRequest, ReadResult, WorkbookContent } from '../../ports/input-reader.ts';
import type { ReadChannel } from '../sqlite/read-channel.ts';
import { type Delivery, type Piece, collect } from './piecewise.ts';
import { HostEnded } from './supervise-host.ts';

const WORKBOOK_SECONDS = 300;

/**
 * Reading in a child process. A file that the child does not survive is a file that cannot be read: the others are read
 * all the same, so scripts of one set are then read one by one to find it. Workbooks have a child of their own, which is
 * ended where one takes too long.
 */
export function hostedReader(host: Host, workbooks: Host = host): InputReader {
  const call = callInPieces(host);
  const readSet = async (requests: readonly ReadRequest[], signal?: AbortSignal) =>
    (await call('readDdlSet', requests, signal)) as readonly DdlResult[];

  const readAlone = async (request: ReadRequest, signal?: AbortSignal): Promise<DdlResult> => {
    try {
      return (await readSet([request], signal))[0] as DdlResult;
    } catch (thrown) {
      if (!(thrown instanceof HostEnded)) throw thrown;
      return { ok: false, error: toErrorShape(notSurvived(request, thrown)) };
    }
  };

  return {
    async read(request, signal) {
      try {
        if (request.format !== 'ddl') return (await call('read', request, signal)) as ReadResult;
        const result = (await readSet([request], signal))[0] as DdlResult;
        if (!result.ok) throw fromErrorShape(result.error);
        return { kind: 'schema', schema: result.schema };
      } catch (thrown) {
        throw thrown instanceof HostEnded ? notSurvived(request, thrown) : thrown;
      }
    },
    async readWorkbook(request, signal) {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        workbooks.stop();
      }, WORKBOOK_SECONDS * 1000);
      try {
        return (await workbooks.call('readWorkbook', request, { signal })) as WorkbookContent;
      } catch (thrown) {
        if (isLate) throw tooSlow(request);
        throw thrown instanceof HostEnded ? notSurvived(request, thrown) : thrown;
      } finally {
        clearTimeout(timer);
      }
    },
    async readDdlSet(requests, signal) {
      try {
        return await readSet(requests, signal);
      } catch (thrown) {
        if (!(thrown instanceof HostEnded)) throw thrown;
        const results: DdlResult[] = [];
        for (const request of requests) results.push(await readAlone(request, signal));
        return results;
      }
    },
  };
}

/** Calls whose answer may be large. */
function callInPieces(host: Host) {
  const pieces = {
    next: async (ticket: number) => (await host.call('nextPiece', ticket)) as Piece,
    forget: async (ticket: number) => void (await host.call('forgetPieces', ticket)),
  };
  return async (method: string, input: unknown, signal?: AbortSignal): Promise<unknown> =>
    collect((await host.call(method, input, { signal })) as Delivery, pieces, signal);
}

/** Converting where exports are read: their models never leave the child. */
export function hostedConverter(host: Host): EtlConverter {
  const call = callInPieces(host);
  return {
    async convert(request, signal) {
      try {
        return (await call('convert', request, signal)) as {
          readonly job: ConversionJob;
          readonly outline: EtlOutline;
        };
      } catch (thrown) {
        throw thrown instanceof HostEnded ? notSurvived(request.file, thrown) : thrown;
      }
    },
    readDocument: async (text) => (await call('readDocument', text)) as ReadDocument,
    readEdit: async (edit) => (await call('readEdit', edit)) as EditFacts,
    transformation: async (file, place) =>
      (await host.call('transformation', { file, place })) as EtlTransformation | null,
  };
}

/** Reading large values of a project's state in a child process. */
export function hostedChannels(host: Host): ReadChannel {
  const call = callInPieces(host);
  return (body) => call('readChannel', body);
}

const tooSlow = ({ name }: Pick<ReadRequest, 'name'>): PortolanError =>
  new PortolanError('INPUT_UNREADABLE', `${name} took longer than ${WORKBOOK_SECONDS} seconds to read`, {
    hint: 'Save its large sheets as CSV.',
    where: { file: name },
  });

function notSurvived({ name }: Pick<ReadRequest, 'name'>, cause: HostEnded): PortolanError {
  return new PortolanError('INPUT_UNREADABLE', `${name} could not be read: ${cause.message}`, {
    hint: 'The file needs more memory than there is, or is damaged. Split it, or leave it out.',
    where: { file: name },
    cause,
  });
}
