import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Entry points that Electron's main process and the command line start as separate processes or threads stand beside
// `index`, so that each finds its neighbours in out/main whatever started it.
export default defineConfig({
  main: {
    build: {
      // The command line runs on the user's own Node.js, which may be as old as package.json's `engines` says.
      target: 'node20.19',
      externalizeDeps: true,
      sourcemap: true,
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          cli: resolve('src/cli/index.ts'),
          'host-inference': resolve('src/hosts/inference.ts'),
          'host-reader': resolve('src/hosts/reader.ts'),
          'host-compute': resolve('src/hosts/compute.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload may only require electron, so it is one self-contained CommonJS file.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve('src/renderer'),
    plugins: [react()],
    resolve: {
      // The YAML language names the editor's worker by a path that the editor's exports no longer have.
      alias: { 'monaco-editor/esm/vs/editor/editor.worker.js': 'monaco-editor/editor/editor.worker' },
    },
    build: { rollupOptions: { input: resolve('src/renderer/index.html') } },
    worker: { format: 'es' },
  },
});
