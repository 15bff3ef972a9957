/** Dialogs of the system, in front of the one window. */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BrowserWindow, app, dialog } from 'electron';
import { PortolanError } from '../../shared/errors.ts';

/** Dialogs belong to the window that asks; there is one. */
export function window(): BrowserWindow {
  const [first] = BrowserWindow.getAllWindows();
  if (first === undefined) throw new PortolanError('INTERNAL', 'There is no window');
  return first;
}

/** The files that the user chose; none where the dialog was cancelled. */
export async function chooseFiles(title: string, several: boolean): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
    title,
    properties: several ? ['openFile', 'multiSelections'] : ['openFile'],
  });
  return canceled ? [] : filePaths;
}

/** Asks for a place and writes there what `textFor` gives for it. Null: cancelled. */
export async function saveByDialog(
  name: string,
  filters: { name: string; extensions: string[] }[],
  textFor: (path: string) => Promise<string> | string,
): Promise<{ file: string } | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window(), {
    defaultPath: join(app.getPath('documents'), name),
    filters,
  });
  if (canceled || filePath === '') return null;
  await writeFile(filePath, await textFor(filePath)).catch((cause: unknown) => {
    throw new PortolanError('INPUT_UNREADABLE', `${basename(filePath)} cannot be written`, {
      hint: 'Choose another folder.',
      cause,
    });
  });
  return { file: basename(filePath) };
}
