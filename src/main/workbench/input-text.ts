/** A look into the text of a file that the user added: the lines around one that a message names. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PortolanError } from '../../shared/errors.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { InputFile } from '../../shared/model/project.ts';
import { textEncodingOf } from '../../engine/index.ts';

const LINES_BEFORE = 60;
const LINES_AFTER = 140;
const LINE_CHARACTERS = 2000;
const MOST_BYTES = 512 * 1024 * 1024;
const HEAD_BYTES = 64 * 1024;

/** Reads no further than it has to. Throws for files that are no text, and for lines beyond 512 MB. */
export async function inputText(input: InputFile, line: number): Promise<Output<'inputs.text'>> {
  const encoding = textEncodingOf(await headOf(input));
  if (encoding === null)
    throw new PortolanError('UNSUPPORTED', `${input.name} is no text`, {
      hint: 'Open it in the program that wrote it.',
      where: { file: input.name, line },
    });
  const first = Math.max(1, line - LINES_BEFORE);
  const last = line + LINES_AFTER;
  const lines = new LineWindow(first, last);
  const decoder = new TextDecoder(encoding);
  try {
    for await (const chunk of createReadStream(input.path, { end: MOST_BYTES, highWaterMark: 1024 * 1024 })) {
      lines.take(decoder.decode(chunk as Uint8Array, { stream: true }));
      if (lines.full) break;
    }
  } catch (cause) {
    throw new PortolanError('INPUT_UNREADABLE', `${input.name} cannot be read`, {
      hint: 'It may have been moved; add it again.',
      where: { file: input.name },
      cause,
    });
  }
  const text = lines.end();
  if (text.length === 0)
    throw new PortolanError('INPUT_INVALID', `${input.name} has no line ${line} within what can be shown`, {
      hint: 'The file may have changed since it was read.',
      where: { file: input.name, line },
    });
  return { first, text: text.join('\n'), complete: !lines.full };
}

async function headOf(input: InputFile): Promise<Uint8Array> {
  const file = await open(input.path).catch((cause: unknown) => {
    throw new PortolanError('INPUT_UNREADABLE', `${input.name} cannot be read`, {
      hint: 'It may have been moved; add it again.',
      where: { file: input.name },
      cause,
    });
  });
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Keeps the lines of a window while the text passes by; a line is kept up to a length. */
export class LineWindow {
  readonly #first: number;
  readonly #last: number;
  readonly #kept: string[] = [];
  #number = 1;
  #current = '';

  constructor(first: number, last: number) {
    this.#first = first;
    this.#last = last;
  }

  /** True once nothing more is needed. */
  get full(): boolean {
    return this.#number > this.#last;
  }

  take(text: string): void {
    let from = 0;
    while (!this.full) {
      const end = text.indexOf('\n', from);
      this.#extend(end < 0 ? text.slice(from) : text.slice(from, end));
      if (end < 0) return;
      this.#finish();
      from = end + 1;
    }
  }

  /** The lines, the unfinished one included. */
  end(): readonly string[] {
    if (!this.full && this.#current !== '') this.#finish();
    return this.#kept;
  }

  #extend(piece: string): void {
    if (this.#number >= this.#first && this.#current.length <= LINE_CHARACTERS)
      this.#current += piece.slice(0, LINE_CHARACTERS + 1);
  }

  #finish(): void {
    if (this.#number >= this.#first) {
      const line = this.#current.replace(/\r$/, '');
      this.#kept.push(line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)} …` : line);
    }
    this.#current = '';
    this.#number += 1;
  }
}
