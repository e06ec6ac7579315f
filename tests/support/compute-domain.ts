import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningDomain, startDomain } from './running-domain.ts';

/** The risk models' people may not have the largest size. */
const onlySmall = {
  Version: '2012-10-17',
  Statement: {
    Sid: 'NoLargeSizes',
    Effect: 'Deny',
    Action: 'sagemaker:CreateApp',
    Resource: '*',
    Condition: { 'ForAnyValue:StringLike': { 'sagemaker:InstanceTypes': ['ml.m5.xlarge'] } },
  },
};

const domainFile = `
domain: { name: sizes, accountId: '123456789012', region: eu-central-1 }
server:
  listen: { address: 127.0.0.1, port: 8080 }
  consoleHostName: console.localhost
  studioHostName: '*.studio.localhost'
dataFolder: ./data
teams: [{ name: risk-models }, { name: platform }]
people:
  - { profileName: admin, displayName: Administrator, role: administrator, team: platform }
  - { profileName: alice, displayName: Alice, role: data-scientist, team: risk-models }
  - { profileName: bob, displayName: Bob, role: data-scientist, team: risk-models }
images:
  - { imageName: host-python, displayName: Python, rootFileSystem: host, kernels: [python3], warmKernels: 2 }
  - { imageName: bash, displayName: Bash, rootFileSystem: host, kernels: [bash] }
instanceTypes:
  - { instanceType: system, vcpuCount: 2, memoryMebibytes: 1024 }
  - { instanceType: ml.t3.medium, vcpuCount: 1, memoryMebibytes: 512, pricePerHour: 0.05 }
  - { instanceType: ml.m5.large, vcpuCount: 2, memoryMebibytes: 1024 }
  - { instanceType: ml.m5.xlarge, vcpuCount: 2, memoryMebibytes: 2048 }
  - { instanceType: ml.g5.48xlarge, vcpuCount: 2, memoryMebibytes: 2048, gpuCount: 64 }
defaults: { imageName: host-python, instanceType: ml.t3.medium }
studios: { hibernateAfterMinutes: 60, prestart: server-and-kernel }
sessions: { idleMinutes: 60, absoluteHours: 12 }
policies:
  - { document: ./only-small.json, attachTo: { team: risk-models } }
acceptUnenforced: []
`;

/** Kernels that are kept ready, sizes of several kinds, and a team that may not have all of them. */
export async function startComputeDomain(): Promise<RunningDomain> {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-compute-'));
  await writeFile(join(folder, 'only-small.json'), JSON.stringify(onlySmall));
  return startDomain({ folder, domainFile });
}
