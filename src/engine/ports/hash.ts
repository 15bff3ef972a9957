/** SHA-256 in hex of bytes or of a text's UTF-8. Synchronous: for texts and artefacts, not for large files. */
export type Sha256 = (content: string | Uint8Array) => string;
