/** Bytes of a customer's file to text. Never throws: what cannot be decoded becomes U+FFFD and is counted. */

export interface DecodedText {
  readonly text: string;
  /** Encoding used, as a WHATWG label (`utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, or the declared one). */
  readonly encoding: string;
  readonly bom: boolean;
  /** Characters that had to be replaced because their bytes are not valid in the encoding. */
  readonly replaced: number;
}

const sampleBytes = 8192;
/** Characters 0x80–0x9F of windows-1252; a space where it has none. */
const windows1252 = Array.from('€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ', (char) => (char === ' ' ? undefined : char));
const replacement = '\uFFFD';

/**
 * Decodes by evidence, strongest first: byte-order mark, zero bytes in UTF-16 pattern, valid UTF-8, the declared
 * encoding, windows-1252. A declaration never overrules bytes that contradict it.
 */
export function decodeText(bytes: Uint8Array, options: { readonly declared?: string | undefined } = {}): DecodedText {
  const marked = byteOrderMark(bytes);
  if (marked !== null) return decodeLoose(bytes.subarray(marked.size), marked.encoding, true);
  const wide = guessUtf16(bytes);
  if (wide !== null) return decodeLoose(bytes, wide, false);
  const strict = decodeStrict(bytes, 'utf-8');
  if (strict !== null) return { text: strict, encoding: 'utf-8', bom: false, replaced: 0 };
  const declared = options.declared === undefined ? null : knownLabel(options.declared);
  if (declared !== null && declared !== 'utf-8' && !declared.startsWith('utf-16'))
    return decodeLoose(bytes, declared, false);
  const damaged = decodeLoose(bytes, 'utf-8', false);
  return isMostlyUtf8(damaged) ? damaged : decodeLoose(bytes, 'windows-1252', false);
}

/** True for bytes that are no text in any encoding that `decodeText` knows: compressed data, images, executables. */
export function looksBinary(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || byteOrderMark(bytes) !== null || guessUtf16(bytes) !== null) return false;
  const end = Math.min(bytes.length, sampleBytes);
  let control = 0;
  for (let i = 0; i < end; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte === 0) return true;
    // Tab, line ends, form feed, DOS end of file and escape occur in text.
    if (
      (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 26 && byte !== 27) ||
      byte === 127
    )
      control += 1;
  }
  return control > end / 20;
}

/** The encoding of a text of which these are the first bytes, cut anywhere; null where it is no text. */
export function textEncodingOf(head: Uint8Array): string | null {
  // A character that the cut splits would look like damage.
  const end = head.lastIndexOf(10);
  const whole = end < 0 ? head : head.subarray(0, end + 1);
  return looksBinary(head) ? null : decodeText(whole).encoding;
}

function byteOrderMark(bytes: Uint8Array): { readonly encoding: string; readonly size: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', size: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', size: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', size: 2 };
  return null;
}

/** Text of Latin scripts in UTF-16 has a zero in nearly every second byte, always on the same side. */
function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.floor(Math.min(bytes.length, sampleBytes) / 2);
  if (pairs < 2) return null;
  let high = 0;
  let low = 0;
  let empty = 0;
  for (let i = 0; i < pairs; i += 1) {
    const first = bytes[2 * i] === 0;
    const second = bytes[2 * i + 1] === 0;
    if (first && second) empty += 1;
    else if (first) high += 1;
    else if (second) low += 1;
  }
  if (empty > 0) return null;
  if (low > pairs * 0.4 && high < pairs * 0.05) return 'utf-16le';
  if (high > pairs * 0.4 && low < pairs * 0.05) return 'utf-16be';
  return null;
}

function decodeStrict(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function decodeLoose(bytes: Uint8Array, encoding: string, bom: boolean): DecodedText {
  const decoded = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  // Some Node versions decode windows-1252 as Latin-1 and leave its 27 printable characters as control codes.
  const text =
    encoding === 'windows-1252'
      ? decoded.replace(/[\u0080-\u009f]/g, (char) => windows1252[char.charCodeAt(0) - 0x80] ?? char)
      : decoded;
  let replaced = 0;
  for (let at = text.indexOf(replacement); at !== -1; at = text.indexOf(replacement, at + 1)) replaced += 1;
  return { text, encoding, bom, replaced };
}

/** A few damaged characters among many valid multi-byte ones: damaged UTF-8, not another encoding. */
function isMostlyUtf8(decoded: DecodedText): boolean {
  let multiByte = 0;
  for (let i = 0; i < decoded.text.length; i += 1) if (decoded.text.charCodeAt(i) > 127) multiByte += 1;
  return multiByte - decoded.replaced > decoded.replaced * 10;
}

function knownLabel(label: string): string | null {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
