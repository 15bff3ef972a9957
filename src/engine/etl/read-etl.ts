/** Bytes of a legacy ETL export → the tool-independent model. */
import type { EtlFile, EtlTool } from '../../shared/model/etl.ts';
import { decodeText } from '../readers/text/decode.ts';
import { etlToolRegistry } from './registry.ts';

const declaredEncoding = /^[^<]{0,8}<\?xml[^>]{0,200}\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/;

/** The encoding that the XML declaration names; what it names may be wrong. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 256));
  return declaredEncoding.exec(head)?.[1];
}

/** Reads an export of `tool`. Never throws on a bad file: what is wrong with it is in the result's diagnostics. */
export function readEtl(
  content: Uint8Array | string,
  options: { readonly file: string; readonly tool: EtlTool },
): EtlFile {
  const text = typeof content === 'string' ? content : decodeText(content, { declared: declaredIn(content) }).text;
  return etlToolRegistry[options.tool].parse(text, { file: options.file });
}
