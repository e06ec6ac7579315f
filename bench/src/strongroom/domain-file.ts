export interface DomainFileOptions {
  profileNames: readonly string[];
  prestart: 'nothing' | 'server' | 'server-and-kernel';
  hibernateAfterMinutes: number;
  /** Kept ready for each person who signs in. */
  warmKernels?: number;
}

/** The domain file of a benchmark run: as the first start writes it, with these people. */
export function domainFile(options: DomainFileOptions): string {
  const people = options.profileNames.map(
    (name) =>
      `  - { profileName: ${name}, displayName: ${name}, role: data-scientist, team: bench }`,
  );
  return `
domain: { name: bench, accountId: '123456789012', region: eu-central-1 }
server:
  listen: { address: 127.0.0.1, port: 8080 }
  consoleHostName: console.localhost
  studioHostName: '*.studio.localhost'
dataFolder: ./data
teams:
  - { name: bench }
people:
  - { profileName: admin, displayName: Administrator, role: administrator, team: bench }
${people.join('\n')}
images:
  - imageName: host-python
    displayName: Python
    rootFileSystem: host
    warmKernels: ${options.warmKernels ?? 0}
instanceTypes:
  - { instanceType: system, vcpuCount: 2, memoryMebibytes: 2048 }
  - { instanceType: ml.t3.medium, vcpuCount: 2, memoryMebibytes: 4096 }
  - { instanceType: ml.m5.large, vcpuCount: 2, memoryMebibytes: 8192 }
defaults: { imageName: host-python, instanceType: ml.t3.medium }
studios: { hibernateAfterMinutes: ${options.hibernateAfterMinutes}, prestart: ${options.prestart} }
sessions: { idleMinutes: 60, absoluteHours: 12 }
acceptUnenforced: []
`;
}
