import { defineConfig } from 'vitest/config';

const seconds = 1_000;

/** Starts a Slurm cluster: `npm run test:cluster` alone, which installs what it takes. */
const cluster = {
  test: {
    name: 'cluster',
    include: ['tests/cluster/**/*.test.ts'],
    environment: 'node' as const,
    testTimeout: 180 * seconds,
    hookTimeout: 180 * seconds,
    maxWorkers: 1,
    fileParallelism: false,
    sequence: { groupOrder: 4 },
  },
};

/**
 * Three projects, one after the other. Tests beside their source run side by side. Journeys and
 * conformance each start an installation and mostly wait for it: three at a time. Attacks and faults
 * overload the machine on purpose, so they run alone.
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
          testTimeout: 60 * seconds,
          hookTimeout: 60 * seconds,
          // They mostly wait for sandboxes and for the disk, and none leaves anything to the next file.
          maxWorkers: 4,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'installations',
          include: ['tests/{journeys,conformance}/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          environment: 'node',
          testTimeout: 180 * seconds,
          hookTimeout: 180 * seconds,
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'machine',
          include: ['tests/{attacks,faults}/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          environment: 'node',
          testTimeout: 180 * seconds,
          hookTimeout: 180 * seconds,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
      ...(process.env.STRONGROOM_TEST_CLUSTER === undefined ? [] : [cluster]),
    ],
  },
});
