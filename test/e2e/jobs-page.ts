/** The jobs of the window as a person moves through them. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { handsOn } from './drive.ts';

/** `page` may open later. */
export function jobsOn(page: () => Page) {
  const { ask, press } = handsOn(page);
  const rows = (): Locator => page().getByRole('grid', { name: 'Conversion jobs' });

  /** Filters the list, which is shown, and opens the only job that is left. */
  const openByName = async (name: string): Promise<void> => {
    await press('/');
    await page().getByRole('textbox', { name: 'Filter by file' }).fill(name);
    await expect.poll(() => rows().getAttribute('aria-rowcount')).toBe('2');
    await press('Enter');
    await expect.poll(() => rows().locator('[aria-selected=true]').textContent()).toContain(name);
    await press('Enter');
    await page().getByRole('heading', { name }).waitFor();
  };

  /** Back to the list; the first Escape closes a tooltip where one is shown. */
  const leave = async (): Promise<void> => {
    const back = async (): Promise<number> => {
      await press('Escape');
      return rows().count();
    };
    await expect.poll(back, { timeout: 20_000 }).toBe(1);
  };

  const firstPipeline = async (job: string): Promise<string> => {
    const { pipelines } = await ask('jobs.job', { id: job });
    return pipelines[0]?.fileName ?? '';
  };

  return { rows, openByName, leave, firstPipeline };
}
