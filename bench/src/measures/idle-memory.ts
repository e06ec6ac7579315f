import { setTimeout as delay } from 'node:timers/promises';
import { sandboxPaths } from '@strongroom/contracts';
import { commandLineOf, descendants, type Memory, memoryOf } from '../process-memory.ts';
import type { Measure } from '../report/measure.ts';
import { StudioPerson } from '../strongroom/studio-person.ts';
import { type BenchSetting, jupyterHub } from './bench-setting.ts';

const settleMilliseconds = 5_000;

/** What one open studio without kernels costs, every process of it counted. */
export async function measureIdleMemory(setting: BenchSetting): Promise<Measure[]> {
  setting.say('memory of an idle open studio');
  const ours = await ourMemory(setting);
  const peer = await peerMemory(setting);
  const peerName = `${jupyterHub}: its single-user server`;
  return [
    {
      measure: 'idle open studio, proportional set (a shared page counts once)',
      unit: 'MB',
      ours: ours.studio.pssMegabytes,
      peer: peer.pssMegabytes,
      peerName,
      bound: { kind: 'ratio', most: 0.5 },
    },
    {
      measure: 'its server process alone, resident set',
      unit: 'MB',
      ours: ours.server.rssMegabytes,
      peer: peer.rssMegabytes,
      peerName,
      bound: { kind: 'ratio', most: 0.5 },
    },
    {
      measure: 'all its processes, resident sets added (a shared page counts in each)',
      unit: 'MB',
      ours: ours.studio.rssMegabytes,
      peer: peer.rssMegabytes,
      peerName: `${jupyterHub}: one process`,
      bound: null,
    },
  ];
}

async function ourMemory(setting: BenchSetting): Promise<{ studio: Memory; server: Memory }> {
  const controlPlane = setting.coldDomain.process.pid ?? 0;
  const before = new Set(descendants(controlPlane));
  const person = await StudioPerson.signIn(setting.coldDomain, 'memory');
  await person.openStudio();
  await person.askAgent();
  await delay(settleMilliseconds);
  const studio = descendants(controlPlane).filter((processId) => !before.has(processId));
  const servers = studio.filter((processId) =>
    commandLineOf(processId).startsWith(sandboxPaths.node),
  );
  const memory = { studio: memoryOf(studio), server: memoryOf(servers) };
  await person.stopStudio();
  return memory;
}

async function peerMemory(setting: BenchSetting): Promise<Memory> {
  const person = await setting.hub.signIn('memory');
  await person.openServer();
  await delay(settleMilliseconds);
  const servers = descendants(setting.hub.processId).filter((processId) =>
    commandLineOf(processId).includes('jupyterhub-singleuser'),
  );
  const memory = memoryOf(servers);
  await person.stopServer();
  return memory;
}
