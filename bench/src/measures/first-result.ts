import { setTimeout as delay } from 'node:timers/promises';
import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { StudioPerson } from '../strongroom/studio-person.ts';
import { type BenchSetting, jupyterHub } from './bench-setting.ts';

const roundCount = 5;
const prestartPatienceMilliseconds = 15_000;

/** From the click on the launch button to the result of `1+1`, a new person each round. */
export async function measureFirstResult(setting: BenchSetting): Promise<Measure[]> {
  const cold: number[] = [];
  const prestarted: number[] = [];
  const peer: number[] = [];
  for (let round = 0; round < roundCount; round += 1) {
    setting.say(`click to first result, round ${round + 1} of ${roundCount}`);
    peer.push(await peerRound(setting, `first-${round}`));
    const person = await StudioPerson.signIn(setting.coldDomain, `first-${round}`);
    cold.push(await ourRound(person));
    prestarted.push(await prestartedRound(setting, `first-${round}`));
  }
  const common = { unit: 'ms', peer: median(peer), peerName: jupyterHub } as const;
  return [
    {
      ...common,
      measure: 'click to first result, nothing started before',
      ours: median(cold),
      bound: { kind: 'ratio', most: 0.5 },
    },
    {
      ...common,
      measure: 'click to first result, started at sign-in (the default)',
      ours: median(prestarted),
      bound: { kind: 'ratio', most: 0.25 },
    },
  ];
}

async function peerRound(setting: BenchSetting, userName: string): Promise<number> {
  const person = await setting.hub.signIn(userName);
  const startedAt = performance.now();
  await person.openServer();
  const kernel = await person.startKernel();
  await kernel.execute('1+1');
  const milliseconds = performance.now() - startedAt;
  kernel.close();
  await person.stopServer();
  return milliseconds;
}

async function ourRound(person: StudioPerson): Promise<number> {
  const startedAt = performance.now();
  await person.openStudio();
  const { socket } = await person.startKernel();
  await socket.execute('1+1');
  const milliseconds = performance.now() - startedAt;
  socket.close();
  await person.stopStudio();
  return milliseconds;
}

/** The person reads the domain page for a moment; meanwhile what sign-in started comes up. */
async function prestartedRound(setting: BenchSetting, profileName: string): Promise<number> {
  const person = await StudioPerson.signIn(setting.prestartDomain, profileName);
  const deadline = performance.now() + prestartPatienceMilliseconds;
  while ((await person.appsInService()).length < 2 && performance.now() < deadline) {
    await delay(50);
  }
  return ourRound(person);
}
