/** Looking at the window: screenshots, and what an accessibility check finds. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export const shots = resolve(import.meta.dirname, '../../artifacts/screenshots');
mkdirSync(shots, { recursive: true });
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Screenshots in both themes, and no accessibility finding in either. */
export async function inspectPage(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(shots, `${name}-${theme}.png`) });
    await page.evaluate(axeSource);
    const findings = await page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        }
      ).axe.run();
      return violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ''}`);
    });
    expect(findings, `${name} in ${theme}`).toEqual([]);
  }
}
