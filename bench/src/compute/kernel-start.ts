import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { StudioPerson } from '../strongroom/studio-person.ts';
import { bareKernel, timeBareKernel } from './bare-kernels.ts';
import { type ComputeSetting, kernelRounds } from './compute-setting.ts';
import { untilOneIsReady } from './until-one-is-ready.ts';

/** From the request for a kernel to its first answer: one that was ready, and one that was not. */
export async function measureKernelStart(setting: ComputeSetting): Promise<Measure[]> {
  const warm = await StudioPerson.signIn(setting.warmDomain, 'warm');
  const cold = await StudioPerson.signIn(setting.coldDomain, 'cold');
  await Promise.all([warm.openStudio(), cold.openStudio()]);
  const times = { warm: [] as number[], cold: [] as number[], bare: [] as number[] };
  for (let round = 0; round < kernelRounds; round += 1) {
    setting.say(`a kernel from the request to its first answer, ${round + 1} of ${kernelRounds}`);
    await untilOneIsReady(warm, round);
    times.warm.push(await timeKernel(warm));
    // The one that takes its place is started meanwhile and would be in the way of the next measure.
    await untilOneIsReady(warm, round + 1);
    times.cold.push(await timeKernel(cold));
    times.bare.push(await timeBareKernel());
  }
  await Promise.all([warm.stopStudio(), cold.stopStudio()]);
  const peer = { unit: 'ms', peer: median(times.bare), peerName: bareKernel } as const;
  return [
    {
      ...peer,
      measure: 'a kernel that was kept ready, to its first answer',
      ours: median(times.warm),
      bound: { kind: 'value', most: 150 },
    },
    {
      ...peer,
      measure: 'a kernel that was not, to its first answer',
      ours: median(times.cold),
      bound: { kind: 'ratio', most: 1.15 },
    },
  ];
}

async function timeKernel(person: StudioPerson): Promise<number> {
  const startedAt = performance.now();
  const { socket } = await person.startKernel();
  await socket.untilReady();
  const milliseconds = performance.now() - startedAt;
  socket.close();
  return milliseconds;
}
