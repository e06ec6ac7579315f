import { defineConfig } from 'vitest/config';

const seconds = 1_000;

/**
 * Two projects. Tests beside their source run side by side. Those under tests/ start browsers,
 * whole installations and deliberate overload, so they run after the others and one at a time.
 */
export default defineConfig({
  test: {
    teardownTimeout: 60 * seconds,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages,apps,scripts,bench}/**/*.test.{ts,tsx,mjs}'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          environment: 'node',
          testTimeout: 30 * seconds,
          hookTimeout: 60 * seconds,
          // They mostly wait for sandboxes and for the disk, and none leaves anything to the next file.
          maxWorkers: 4,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'machine',
          include: ['tests/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          environment: 'node',
          testTimeout: 180 * seconds,
          hookTimeout: 180 * seconds,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
