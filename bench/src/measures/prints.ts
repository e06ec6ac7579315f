import type { KernelWebSocket } from '../kernel-web-socket.ts';
import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { StudioPerson } from '../strongroom/studio-person.ts';
import { type BenchSetting, jupyterHub } from './bench-setting.ts';

const roundCount = 3;
const prints = [
  {
    measure: 'one print of 20 MB',
    code: "print('x' * 20_000_000)",
    printedBytes: 20_000_001,
  },
  {
    measure: '5,000 flushed prints',
    code: 'for i in range(5000): print(i, flush=True)',
    printedBytes: 23_890,
  },
] as const;

/** How fast output arrives, and that all of it does. */
export async function measurePrints(setting: BenchSetting): Promise<Measure[]> {
  setting.say('a 20 MB print and 5,000 small ones');
  const hubPerson = await setting.hub.signIn('prints');
  await hubPerson.openServer();
  const hubKernel = await hubPerson.startKernel();
  const person = await StudioPerson.signIn(setting.coldDomain, 'prints');
  await person.openStudio();
  const { socket } = await person.startKernel();

  const measures: Measure[] = [];
  for (const print of prints) {
    measures.push({
      measure: print.measure,
      unit: 'ms',
      ours: await printTime(socket, print),
      peer: await printTime(hubKernel, print),
      peerName: jupyterHub,
      bound: null,
    });
  }
  hubKernel.close();
  socket.close();
  await hubPerson.stopServer();
  await person.stopStudio();
  return measures;
}

async function printTime(
  kernel: KernelWebSocket,
  { code, printedBytes: expected }: (typeof prints)[number],
): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < roundCount; round += 1) {
    const { milliseconds, printedBytes } = await kernel.execute(code);
    if (printedBytes !== expected) {
      throw new Error(`Only ${printedBytes} of ${expected} printed bytes arrived`);
    }
    times.push(milliseconds);
  }
  return median(times);
}
