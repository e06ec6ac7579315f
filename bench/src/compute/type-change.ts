import type { RunningDomain } from '@strongroom/tests/support/running-domain.ts';
import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { StudioPerson } from '../strongroom/studio-person.ts';
import type { ComputeSetting } from './compute-setting.ts';
import { untilOneIsReady } from './until-one-is-ready.ts';

const larger = 'ml.m5.large';
const usual = 'ml.t3.medium';
/** Each to the larger type and back. */
const roundCount = 5;

/**
 * A notebook's kernel on another size: from the choice to the new kernel's first answer. Where kernels are
 * kept ready the next change comes when one is, as after a person's pause.
 */
export async function measureTypeChange(setting: ComputeSetting): Promise<Measure[]> {
  const { warmDomain, coldDomain, say } = setting;
  say('another instance type, a kernel kept ready');
  const warm = await timeChanges(warmDomain, (person, left) => untilOneIsReady(person, 1, left));
  say('another instance type, none ready');
  const cold = await timeChanges(coldDomain, async () => undefined);
  const row = { unit: 'ms', peer: null, peerName: null } as const;
  return [
    {
      ...row,
      measure: 'another instance type, a larger one, with a kernel kept ready, to the first answer',
      ours: median(warm.larger),
      bound: { kind: 'value', most: 1_000 },
    },
    {
      ...row,
      measure: 'another instance type, the default, with a kernel kept ready, to the first answer',
      ours: median(warm.usual),
      bound: { kind: 'value', most: 1_000 },
    },
    {
      ...row,
      measure: 'another instance type, with no kernel ready, to the first answer',
      ours: median([...cold.larger, ...cold.usual]),
      bound: null,
    },
  ];
}

async function timeChanges(
  domain: RunningDomain,
  pause: (person: StudioPerson, left: ReadonlySet<string>) => Promise<void>,
) {
  const person = await StudioPerson.signIn(domain, 'change');
  await person.openStudio();
  const { sessionId, socket } = await person.openSession('change.ipynb');
  await socket.untilReady();
  socket.close();
  const left = new Set<string>();
  const time = async (instanceType: string) => {
    await pause(person, left);
    left.add(await person.kernelIdOf(sessionId));
    const startedAt = performance.now();
    const changed = await person.changeInstanceType(sessionId, instanceType);
    await changed.untilReady();
    const milliseconds = performance.now() - startedAt;
    changed.close();
    return milliseconds;
  };
  const times = { larger: [] as number[], usual: [] as number[] };
  for (let round = 0; round < roundCount; round += 1) {
    times.larger.push(await time(larger));
    times.usual.push(await time(usual));
  }
  await person.stopStudio();
  return times;
}
