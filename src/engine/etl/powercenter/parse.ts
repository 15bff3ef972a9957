/** PowerCenter exports (POWERMART XML) → the tool-independent model. Conversion happens elsewhere; here nothing is lost. */
import type { EtlFile, EtlTask } from '../../../shared/model/etl.ts';
import type { Diagnostic } from '../../../shared/model/schema.ts';
import { readXml, type XmlElement } from '../xml/read-xml.ts';
import { attribute, attributeOrNull, childrenNamed } from './attributes.ts';
import { parseDefinition } from './parse-definition.ts';
import { parseMapping } from './parse-mapping.ts';
import { parseTransformation } from './parse-transformation.ts';
import { parseTask, parseWorkflow } from './parse-workflow.ts';
import { withSystemVariables } from './system-variables.ts';
import { childProperties } from './properties.ts';
import { indexRepository } from './repository-index.ts';

/** `01/31/2026 22:30:53` as `2026-01-31T22:30:53`; exports carry no time zone. */
export function toIsoTime(text: string): string | null {
  const match = /^\s*(\d{2})\/(\d{2})\/(\d{4})(?:\s+(\d{2}):(\d{2}):(\d{2}))?\s*$/.exec(text);
  if (match === null) return null;
  const [, month, day, year, hour = '00', minute = '00', second = '00'] = match;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}

/** Elements with `tag` anywhere below `root` within three levels: exports of parts may lack the outer levels. */
function foldersOf(root: XmlElement): readonly XmlElement[] {
  if (root.name === 'FOLDER') return [root];
  const below = root.children.flatMap((child) => (child.name === 'FOLDER' ? [child] : childrenNamed(child, 'FOLDER')));
  return below;
}

function tasksOf(folder: XmlElement): readonly EtlTask[] {
  return folder.children.flatMap((child) => {
    if (child.name === 'SESSION' || child.name === 'TASK') return [parseTask(child)];
    if (child.name !== 'WORKFLOW' && child.name !== 'WORKLET') return [];
    return withInner(child).flatMap((flow) =>
      flow.children.filter((inner) => inner.name === 'SESSION' || inner.name === 'TASK').map(parseTask),
    );
  });
}

/** A workflow or worklet and the worklets that are defined inside it, at any depth. */
function withInner(flow: XmlElement): readonly XmlElement[] {
  const found = [flow];
  for (const one of found) found.push(...childrenNamed(one, 'WORKLET'));
  return found;
}

interface Parts {
  readonly definitions: EtlFile['definitions'];
  readonly mappings: EtlFile['mappings'];
  readonly workflows: EtlFile['workflows'];
  readonly reusable: EtlFile['reusable'];
  readonly tasks: EtlFile['tasks'];
  readonly configurations: EtlFile['configurations'];
}

function readFolders(folders: readonly XmlElement[], file: string, report: (diagnostic: Diagnostic) => void): Parts {
  const nameOf = (folder: XmlElement): string => attribute(folder, 'NAME');
  const definitions = folders.flatMap((folder) =>
    folder.children
      .filter((child) => child.name === 'SOURCE' || child.name === 'TARGET')
      .map((child) => parseDefinition(child, nameOf(folder))),
  );
  const index = indexRepository(folders, definitions);
  const mappings = folders.flatMap((folder) =>
    folder.children
      .filter((child) => child.name === 'MAPPING' || child.name === 'MAPPLET')
      .map((child) => parseMapping(child, { file, folder: nameOf(folder), index, report })),
  );
  const workflows = folders.flatMap((folder) => {
    const shared = new Map(
      folder.children
        .filter((child) => child.name === 'SESSION' || child.name === 'TASK')
        .map((child) => [attribute(child, 'NAME'), parseTask(child)]),
    );
    const flows = folder.children.filter((child) => child.name === 'WORKFLOW' || child.name === 'WORKLET');
    return flows.flatMap(withInner).map((flow) => parseWorkflow(flow, nameOf(folder), shared));
  });
  return {
    definitions,
    mappings: mappings.map((one) => withSystemVariables(one, workflows)),
    workflows,
    reusable: folders.flatMap((folder) =>
      childrenNamed(folder, 'TRANSFORMATION').map((child) => ({
        ...parseTransformation(child, attribute(child, 'NAME')),
        folder: nameOf(folder),
      })),
    ),
    tasks: folders.flatMap(tasksOf),
    configurations: folders.flatMap((folder) =>
      childrenNamed(folder, 'CONFIG').map((child) => ({
        name: attribute(child, 'NAME'),
        properties: childProperties(child, new Set(['ATTRIBUTE'])),
      })),
    ),
  };
}

/**
 * Everything that a PowerCenter export holds. Never throws on a bad file: defects come back in `diagnostics`, with
 * file and line, and the rest is kept.
 */
export function parsePowerCenter(text: string, options: { readonly file: string }): EtlFile {
  const { root, diagnostics } = readXml(text, options);
  const found: Diagnostic[] = [...diagnostics];
  const folders = root === null ? [] : foldersOf(root);
  if (root !== null && folders.length === 0) {
    found.push({
      severity: 'error',
      message: `No FOLDER in <${root.name}>: this is not a PowerCenter repository export. Export objects from the Repository Manager as XML.`,
      file: options.file,
      line: root.line,
      statement: null,
    });
  }
  const parts = readFolders(folders, options.file, (diagnostic) => found.push(diagnostic));
  return {
    file: options.file,
    tool: 'powercenter',
    version: root === null ? null : attributeOrNull(root, 'REPOSITORY_VERSION'),
    exportedAt: root === null ? null : toIsoTime(attribute(root, 'CREATION_DATE')),
    ...parts,
    diagnostics: found,
  };
}
