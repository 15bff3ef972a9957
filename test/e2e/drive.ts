/** What a person's hands do, for the window's tests. */
import type { ElectronApplication, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Output, type Route, requests } from '../../src/shared/ipc/contract.ts';
import type { Reply } from '../../src/shared/errors.ts';
import { inspectPage } from './inspect.ts';

/** Dialogs of the system cannot be driven: they answer with these paths instead. */
export async function stubDialogs(
  app: ElectronApplication,
  paths: { readonly save: string; readonly open: string },
): Promise<void> {
  await app.evaluate(({ dialog }, { save, open }) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: save });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [open] });
  }, paths);
}

/** Drags real files over the window, waits for the areas that it offers, and drops them on one. */
export async function dropOnArea(
  page: Page,
  area: 'source' | 'target' | 'etl' | 'detect',
  files: readonly string[],
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', x: 640, y: 400, data });
  await session.send('Input.dispatchDragEvent', { type: 'dragOver', x: 640, y: 400, data });
  const box = await page.locator(`[data-area="${area}"]`).boundingBox();
  if (box === null) throw new Error(`no area ${area}`);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at, data });
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...at, data });
  await session.detach();
}

interface Bridge {
  readonly portolan: { request(name: string, input: unknown): Promise<unknown> };
}

/** Asks the main process as the page itself does, to compare what is shown with what is. The reply must keep the contract. */
export async function ask<R extends Route>(page: Page, route: R, input: object = {}): Promise<Output<R>> {
  const send = ([name, body]: readonly [string, object]): Promise<unknown> =>
    (globalThis as unknown as Bridge).portolan.request(name, body);
  const reply = (await page.evaluate(send, [route, input] as const)) as Reply<unknown>;
  if (!reply.ok) throw new Error(`${route}: ${reply.error.message}`);
  return requests[route].output.parse(reply.value) as Output<R>;
}

/** The hands of one test file; its window may open later. */
export function handsOn(page: () => Page) {
  const askIt = <R extends Route>(route: R, input: object = {}): Promise<Output<R>> => ask(page(), route, input);
  const inspect = (name: string): Promise<void> => inspectPage(page(), name);
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page().keyboard.press(key);
  };
  const untilRunIs = async (...statuses: readonly string[]): Promise<void> => {
    await expect
      .poll(async () => (await askIt('project.current'))?.run.status, { timeout: 120_000, interval: 250 })
      .toSatisfy((status: string) => statuses.includes(status));
  };
  return { ask: askIt, inspect, press, untilRunIs };
}
