import { readFileSync, writeFileSync } from 'node:fs';

const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const [OFF, ON] = [0x30, 0x31];

/** Positions in Electron's fuse wire, version 1. */
export const FUSE = { nodeCliInspect: 3, loadBrowserProcessSpecificV8Snapshot: 6 };

/** Sets fuses in an Electron binary: after the sentinel stand a version byte, a length byte and one byte a fuse. */
export function setFuses(binary, settings) {
  const bytes = readFileSync(binary);
  const start = bytes.indexOf(SENTINEL);
  if (start < 0 || bytes.indexOf(SENTINEL, start + 1) >= 0) throw new Error(`${binary}: no single fuse wire found`);
  const wire = start + SENTINEL.length + 2;
  for (const [fuse, on] of settings) {
    if (fuse >= bytes[wire - 1]) throw new Error(`${binary}: its fuse wire has no fuse ${fuse}`);
    bytes[wire + fuse] = on ? ON : OFF;
  }
  writeFileSync(binary, bytes);
}
