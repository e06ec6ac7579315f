import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { StudioPerson } from '../strongroom/studio-person.ts';
import type { ComputeSetting } from './compute-setting.ts';

const types = ['ml.m5.large', 'ml.t3.medium'] as const;
const changeCount = 6;

/** A notebook's kernel on another size: from the choice to the new kernel's first answer. */
export async function measureTypeChange(setting: ComputeSetting): Promise<Measure[]> {
  setting.say('another instance type');
  const person = await StudioPerson.signIn(setting.coldDomain, 'change');
  await person.openStudio();
  const { sessionId, socket } = await person.openSession('change.ipynb');
  await socket.untilReady();
  socket.close();
  const times: number[] = [];
  for (let count = 0; count < changeCount; count += 1) {
    const startedAt = performance.now();
    const changed = await person.changeInstanceType(sessionId, types[count % 2] ?? types[0]);
    await changed.untilReady();
    times.push(performance.now() - startedAt);
    changed.close();
  }
  await person.stopStudio();
  return [
    {
      measure: 'another instance type, to the first answer',
      unit: 'ms',
      ours: median(times),
      peer: null,
      peerName: null,
      bound: { kind: 'value', most: 1_000 },
    },
  ];
}
