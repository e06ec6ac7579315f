import { randomUUID } from 'node:crypto';
import type { App, Launch } from '@strongroom/contracts';
import type { Person } from '../../identity/person.ts';
import { askAgent, type StudioBench } from './studio-bench.ts';

/** Follows a launch to its end. */
export async function lastOf(bench: StudioBench, launch: Launch): Promise<Launch> {
  let last = launch;
  const { launchId, profileName } = launch;
  for await (const each of bench.studios.followLaunch(launchId, profileName)) last = each;
  return last;
}

/** The studio's socket, as a request of an open page gets it. */
export async function enter(bench: StudioBench, person: Person): Promise<string> {
  const visit = await bench.studios.visit(person, 'request');
  visit.leave();
  return visit.socketPath;
}

export async function kernelApps(bench: StudioBench): Promise<App[]> {
  return appsByType(bench, 'KernelGateway');
}

export async function serverApps(bench: StudioBench): Promise<App[]> {
  return appsByType(bench, 'JupyterServer');
}

/** The latest server app. */
export async function serverApp(bench: StudioBench): Promise<App> {
  const [app] = await serverApps(bench);
  if (app === undefined) throw new Error('no server app');
  return app;
}

/** Lets the program in the agent's place ask for a kernel that sleeps. */
export function startKernel(socketPath: string, change: Record<string, unknown> = {}) {
  return askAgent(socketPath, '/do/ask', {
    method: 'startKernel',
    params: {
      ...{ kernelId: randomUUID(), imageName: 'host-python', instanceType: 'ml.t3.medium' },
      ...{ argv: ['/bin/sleep', '600'], environment: {}, workingDirectory: '/home/alice' },
      ...change,
    },
  });
}

async function appsByType(bench: StudioBench, type: App['appType']): Promise<App[]> {
  return (await bench.studios.apps()).filter(({ appType }) => appType === type);
}
