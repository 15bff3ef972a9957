import { PortolanError } from '../shared/errors.ts';
import type { ProjectSettings } from '../shared/model/project.ts';
import { withSourceSetting } from '../engine/index.ts';
import type { Arguments } from './arguments.ts';

type Settings = NonNullable<ProjectSettings['etlSettings']>;

/** What `--setting ID=VALUE…` says of the source systems, by tool, beside what was said `before`. */
export function sourceSettingsOf(parsed: Arguments, before: Settings = {}): Settings {
  return parsed.list('setting').reduce<Settings>((settings, text) => {
    const at = text.indexOf('=');
    if (at < 1)
      throw new PortolanError('INPUT_INVALID', `--setting ${text} has no name and value`, {
        hint: 'Write it as --setting powercenter.null_comparison=HIGH.',
      });
    return withSourceSetting(settings, text.slice(0, at), text.slice(at + 1));
  }, before);
}
