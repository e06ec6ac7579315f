import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxPaths } from '@strongroom/contracts';
import { type HostInspection, openSandboxHost, type RunningSandbox } from '@strongroom/sandbox';
import { judgeControls } from '../../../config/judge-controls.ts';
import { folderIdentity } from '../folder-identity.ts';
import { connectionFolder, type LaunchOrder } from '../node-protocol.ts';
import { PersonFolder } from './person-folder.ts';

export interface NodeSandbox {
  readonly sandbox: RunningSandbox;
  readonly folder: PersonFolder;
  close(): Promise<void>;
}

const silentLog = { info: () => undefined, warn: () => undefined };

/** Opens the sandbox of one kernel on this node, where the node holds what the domain asks for. */
export async function openNodeSandbox(
  order: LaunchOrder,
  { jobId, inspection }: { jobId: string; inspection: Promise<HostInspection> },
): Promise<NodeSandbox> {
  const setup = requireSetup(order, await inspection);
  for (const { path, identity } of order.sameFolders) await requireSame(path, identity);
  const jobFolder = await mkdtemp(join(tmpdir(), 'strongroom-job-'));
  const hostUid = order.spec.hostUid ?? undefined;
  const runtimeFolder = join(jobFolder, 'runtime');
  await mkdir(runtimeFolder, { mode: 0o700 });
  const folder = await PersonFolder.make(join(runtimeFolder, connectionFolder), hostUid);
  if (hostUid !== undefined) await chown(runtimeFolder, hostUid, hostUid);
  await folder.write(`${order.connection.name}.json`, order.connection.text);
  const host = await openSandboxHost({
    setup,
    installationId: `job-${jobId}-${process.pid}`,
    runFolder: join(jobFolder, 'run'),
    homesFolder: order.homesFolder ?? undefined,
    log: silentLog,
  });
  async function close(): Promise<void> {
    await host.close();
    await folder.close();
    await rm(jobFolder, { recursive: true, force: true });
  }
  try {
    const runtime = { source: runtimeFolder, target: sandboxPaths.runtimeFolder };
    const sandbox = await host.launch({
      ...order.spec,
      hostUid,
      mounts: [...order.spec.mounts, { ...runtime, mode: 'read-write' }],
      devices: [],
      // There is nothing of the domain's network on a node, so there is no network at all.
      network: 'isolated',
      descriptors: [],
    });
    return { sandbox, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The node is held to what the control plane's own host is held to. */
function requireSetup(
  { mode, acceptUnenforced }: LaunchOrder,
  { setup, controls }: HostInspection,
) {
  judgeControls(controls, {
    acceptUnenforced,
    // Homes are opened by the control plane.
    ignored: ['home-quota', 'home-encryption'],
    fileName: 'the domain file',
  });
  if (setup === undefined) throw new Error('No sandbox can run on this node');
  if (setup.mode !== mode) {
    throw new Error(`Jobs run ${setup.mode} on this node, and the control plane is ${mode}`);
  }
  return setup;
}

async function requireSame(path: string, identity: string): Promise<void> {
  if ((await folderIdentity(path)) === identity) return;
  throw new Error(`"${path}" is not the same folder on this node as where the control plane runs`);
}
