/**
 * The parts of an .xlsx archive that hold cells, unpacked under limits and checked before a parser sees them. Drawings,
 * links, macros, validations and everything else that a schema does not need are left behind.
 */
import JSZip from 'jszip';
import { PortolanError } from '../../../shared/errors.ts';
import type { CellRange } from '../../ports/workbook.ts';
import { readEntry } from '../archive/read-entry.ts';

export interface WorkbookLimits {
  /** Bytes of all parts together, unpacked. */
  readonly unpackedBytes: number;
  readonly cells: number;
  readonly sheets: number;
}

export const workbookLimits: WorkbookLimits = { unpackedBytes: 500_000_000, cells: 3_000_000, sheets: 1000 };

export interface UnpackedWorkbook {
  /** The archive reduced to its cells, for the parser. */
  readonly archive: Uint8Array;
  readonly mergesBySheet: ReadonlyMap<string, readonly CellRange[]>;
}

const lastRow = 1_048_576;
const lastColumn = 16_384;
const relations = 'xl/_rels/workbook.xml.rels';
const keptParts: readonly string[] = ['xl/workbook.xml', relations, 'xl/sharedStrings.xml', 'xl/styles.xml'];

/** Throws PortolanError where the archive is damaged, of another format, or beyond a limit. */
export async function unpackWorkbook(
  bytes: Uint8Array,
  file: string,
  limits: WorkbookLimits = workbookLimits,
): Promise<UnpackedWorkbook> {
  refuseOtherFormats(bytes, file);
  const zip = await JSZip.loadAsync(bytes).catch((thrown: unknown) => {
    throw damaged(file, thrown);
  });
  const unpack = new Unpacking(zip, file, limits);
  const book = await unpack.text('xl/workbook.xml');
  if (book === null) throw notAWorkbook(zip, file);
  const parts = new Map<string, string>([['xl/workbook.xml', withoutNames(book)]]);
  for (const name of keptParts.slice(2)) {
    const text = await unpack.text(name);
    if (text !== null) parts.set(name, text);
  }
  const paths = worksheetPaths((await unpack.text(relations)) ?? '');
  const sheets = sheetTags(book);
  if (sheets.length > limits.sheets)
    throw refused(file, `has ${sheets.length} sheets`, 'Leave only the sheets that matter.');
  const mergesBySheet = new Map<string, readonly CellRange[]>();
  const links: string[] = [];
  for (const [index, { name, id }] of sheets.entries()) {
    const xml = await unpack.text(paths.get(id) ?? '');
    // Charts and dialogues are sheets without cells.
    const part = `sheet${index + 1}.xml`;
    parts.set(`xl/worksheets/${part}`, xml === null ? '<worksheet><sheetData/></worksheet>' : xml);
    links.push(`<Relationship Id="${id}" Type="${worksheetType}" Target="worksheets/${part}"/>`);
    if (xml !== null) mergesBySheet.set(name, unpack.inspect(xml, name));
  }
  parts.set(relations, `<Relationships xmlns="${relationNamespace}">${links.join('')}</Relationships>`);
  const archive = new JSZip();
  for (const [name, text] of parts) archive.file(name, text);
  return { archive: await archive.generateAsync({ type: 'uint8array', compression: 'STORE' }), mergesBySheet };
}

const relationNamespace = 'http://schemas.openxmlformats.org/package/2006/relationships';
const worksheetType = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet';

class Unpacking {
  readonly #zip: JSZip;
  readonly #file: string;
  readonly #limits: WorkbookLimits;
  readonly #byLowerName: ReadonlyMap<string, JSZip.JSZipObject>;
  #bytes = 0;
  #cells = 0;

