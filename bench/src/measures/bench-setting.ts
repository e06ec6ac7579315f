import type { RunningDomain } from '@strongroom/tests/support/running-domain.ts';
import type { RunningHub } from '../jupyterhub/running-hub.ts';

export const jupyterHub = 'JupyterHub 3.0, no sandbox';

/** What every measure is taken on: both systems running side by side. */
export interface BenchSetting {
  hub: RunningHub;
  /** Nothing is started before the click. */
  coldDomain: RunningDomain;
  /** Sign-in starts the server and the default kernel, as a fresh domain file does. */
  prestartDomain: RunningDomain;
  /** Its studios hibernate after the shortest time the domain file allows. */
  hibernatingDomain: RunningDomain;
  say(text: string): void;
}
