/** The questions that an app or macro asks, and the Actions that carry their answers into the settings of tools. */
import { all, at, setting, type Config } from '../config.ts';

export interface Question {
  readonly name: string;
  readonly type: string;
  /** The answer that is given before anybody changes it; null where there is none. */
  readonly default: string | null;
  /** Why an answer cannot be one value; null where it is one. */
  readonly obstacle: string | null;
}

export interface Condition {
  readonly tool: string;
  readonly expression: string;
  /** Whether it has to be met, or not met. */
  readonly met: boolean;
}

export interface Action {
  /** The Action tool, where the file names it. */
  readonly tool: string;
  readonly type: string;
  /** The conditions of the app that decide whether it happens. */
  readonly conditions: readonly Condition[];
  readonly variable: string;
  readonly expression: string;
  /** The part of the setting that is replaced; null where the whole setting is. */
  readonly replaced: string | null;
  /** The tool that it acts on, '' where the file does not say. */
  readonly target: string;
  /** The setting as the flat list of properties names it. */
  readonly path: string;
}

const oneValue = new Set([
  'TextBox',
  'NumericUpDown',
  'ListBox',
  'DropDown',
  'Date',
  'BooleanGroup',
  'RadioGroup',
  'FileBrowse',
  'FolderBrowse',
]);

function obstacleOf(config: Config, type: string): string | null {
  if (type === 'ControlParam') return 'it is a control parameter, whose value is another one for each batch';
  if (setting(config, 'Multiple') === 'True') return 'the question takes several answers';
  return oneValue.has(type) ? null : `a question of type ${type || 'unknown'} has no single answer`;
}

interface Found {
  readonly config: Config;
  readonly conditions: readonly Condition[];
}

/** The conditions for what is within `child`, one of the branches of `parent`. */
function conditionsOf({ config: parent, conditions }: Found, child: Config): readonly Condition[] {
  if (parent.name !== 'Condition' || (child.name !== 'True' && child.name !== 'False')) return conditions;
  const own = {
    tool: setting(parent, 'ToolId').trim(),
    expression: setting(parent, 'Expression'),
    met: child.name === 'True',
  };
  return [...conditions, own];
}

/** All elements called `name` below `config`, with the conditions above them. */
function below(config: Config, name: string): readonly Found[] {
  const found: Found[] = [];
  const pending: Found[] = [{ config, conditions: [] }];
  for (const parent of pending) {
    for (const child of parent.config.children) {
      const next = { config: child, conditions: conditionsOf(parent, child) };
      if (child.name === name) found.push(next);
      pending.push(next);
    }
  }
  return found;
}

/** Questions by the id of their tool. */
export function questionsOf(settings: Config): ReadonlyMap<string, Question> {
  const listed = below(at(settings, 'RuntimeProperties', 'Questions'), 'Question');
  return new Map(
    listed.map(({ config }) => {
      const type = setting(config, 'Type').trim();
      const given = setting(config, 'Default').trim();
      return [
        setting(config, 'ToolId').trim(),
        {
          name: setting(config, 'Name').trim(),
          type,
          default: given === '' ? null : given,
          obstacle: obstacleOf(config, type),
        },
      ];
    }),
  );
}

/** `Data/r[2]/c` and `N@value`, as the flat list of properties has it, of the XPath `Data/r[2]/c[1]` and `N/@value`. */
const pathOf = (xpath: string): string => xpath.replace(/\/@(?=[^/]*$)/, '@').replaceAll('[1]', '');

/** Actions in the order in which they happen. */
export function actionsOf(settings: Config): readonly Action[] {
  return all(at(settings, 'RuntimeProperties'), 'Actions').flatMap((actions) =>
    below(actions, 'Action').map(({ config, conditions }) => {
      const [, target = '', path = ''] = /^(\d+)\/(.+)$/s.exec(setting(config, 'Destination').trim()) ?? [];
      return {
        tool: setting(config, 'ToolId').trim(),
        type: setting(config, 'Type').trim(),
        conditions,
        variable: setting(config, 'Variable').trim(),
        expression: setting(config, 'Expression'),
        replaced: setting(config, 'Replace') === 'True' ? at(config, 'ReplaceText').text : null,
        target,
        path: pathOf(path),
      };
    }),
  );
}
