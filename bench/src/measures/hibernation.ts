import { setTimeout as delay } from 'node:timers/promises';
import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { StudioPerson } from '../strongroom/studio-person.ts';
import type { BenchSetting } from './bench-setting.ts';

const roundCount = 3;
const patienceMilliseconds = 150_000;

/**
 * From a request to a studio that hibernates until its answer. JupyterHub's counterpart is a server
 * that its idle culler has stopped.
 */
export async function measureHibernation(setting: BenchSetting): Promise<Measure[]> {
  const names = Array.from({ length: roundCount }, (_, round) => `asleep-${round}`);
  const peer = await peerTimes(setting, names);
  setting.say('waiting for idle studios to hibernate');
  const people: StudioPerson[] = [];
  for (const name of names) {
    const person = await StudioPerson.signIn(setting.hibernatingDomain, name);
    await person.openStudio();
    people.push(person);
  }
  const ours: number[] = [];
  for (const person of people) {
    await hibernated(person);
    const startedAt = performance.now();
    await person.askAgent();
    ours.push(performance.now() - startedAt);
  }
  return [
    {
      measure: 'a hibernated studio answers again',
      unit: 'ms',
      ours: median(ours),
      peer: median(peer),
      peerName: 'JupyterHub 3.0 starting a culled server again',
      bound: { kind: 'value', most: 300 },
    },
  ];
}

async function hibernated(person: StudioPerson): Promise<void> {
  const deadline = performance.now() + patienceMilliseconds;
  while ((await person.appsInService()).length > 0) {
    if (performance.now() > deadline) throw new Error('The studio did not hibernate');
    await delay(200);
  }
}

async function peerTimes(setting: BenchSetting, names: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const name of names) {
    const person = await setting.hub.signIn(name);
    await person.openServer();
    await person.stopServer();
    const startedAt = performance.now();
    await person.openServer();
    times.push(performance.now() - startedAt);
    await person.stopServer();
  }
  return times;
}
