import { type RunningDomain, startDomain } from './running-domain.ts';

function clusterDomainFile(configurationFile: string): string {
  return `
domain: { name: cluster, accountId: '123456789012', region: eu-central-1 }
server:
  listen: { address: 127.0.0.1, port: 8080 }
  consoleHostName: console.localhost
  studioHostName: '*.studio.localhost'
dataFolder: ./data
teams: [{ name: research }]
people:
  - { profileName: admin, displayName: Administrator, role: administrator, team: research }
  - { profileName: alice, displayName: Alice, role: data-scientist, team: research }
images:
  - { imageName: host-python, displayName: Python, rootFileSystem: host }
instanceTypes:
  - { instanceType: system, vcpuCount: 2, memoryMebibytes: 1024 }
  - { instanceType: ml.t3.medium, vcpuCount: 1, memoryMebibytes: 512 }
defaults: { imageName: host-python, instanceType: ml.t3.medium }
studios: { hibernateAfterMinutes: 60, prestart: nothing }
sessions: { idleMinutes: 60, absoluteHours: 12 }
compute:
  runtime:
    slurm:
      configurationFile: ${configurationFile}
      connectAddress: 127.0.0.1
      listen: { address: 127.0.0.1, port: 0 }
acceptUnenforced: []
`;
}

/** Kernels run as jobs of that cluster. */
export function startClusterDomain(configurationFile: string): Promise<RunningDomain> {
  return startDomain({ domainFile: clusterDomainFile(configurationFile) });
}
