import type { StudioNetwork } from './network/studio-network.ts';
import type { RunningSandbox } from './running-sandbox.ts';
import type { SandboxSpec } from './sandbox-spec.ts';

export interface SandboxHost {
  createStudioNetwork(options: { hostUid: number | undefined }): Promise<StudioNetwork>;
  /**
   * Resolves when everything around the command stands and the command is about to run.
   *
   * @throws {SandboxError}
   */
  launch(spec: SandboxSpec): Promise<RunningSandbox>;
  /** Kills what an earlier, killed process of this installation left; how many processes that were. */
  killLeftovers(): Promise<number>;
  /** Kills everything that was started here and removes its control groups. */
  close(): Promise<void>;
}

/** What the host says about itself, one line each; never a person's data. */
export interface SandboxLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
}
