import { defineConfig } from 'vitest/config';

/** Tests that drive the built app in a real Electron, one at a time. `npm run e2e` brings a display and the runtime. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 120_000,
    pool: 'forks',
  },
});
