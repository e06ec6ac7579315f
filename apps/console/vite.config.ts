import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { chunkOf, sharedChunkOf } from './build/chunks.ts';
import { preloadMain } from './build/preload-main.ts';

export default defineConfig({
  plugins: [react(), preloadMain()],
  build: {
    // The content security policy allows neither data: scripts nor data: documents.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: chunkOf, debugName: 'shown-first', priority: 2 },
            { name: 'charts', test: /mixed-line-bar-chart|[\\/]bar-chart|[\\/]d3-/, priority: 1 },
            { name: sharedChunkOf, debugName: 'pages', test: /^[^\0]/, minShareCount: 3 },
          ],
        },
      },
    },
  },
});
