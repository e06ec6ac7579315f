/**
 * A process that starts studios and is then killed by the test. Prints a line before each launch, and
 * a JSON line when the last stands.
 */
import { inspectHost, openSandboxHost } from '@strongroom/sandbox';

const [installationId = '', runFolder = '', marker = '', count = '1'] = process.argv.slice(2);
const { setup } = await inspectHost();
if (setup === undefined) throw new Error('no sandbox here');
const hostUid = setup.mode === 'root' ? 65_503 : undefined;
const log = { info: () => undefined, warn: () => undefined };
const host = await openSandboxHost({ setup, installationId, runFolder, log });
const network = await host.createStudioNetwork({ hostUid });
const mebibyte = 1024 * 1024;
// Some that ignore signals and leave their parents, as a hostile notebook's would.
const stubborn = `
import os, signal, time
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() != 0:
            os._exit(0)
print("ready", flush=True)
time.sleep(600)`;
const launch = (appId: string) =>
  host.launch({
    appId,
    label: 'left behind',
    hostUid,
    root: { kind: 'host' },
    command: ['/usr/bin/python3', '-c', stubborn, marker],
    workingDirectory: '/tmp',
    environment: { PATH: '/usr/bin:/bin' },
    userName: 'leftover',
    homeFolder: '/tmp',
    mounts: [],
    network,
    limits: {
      memoryBytes: 128 * mebibyte,
      cpuCount: 1,
      processCount: 32,
      openFileCount: 128,
      temporaryFolderBytes: mebibyte,
      sharedMemoryBytes: mebibyte,
    },
    descriptors: [],
  });
for (let index = 0; index < Number(count); index += 1) {
  process.stdout.write('launching\n');
  const sandbox = await launch(`leftover-${index}`);
  await new Promise((resolve) => sandbox.stdout.once('data', resolve));
}
process.stdout.write(`${JSON.stringify({ holderPid: network.holderPid })}\n`);
