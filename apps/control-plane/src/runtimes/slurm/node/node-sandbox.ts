import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxPaths } from '@strongroom/contracts';
import { openSandboxHost, type RunningSandbox } from '@strongroom/sandbox';
import { folderIdentity } from '../folder-identity.ts';
import { connectionFolder, type LaunchOrder } from '../node-protocol.ts';
import { type NodeInspection, requireNodeControls, requireNodeSetup } from './node-inspection.ts';
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
  { jobId, node }: { readonly jobId: string; readonly node: NodeInspection },
): Promise<NodeSandbox> {
  const setup = await requireNodeSetup(order, node);
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
    // All of the above is made while the node is still inspected.
    await requireNodeControls(order, node);
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

async function requireSame(path: string, identity: string): Promise<void> {
  if ((await folderIdentity(path)) === identity) return;
  throw new Error(`"${path}" is not the same folder on this node as where the control plane runs`);
}