  constructor(zip: JSZip, file: string, limits: WorkbookLimits) {
    this.#zip = zip;
    this.#file = file;
    this.#limits = limits;
    this.#byLowerName = new Map(
      Object.values(this.#zip.files).map((entry) => [
        entry.name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase(),
        entry,
      ]),
    );
  }

  /** A part's XML with plain element names, or null where the archive has no such part. */
  async text(name: string): Promise<string | null> {
    const entry = this.#byLowerName.get(name.toLowerCase());
    if (entry === undefined || entry.dir) return null;
    const all = await readEntry(entry, (size) => {
      this.#bytes += size;
      if (this.#bytes > this.#limits.unpackedBytes)
        throw refused(
          this.#file,
          `unpacks to more than ${Math.round(this.#limits.unpackedBytes / 1e6)} MB`,
          'Save its sheets as CSV.',
        );
    }).catch((thrown: unknown) => {
      throw thrown instanceof PortolanError ? thrown : damaged(this.#file, thrown);
    });
    const utf16 = all[0] === 0xff && all[1] === 0xfe;
    const text = all.toString(utf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
    if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
      throw refused(
        this.#file,
        `declares XML entities in ${name}`,
        'Open it in Excel or LibreOffice and save it again as .xlsx.',
      );
    return plainNames(text);
  }

  /** Counts a sheet's cells against the limit and gives its merged ranges. */
  inspect(xml: string, sheet: string): readonly CellRange[] {
    for (const [, row = ''] of xml.matchAll(/<row\b[^>]{0,400}?\br="(\d+)"/g))
      if (row.length > 7 || Number(row) > lastRow) throw damaged(this.#file, new Error(`row ${row} in ${sheet}`));
    for (let at = xml.indexOf('<c '); at !== -1; at = xml.indexOf('<c ', at + 3)) this.#cells += 1;
    for (let at = xml.indexOf('<c>'); at !== -1; at = xml.indexOf('<c>', at + 3)) this.#cells += 1;
    if (this.#cells > this.#limits.cells)
      throw refused(
        this.#file,
        `has more than ${this.#limits.cells} cells (reached in sheet ${sheet})`,
        'Save its large sheets as CSV, which has no limit.',
      );
    return [...xml.matchAll(/<mergeCell\b[^>]{0,100}?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g)].map(
      ([, left = '', top = '', right = '', bottom = '']) => ({
        top: Number(top),
        left: columnNumber(left),
        bottom: Math.min(Number(bottom), lastRow),
        right: Math.min(columnNumber(right), lastColumn),
      }),
    );
  }
}

function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}

/** Some programs write `<x:row>`; the parser knows `<row>` only. */
function plainNames(xml: string): string {
  const prefix = /<([A-Za-z][\w.-]{0,20}):(?:workbook|worksheet|sst|styleSheet|Relationships)\b/.exec(
    xml.slice(0, 2000),
  )?.[1];
  return prefix === undefined ? xml : xml.replaceAll(`<${prefix}:`, '<').replaceAll(`</${prefix}:`, '</');
}

/** A name may span a whole sheet, which the parser would write out cell by cell. */
function withoutNames(book: string): string {
  const from = book.indexOf('<definedNames');
  const to = book.indexOf('</definedNames>');
  return from === -1 || to < from ? book : book.slice(0, from) + book.slice(to + '</definedNames>'.length);
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)?.slice(1).join('') ?? '';
}

function sheetTags(book: string): readonly { readonly name: string; readonly id: string }[] {
  return [...book.matchAll(/<sheet\s[^>]{1,2000}>/g)].map(([tag]) => ({
    name: unescapeXml(attribute(tag, 'name')),
    id: attribute(tag, '[A-Za-z]\\w*:id'),
  }));
}

function worksheetPaths(rels: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const [tag] of rels.matchAll(/<Relationship\s[^>]{1,2000}>/g)) {
    if (!attribute(tag, 'Type').endsWith('/worksheet')) continue;
    const target = attribute(tag, 'Target').replaceAll('\\', '/');
    paths.set(
      attribute(tag, 'Id'),
      target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^(?:\.\/)+/, '')}`,
    );
  }
  return paths;
}

export function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

const refused = (file: string, what: string, hint: string): PortolanError =>
  new PortolanError('INPUT_INVALID', `${file} ${what}`, { hint, where: { file } });

const damaged = (file: string, cause: unknown): PortolanError =>
  new PortolanError('INPUT_INVALID', `${file} is damaged and cannot be read as a workbook`, {
    hint: 'Open it in Excel or LibreOffice and save it again as .xlsx.',
    where: { file },
    cause,
  });

function notAWorkbook(zip: JSZip, file: string): PortolanError {
  const binary = zip.files['xl/workbook.bin'] !== undefined;
  const what = binary
    ? 'is a binary workbook (.xlsb), which is not read'
    : 'is a zip archive without an Excel workbook';
  return refused(file, what, 'Open it in Excel or LibreOffice and save it as .xlsx.');
}

/** Workbooks of before 2007 and encrypted ones lie in the same container. */
function refuseOtherFormats(bytes: Uint8Array, file: string): void {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return;
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0) {
    const encrypted = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
      Buffer.from('EncryptedPackage', 'utf16le'),
    );
    throw new PortolanError(
      'UNSUPPORTED',
      encrypted
        ? `${file} is protected by a password`
        : `${file} is a workbook of Excel 97–2003 (.xls), which is not read`,
      {
        hint: encrypted
          ? 'Open it in Excel, remove the password (File > Info) and save it.'
          : 'Open it in Excel or LibreOffice and save it as .xlsx.',
        where: { file },
      },
    );
  }
  throw refused(file, 'is no Excel workbook, although its name says so', 'Save it as .xlsx, or as CSV.');
}
