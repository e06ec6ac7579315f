import { setTimeout as delay } from 'node:timers/promises';
import { descendants, memoryOf } from '../process-memory.ts';
import type { Measure } from '../report/measure.ts';
import { StudioPerson } from '../strongroom/studio-person.ts';
import { bareKernel, withBareKernels } from './bare-kernels.ts';
import {
  type ComputeSetting,
  kernelsOfEachStudio,
  memoryStudios,
  roundNames,
} from './compute-setting.ts';

const kernelCount = memoryStudios * kernelsOfEachStudio;
const settleMilliseconds = 10_000;

/**
 * What a hundred idle kernels take, with everything around them: their sandboxes, and what the servers
 * of their studios have grown by. One after the other, so that neither side's pages are counted as
 * shared with the other's.
 */
export async function measureIdleKernels(setting: ComputeSetting): Promise<Measure[]> {
  setting.say(`${kernelCount} idle kernels, ours`);
  const ours = await ourMegabytes(setting);
  setting.say(`${kernelCount} idle kernels, bare`);
  const peer = await withBareKernels(kernelCount, async (processId) => {
    await delay(settleMilliseconds);
    return memoryOf(descendants(processId)).pssMegabytes;
  });
  return [
    {
      measure: `${kernelCount} idle kernels, proportional set`,
      unit: 'MB',
      ours,
      peer,
      peerName: bareKernel,
      bound: { kind: 'ratio', most: 1.05 },
    },
  ];
}

async function ourMegabytes({ coldDomain }: ComputeSetting): Promise<number> {
  const controlPlane = coldDomain.process.pid ?? 0;
  const people: StudioPerson[] = [];
  for (const name of roundNames('memory', memoryStudios)) {
    const person = await StudioPerson.signIn(coldDomain, name);
    await person.openStudio();
    people.push(person);
  }
  const megabytes = () => memoryOf(descendants(controlPlane)).pssMegabytes;
  const before = megabytes();
  for (const person of people) {
    for (let count = 0; count < kernelsOfEachStudio; count += 1) {
      const { socket } = await person.startKernel();
      await socket.untilReady();
      socket.close();
    }
  }
  await delay(settleMilliseconds);
  const after = megabytes();
  await Promise.all(people.map((person) => person.stopStudio()));
  return after - before;
}
