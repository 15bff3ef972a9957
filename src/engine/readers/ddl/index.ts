/** The DDL reader's public face: scripts of any database in, schema model and diagnostics out. */
export { readDdl, readDdlFiles } from './read-ddl.ts';
