/** The DDL reader's public face: scripts of any database in, schema model and diagnostics out. */
export { detectDialect } from './detect-dialect.ts';
export { readDdl, readDdlFiles, type DdlInput } from './read-ddl.ts';
