import { defineConfig } from 'vitest/config';

const seconds = 1_000;

/** Overload the machine, kill what runs on it, or count its processes: they run alone. */
const alone = [
  'tests/attacks/{host-writes,leftovers,processes,resources,rootless}.test.ts',
  'tests/faults/{hostile-kernels,killed,storage-faults}.test.ts',
];

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
 * Three projects, one after the other. Tests beside their source run side by side. Journeys, conformance,
 * attacks and faults each start something of their own and mostly wait for it: three at a time.
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
          maxWorkers: 6,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'installations',
          include: ['tests/{journeys,conformance,attacks,faults}/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...alone],
          environment: 'node',
          testTimeout: 180 * seconds,
          hookTimeout: 180 * seconds,
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
        },
      },
      ...(process.env.STRONGROOM_TEST_CLUSTER === undefined ? [] : [cluster]),
      {
        test: {
          name: 'machine',
          include: alone,
          exclude: ['**/node_modules/**'],
          environment: 'node',
          testTimeout: 180 * seconds,
          hookTimeout: 180 * seconds,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
