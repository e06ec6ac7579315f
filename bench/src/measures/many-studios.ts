import { descendants, memoryOf } from '../process-memory.ts';
import type { Measure } from '../report/measure.ts';
import { StudioPerson } from '../strongroom/studio-person.ts';
import { type BenchSetting, jupyterHub } from './bench-setting.ts';

const manyStudioCount = 30;
const firstCell = 'sum(range(1000))';

interface Crowd {
  seconds: number;
  megabytes: number;
}

/** Thirty people click in the same moment and each runs a cell. */
export async function measureManyStudios(setting: BenchSetting): Promise<Measure[]> {
  const names = manyStudioNames();
  setting.say(`${names.length} studios at once, ours`);
  const ours = await ourCrowd(setting, names);
  setting.say(`${names.length} servers at once, JupyterHub`);
  const peer = await peerCrowd(setting, names);
  const common = { peerName: jupyterHub, bound: { kind: 'ratio', most: 1 } } as const;
  return [
    {
      ...common,
      measure: `${names.length} studios at once, until every cell has run`,
      unit: 's',
      ours: ours.seconds,
      peer: peer.seconds,
    },
    {
      ...common,
      measure: `${names.length} studios with a kernel each, proportional set`,
      unit: 'MB',
      ours: ours.megabytes,
      peer: peer.megabytes,
    },
  ];
}

export function manyStudioNames(): string[] {
  return Array.from({ length: manyStudioCount }, (_, index) => `many-${index}`);
}

async function ourCrowd(setting: BenchSetting, names: readonly string[]): Promise<Crowd> {
  const people: StudioPerson[] = [];
  for (const name of names) people.push(await StudioPerson.signIn(setting.coldDomain, name));
  const startedAt = performance.now();
  const kernels = await Promise.all(
    people.map(async (person) => {
      await person.openStudio();
      const { socket } = await person.startKernel();
      await socket.execute(firstCell);
      return socket;
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const memory = memoryOf(descendants(setting.coldDomain.process.pid ?? 0));
  for (const kernel of kernels) kernel.close();
  await Promise.all(people.map((person) => person.stopStudio()));
  return { seconds, megabytes: memory.pssMegabytes };
}

async function peerCrowd(setting: BenchSetting, names: readonly string[]): Promise<Crowd> {
  const people = await Promise.all(names.map((name) => setting.hub.signIn(name)));
  const startedAt = performance.now();
  const kernels = await Promise.all(
    people.map(async (person) => {
      await person.openServer();
      return person.runFirstCell(firstCell);
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const memory = memoryOf(descendants(setting.hub.processId));
  for (const kernel of kernels) kernel.close();
  await Promise.all(people.map((person) => person.stopServer()));
  return { seconds, megabytes: memory.pssMegabytes };
}
