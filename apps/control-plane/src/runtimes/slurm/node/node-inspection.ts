import {
  findHostSetup,
  type HostInspection,
  type HostSetup,
  inspectHost,
} from '@strongroom/sandbox';
import { judgeControls } from '../../../config/judge-controls.ts';
import type { LaunchOrder } from '../node-protocol.ts';

/** What a node has and what of it holds: both are looked for from the job's first moment. */
export interface NodeInspection {
  readonly setup: Promise<HostSetup | undefined>;
  readonly inspection: Promise<HostInspection>;
}

export function inspectNode(): NodeInspection {
  const setup = findHostSetup();
  const inspection = inspectHost({ triesHomes: false });
  // Whoever launches hears of it; until then nobody does.
  for (const work of [setup, inspection]) work.catch(() => undefined);
  return { setup, inspection };
}

/** @throws {Error} */
export async function requireNodeSetup(
  { mode }: LaunchOrder,
  { setup }: NodeInspection,
): Promise<HostSetup> {
  const found = await setup;
  if (found === undefined) throw new Error('No sandbox can run on this node');
  if (found.mode !== mode) {
    throw new Error(`Jobs run ${found.mode} on this node, and the control plane is ${mode}`);
  }
  return found;
}

/** The node is held to what the control plane's own host is held to. @throws {Error} */
export async function requireNodeControls(
  { acceptUnenforced }: LaunchOrder,
  { inspection }: NodeInspection,
): Promise<void> {
  const { controls } = await inspection;
  judgeControls(controls, {
    acceptUnenforced,
    // Homes are opened by the control plane.
    ignored: ['home-quota', 'home-encryption'],
    fileName: 'the domain file',
  });
}
