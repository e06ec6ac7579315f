import { describe, expect, it } from 'vitest';
import { limitsOf, serverLimitsOf } from './app-limits.ts';

const size = { instanceType: 'ml.t3.medium', vcpuCount: 2, memoryMebibytes: 4096 };

describe('what an app may use', () => {
  it('is what its type has, and half of the memory for each temporary folder', () => {
    expect(limitsOf(size)).toMatchObject({
      ...{ memoryBytes: 4096 * 1024 ** 2, cpuCount: 2 },
      ...{ temporaryFolderBytes: 2048 * 1024 ** 2, sharedMemoryBytes: 2048 * 1024 ** 2 },
    });
  });

  it('lets a studio’s server go first on a full machine, within the same limit', () => {
    const { cpuShare, ...limits } = serverLimitsOf(size);
    expect(limits).toEqual(limitsOf(size));
    expect(cpuShare).toBe(8);
  });
});
