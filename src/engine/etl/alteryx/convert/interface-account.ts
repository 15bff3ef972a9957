/** What becomes of the tools of an app that ask questions and act on the answers. */
import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import { destinationName } from '../answers/bind-answers.ts';
import { propertyOf } from './properties.ts';

interface Account {
  readonly confidence: number;
  readonly notes: readonly string[];
}

const others: Readonly<Record<string, string>> = {
  Error:
    'It checks answers before the app runs and stops it with a message; the pipeline takes parameters as they are given',
  Condition: 'It decides by an answer which Actions happen; the pipeline uses the settings stored in the file',
};

/** Questions become parameters; an Action is converted where the setting that it changes reads one. */
export function interfaceAccount(
  transformation: EtlTransformation,
  role: 'question' | 'action',
  bound: (setting: string) => boolean,
): Account {
  if (role === 'question')
    return {
      confidence: 0.9,
      notes: ['The question is a parameter of the pipeline where an expression or a setting uses its answer'],
    };
  const destination = propertyOf(transformation, destinationName);
  // An Action of a macro that is put in place sets a tool beside it.
  const beside = transformation.id.slice(0, transformation.id.lastIndexOf('.') + 1);
  if (destination !== null && bound(`${beside}${destination}`))
    return { confidence: 0.9, notes: [`The setting ${destination} reads the answer as a parameter of the pipeline`] };
  return { confidence: 0.65, notes: [others[transformation.type] ?? leftOut(transformation.type, destination)] };
}

function leftOut(type: string, destination: string | null): string {
  const [, tool = '', path = ''] = /^(\d+)\/(.*)$/s.exec(destination ?? '') ?? [];
  const stays = 'the pipeline uses what is stored in the file';
  if (destination === null) return `${type} changes settings in a way that the file does not tell; ${stays}`;
  if (path === 'Disabled@value') return `It switches the container ${tool} on or off when the app runs; ${stays}`;
  const question = /^Value\[@name='([^']*)'\]/.exec(path)?.[1];
  if (question !== undefined) return `It answers ${question} of the macro ${tool} when the app runs; ${stays}`;
  return `${type} changes ${path} of tool ${tool} when the app runs; ${stays}`;
}
