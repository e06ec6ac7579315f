import type { KernelWebSocket } from '../kernel-web-socket.ts';
import { RawKernel } from '../raw-kernel.ts';
import type { Measure } from '../report/measure.ts';
import { median, percentile } from '../report/percentile.ts';
import { StudioPerson } from '../strongroom/studio-person.ts';
import { type BenchSetting, jupyterHub } from './bench-setting.ts';

type Executor = Pick<KernelWebSocket, 'execute'>;

const executionCount = 300;
const warmUpCount = 20;

/** From sending `1+1` until the reply and the idle status are back, one after another. */
export async function measureRoundTrip(setting: BenchSetting): Promise<Measure[]> {
  setting.say(`execute round trips, ${executionCount} each`);
  const hubPerson = await setting.hub.signIn('round-trip');
  await hubPerson.openServer();
  const hubKernel = await hubPerson.startKernel();
  const [peer = []] = await roundTrips([hubKernel]);
  hubKernel.close();
  await hubPerson.stopServer();

  const person = await StudioPerson.signIn(setting.coldDomain, 'round-trip');
  await person.openStudio();
  const { socket, connectionFile } = await person.startKernel();
  const rawKernel = await RawKernel.connect(await connectionFile());
  const [ours = [], raw = []] = await roundTrips([socket, rawKernel]);
  await rawKernel.close();
  socket.close();
  await person.stopStudio();

  return [
    {
      measure: 'execute round trip, p50',
      unit: 'ms',
      ours: median(ours),
      peer: median(peer),
      peerName: jupyterHub,
      bound: { kind: 'ratio', most: 0.1 },
    },
    {
      measure: 'execute round trip, p99',
      unit: 'ms',
      ours: percentile(ours, 0.99),
      peer: percentile(peer, 0.99),
      peerName: jupyterHub,
      bound: null,
    },
    {
      measure: 'execute round trip, p50, beside no server at all',
      unit: 'ms',
      ours: median(ours),
      peer: median(raw),
      peerName: 'a ZeroMQ client on the same kernel',
      bound: { kind: 'difference', most: 1 },
    },
  ];
}

/** One list of times for each client, taken in turns so that a busy moment of the machine meets all. */
async function roundTrips(clients: readonly Executor[]): Promise<number[][]> {
  const times = clients.map((): number[] => []);
  for (let index = -warmUpCount; index < executionCount; index += 1) {
    for (const [which, client] of clients.entries()) {
      const { milliseconds } = await client.execute('1+1');
      if (index >= 0) times[which]?.push(milliseconds);
    }
  }
  return times;
}
