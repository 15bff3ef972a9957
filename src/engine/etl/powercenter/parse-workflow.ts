/** SESSION, TASK, WORKFLOW and WORKLET elements. */
import type { EtlProperties, EtlTask, EtlWorkflow } from '../../../shared/model/etl.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { attribute, attributeOrNull, childrenNamed } from './attributes.ts';
import { toParameter } from './parse-mapping.ts';
import { attributeProperties, childProperties, normaliseLineEnds } from './properties.ts';

const modelledTask = new Set(['NAME', 'TYPE', 'TASKNAME', 'TASKTYPE', 'MAPPINGNAME']);
/** The property of a session that names its configuration object. */
export const configurationName = 'Session config';
const attributeTags = new Set(['ATTRIBUTE']);
const valueTags = new Set(['ATTRIBUTE', 'VALUEPAIR']);

/** What a session sets on one instance: attributes, connections, file formats; named `INSTANCE.PROPERTY`. */
function overrides(session: XmlElement): EtlProperties {
  return session.children.flatMap((child): EtlProperties => {
    if (child.name !== 'SESSTRANSFORMATIONINST' && child.name !== 'SESSIONEXTENSION') return [];
    const prefix = `${attribute(child, 'SINSTANCENAME')}.`;
    const connections = childrenNamed(child, 'CONNECTIONREFERENCE')
      .filter(
        (reference) =>
          attributeOrNull(reference, 'CONNECTIONNAME') !== null || attributeOrNull(reference, 'VARIABLE') !== null,
      )
      .map((reference) => ({
        name: `${prefix}connection`,
        value: attributeOrNull(reference, 'CONNECTIONNAME') ?? attribute(reference, 'VARIABLE'),
      }));
    const files = childrenNamed(child, 'FLATFILE').flatMap((flat) =>
      attributeProperties(flat, new Set()).map((property) => ({
        name: `${prefix}${property.name}`,
        value: property.value,
      })),
    );
    return [...childProperties(child, attributeTags, prefix), ...connections, ...files];
  });
}

/** The name of the session's configuration object, and what the session sets differently. */
function configuration(session: XmlElement): EtlProperties {
  return childrenNamed(session, 'CONFIGREFERENCE').flatMap((reference) => [
    ...childProperties(reference, attributeTags),
    { name: configurationName, value: attribute(reference, 'REFOBJECTNAME') },
  ]);
}

/** Tasks inside a session (its e-mails and commands), kept with the session's properties. */
function components(session: XmlElement): EtlProperties {
  return childrenNamed(session, 'SESSIONCOMPONENT').flatMap((component) => {
    const prefix = `${attribute(component, 'TYPE')}.`;
    const tasks = childrenNamed(component, 'TASK').flatMap((task) => childProperties(task, valueTags, prefix));
    return [{ name: `${prefix}task`, value: attribute(component, 'REFOBJECTNAME') }, ...tasks];
  });
}

/** A SESSION or TASK element by itself, whether or not a workflow runs it. */
export function parseTask(element: XmlElement): EtlTask {
  const session = element.name === 'SESSION';
  return {
    name: attribute(element, 'NAME'),
    type: session ? 'Session' : attribute(element, 'TYPE'),
    mapping: session ? attributeOrNull(element, 'MAPPINGNAME') : null,
    properties: [
      ...attributeProperties(element, modelledTask),
      ...childProperties(element, valueTags).map((property) => ({
        ...property,
        value: property.value === null ? null : normaliseLineEnds(property.value),
      })),
      ...(session ? [...configuration(element), ...overrides(element), ...components(element)] : []),
    ],
    line: element.line,
  };
}

/** A WORKFLOW or WORKLET with one task for each TASKINSTANCE; `shared` are the reusable tasks of its folder. */
export function parseWorkflow(element: XmlElement, folder: string, shared: ReadonlyMap<string, EtlTask>): EtlWorkflow {
  const own = new Map<string, EtlTask>();
  for (const child of element.children) {
    if (child.name === 'SESSION' || child.name === 'TASK') own.set(attribute(child, 'NAME'), parseTask(child));
  }
  const tasks = childrenNamed(element, 'TASKINSTANCE').map((instance): EtlTask => {
    const taskName = attribute(instance, 'TASKNAME');
    const definition = own.get(taskName) ?? shared.get(taskName);
    return {
      name: attribute(instance, 'NAME'),
      type: attribute(instance, 'TASKTYPE') || (definition?.type ?? ''),
      mapping: definition?.mapping ?? null,
      properties: [
        ...(taskName === attribute(instance, 'NAME') ? [] : [{ name: 'TASKNAME', value: taskName }]),
        ...attributeProperties(instance, modelledTask),
        ...childProperties(instance, valueTags),
        ...overrides(instance),
        ...(definition?.properties ?? []),
      ],
      line: instance.line,
    };
  });
  return {
    folder,
    name: attribute(element, 'NAME'),
    kind: element.name === 'WORKLET' ? 'worklet' : 'workflow',
    tasks,
    links: childrenNamed(element, 'WORKFLOWLINK').map((link) => {
      const condition = attributeOrNull(link, 'CONDITION');
      return {
        from: attribute(link, 'FROMTASK'),
        to: attribute(link, 'TOTASK'),
        condition: condition === null ? null : normaliseLineEnds(condition),
      };
    }),
    parameters: childrenNamed(element, 'WORKFLOWVARIABLE').map(toParameter),
    properties: [...attributeProperties(element, new Set(['NAME'])), ...childProperties(element, attributeTags)],
    line: element.line,
  };
}
