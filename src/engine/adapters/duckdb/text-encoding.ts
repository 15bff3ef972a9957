/** Which encoding the bytes of a delimited text file are in, decided over the whole file while it streams by. */
import { isUtf8 } from 'node:buffer';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export type EncodingVerdict =
  | { readonly kind: 'text'; readonly encoding: TextEncoding; readonly bom: boolean }
  /** Mostly UTF-8 with some bytes that are not: read as UTF-8, those bytes replaced. */
  | { readonly kind: 'damaged'; readonly encoding: 'utf-8' }
  | { readonly kind: 'binary' }
  | { readonly kind: 'unknown' };

/** Windows-1252 leaves these bytes undefined; in DOS, EBCDIC and East Asian encodings they are common. */
const undefinedInWindows1252: readonly number[] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
const countedBytes = 4_000_000;

/** Feed every chunk in order, then ask for the verdict. */
export class EncodingProbe {
  readonly #counts = new Float64Array(256);
  #evenZeros = 0;
  #oddZeros = 0;
  #length = 0;
  #counted = 0;
  #bom: EncodingVerdict | undefined;
  #utf8 = true;
  #rest: Uint8Array = new Uint8Array(0);
  #multibyte = 0;

  push(chunk: Uint8Array): void {
    if (this.#length === 0) this.#bom = byteOrderMark(chunk);
    const valid = this.#checkUtf8(chunk);
    // Counting byte by byte is slow: beyond the start only chunks that are not plain UTF-8 text need it.
    if (this.#length < countedBytes || !valid || chunk.includes(0)) this.#count(chunk);
    this.#length += chunk.length;
  }

  verdict(): EncodingVerdict {
    const zeros = this.#evenZeros + this.#oddZeros;
    if (this.#bom !== undefined && (this.#bom.kind !== 'text' || this.#bom.encoding !== 'utf-8')) return this.#bom;
    if (zeros > 0) return this.#withZeros(zeros);
    const utf8 = this.#utf8 && this.#rest.length === 0;
    if (this.#controlShare() > 0.02) return { kind: 'binary' };
    if (utf8) return { kind: 'text', encoding: 'utf-8', bom: this.#bom !== undefined };
    if (this.#multibyte > 0 && this.#multibyte * 4 >= this.#highBytes()) return { kind: 'damaged', encoding: 'utf-8' };
    if (undefinedInWindows1252.some((byte) => (this.#counts[byte] ?? 0) > 0)) return { kind: 'unknown' };
    return { kind: 'text', encoding: 'windows-1252', bom: false };
  }

  #withZeros(zeros: number): EncodingVerdict {
    const half = this.#length / 2;
    if (this.#length % 2 === 0 && zeros / half > 0.5 && this.#controlShare() <= 0.02) {
      if (this.#oddZeros > 20 * this.#evenZeros) return { kind: 'text', encoding: 'utf-16le', bom: false };
      if (this.#evenZeros > 20 * this.#oddZeros) return { kind: 'text', encoding: 'utf-16be', bom: false };
    }
    return { kind: 'binary' };
  }

  /** Control characters other than tab, line ends, form feed, escape-less separators (1C–1F, 01) and the DOS end of file. */
  #controlShare(): number {
    let controls = this.#counts[0x7f] ?? 0;
    for (let byte = 2; byte < 0x1a; byte += 1) {
      if (byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) controls += this.#counts[byte] ?? 0;
    }
    return this.#counted === 0 ? 0 : controls / this.#counted;
  }

  #highBytes(): number {
    let high = 0;
    for (let byte = 0x80; byte < 256; byte += 1) high += this.#counts[byte] ?? 0;
    return high;
  }

  #count(chunk: Uint8Array): void {
    const counts = this.#counts;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      counts[byte] = (counts[byte] ?? 0) + 1;
      if (byte !== 0) continue;
      if ((this.#length + index) % 2 === 0) this.#evenZeros += 1;
      else this.#oddZeros += 1;
    }
    this.#counted += chunk.length;
  }

  #checkUtf8(chunk: Uint8Array): boolean {
    const joined = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const cut = joined.length - incompleteTail(joined);
    const whole = joined.subarray(0, cut);
    this.#rest = Uint8Array.from(joined.subarray(cut));
    const valid = isUtf8(whole);
    this.#utf8 &&= valid;
    if (!valid || this.#length < countedBytes) this.#multibyte += multibyteBytes(whole);
    return valid;
  }
}

function byteOrderMark(bytes: Uint8Array): EncodingVerdict | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return { kind: 'text', encoding: 'utf-8', bom: true };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return bytes[2] === 0 && bytes[3] === 0 ? { kind: 'unknown' } : { kind: 'text', encoding: 'utf-16le', bom: true };
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { kind: 'text', encoding: 'utf-16be', bom: true };
  return undefined;
}

/** Bytes at the end that begin a character which continues in the next chunk. */
function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? back : 0;
    }
  }
  return 0;
}

/** Bytes that are part of a well-formed multi-byte character, in bytes that may be anything. */
function multibyteBytes(bytes: Uint8Array): number {
  let found = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const lead = bytes[index] ?? 0;
    if (lead < 0xc2 || lead > 0xf4) continue;
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    let follows = 1;
    while (follows < length && ((bytes[index + follows] ?? 0) & 0xc0) === 0x80) follows += 1;
    if (follows === length) {
      found += length;
      index += length - 1;
    }
  }
  return found;
}
