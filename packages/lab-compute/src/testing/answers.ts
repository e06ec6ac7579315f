import type { AppUsage, Job, JobSchedule, StudioCompute, StudioCost } from '@strongroom/contracts';

/** What the gateway may answer; the test of the parsers holds it against the contract. */
export const offered: StudioCompute = {
  images: [
    {
      ...{ imageName: 'data-science', displayName: 'Data Science', version: '1.0' },
      ...{ description: 'Python with pandas', digest: null, iconUrl: null, isDefault: true },
      ...{ state: 'ready', reason: null },
      kernels: [{ name: 'python3', displayName: 'Python 3', language: 'python' }],
    },
    {
      ...{ imageName: 'r-base', displayName: 'R', version: null },
      ...{ description: null, digest: `sha256:${'a'.repeat(64)}`, iconUrl: null },
      ...{ isDefault: false, state: 'ready', reason: null },
      kernels: [
        { name: 'r-base__ir', displayName: 'R 4.2', language: 'R' },
        { name: 'r-base__python3', displayName: 'Python 3 (R)', language: 'python' },
      ],
    },
    {
      ...{ imageName: 'node', displayName: 'Node.js', version: null, description: null },
      ...{ digest: null, iconUrl: null, isDefault: false, state: 'preparing', kernels: [] },
      reason: { english: 'It is unpacked.', korean: '압축을 푸는 중입니다.' },
    },
  ],
  instanceTypes: [
    {
      ...{ instanceType: 'ml.t3.medium', vcpuCount: 2, memoryMebibytes: 4_096, gpuCount: 0 },
      ...{ pricePerHour: 0.05, isDefault: true, availability: 'available', reason: null },
    },
    {
      ...{ instanceType: 'ml.m5.large', vcpuCount: 2, memoryMebibytes: 8_192, gpuCount: 0 },
      ...{ pricePerHour: 0.115, isDefault: false, availability: 'available', reason: null },
    },
    {
      ...{ instanceType: 'ml.g4dn.xlarge', vcpuCount: 4, memoryMebibytes: 16_384, gpuCount: 1 },
      ...{ pricePerHour: 0.7364, isDefault: false, availability: 'unavailable' },
      reason: { english: 'There is no GPU.', korean: 'GPU가 없습니다.' },
    },
  ],
  prices: { currency: 'USD', region: 'us-east-1', wonPerUnit: 1_400 },
};

export const kernelId = '0d8e7d52-6f0f-4a7d-9a54-0f1a5b1b2c3d';

export const app: AppUsage = {
  ...{ appId: 'c'.repeat(32), appType: 'KernelGateway', kernelId },
  ...{ imageName: 'data-science', hasNewerImage: false, instanceType: 'ml.t3.medium' },
  ...{ pricePerHour: 0.05, stage: 'running', queuePosition: null },
  ...{ startedAt: '2026-11-28T10:00:00.000Z' },
  ...{ memoryBytes: 1_073_741_824, memoryLimitBytes: 4_294_967_296 },
  ...{ cpuCount: 0.5, cpuLimit: 2, gpus: [], idleEndsAt: null, lifetimeEndsAt: null },
} as unknown as AppUsage;

export const cost: StudioCost = {
  ...{ prices: offered.prices, amount: 12.3, hourlyAmount: 0.05 },
  budgets: [
    {
      ...{ kind: 'person', name: 'alice', monthlyAmount: 20, grantedAmount: 0 },
      ...{ usedAmount: 12.3, reachedPercent: 50, blocks: true },
    },
    {
      ...{ kind: 'team', name: 'research', monthlyAmount: 100, grantedAmount: 20 },
      ...{ usedAmount: 100, reachedPercent: 80, blocks: false },
    },
  ],
};

export const job = {
  ...{ jobId: 'a'.repeat(32), profileName: 'alice', scheduleId: null, status: 'running' },
  definition: {
    ...{ name: 'report', notebookPath: 'work/report.ipynb', parameters: { year: 2_026 } },
    ...{ kernelName: 'python3', imageName: 'data-science', instanceType: 'ml.t3.medium' },
    ...{ output: { kind: 'home', folder: 'work' }, maximumRetries: 1, maximumMinutes: 60 },
  },
  ...{ attempt: 1, createdAt: '2026-11-28T10:00:00.000Z' },
  ...{ startedAt: '2026-11-28T10:00:01.000Z', endedAt: null },
  progress: { finishedCells: 2, totalCells: 5 },
  ...{ outputLocation: null, failure: null },
} as unknown as Job;

export const schedule = {
  ...{ scheduleId: 'b'.repeat(32), profileName: 'alice', definition: job.definition },
  ...{ cron: '0 9 * * 1-5', timeZone: 'Asia/Seoul', isEnabled: true },
  ...{ createdAt: '2026-11-28T10:00:00.000Z', nextRunAt: null, lastJobId: null },
} as unknown as JobSchedule;
