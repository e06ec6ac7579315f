/** A domain file with everything that a deployment can have, for so many people. */
export function peopleDomain(peopleCount: number): string {
  const scientists = Array.from({ length: peopleCount - 1 }, (_, index) => `person-${index + 1}`);
  const people = scientists.map(
    (name) =>
      `  - { profileName: ${name}, displayName: ${name}, role: data-scientist, team: risk-models }`,
  );
  return `${domainOf('admin')}${people.join('\n')}\n${rest}`;
}

/** Three people, two of a team: enough to tell people and teams apart. */
export function mutatedDomain(): string {
  return `${domainOf('admin')}  - { profileName: alice, displayName: Alice, role: data-scientist, team: risk-models }
  - { profileName: bob, displayName: Bob, role: data-scientist, team: risk-models }
${rest}`;
}

const domainOf = (administrator: string) => `domain:
  name: research
  accountId: '111122223333'
  region: ap-northeast-2
server:
  listen: { address: 127.0.0.1, port: 8080 }
  consoleHostName: console.localhost
  studioHostName: '*.studio.localhost'
dataFolder: ./data
teams:
  - { name: platform, description: Runs this domain }
  - { name: risk-models }
people:
  - { profileName: ${administrator}, displayName: Administrator, role: administrator, team: platform }
`;

const rest = `images:
  - { imageName: host-python, displayName: Data Science, rootFileSystem: host, kernels: [python3] }
  - { imageName: custom, displayName: Custom, rootFileSystem: host, kernels: [python3] }
instanceTypes:
  - { instanceType: system, vcpuCount: 1, memoryMebibytes: 1024 }
  - { instanceType: ml.t3.medium, vcpuCount: 2, memoryMebibytes: 4096 }
  - { instanceType: ml.m5.large, vcpuCount: 2, memoryMebibytes: 8192 }
defaults: { imageName: host-python, instanceType: ml.t3.medium }
studios: { hibernateAfterMinutes: 20, prestart: server-and-kernel, sharing: owner }
sessions: { idleMinutes: 60, absoluteHours: 12 }
budgets:
  teams:
    - { team: risk-models, monthlyAmount: 2000 }
egress:
  allowLists:
    - { name: pypi, description: Python packages, names: [pypi.org], ports: [443] }
keys: { provider: local }
objects: { store: embedded }
buckets:
  - name: research-risk-models
    description: Data of the risk models
    access:
      - { to: { team: risk-models }, permission: read-write }
  - name: research-reference
    description: Data that everybody reads
    access:
      - { to: everyone, permission: read }
aws:
  network: { egress: allow-list }
  images:
    - { imageName: custom, uri: '111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/custom:1.0' }
  services: [athena, glue]
  alarmAddress: security@example.com
`;
