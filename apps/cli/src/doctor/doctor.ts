import { inspectHost } from '@strongroom/sandbox';
import type { Terminal } from '../program.ts';
import { describeControls } from './describe-controls.ts';

export interface DoctorOptions {
  readonly json?: boolean;
  /** Controls whose absence is no failure, as `acceptUnenforced` in the domain file. */
  readonly accept?: readonly string[];
}

/** Resolves to the exit status: 1 where a control does not fully hold and is not accepted. */
export async function doctor(terminal: Terminal, options: DoctorOptions): Promise<number> {
  const { setup, controls: states } = await inspectHost();
  const accept = new Set(options.accept);
  for (const name of accept) {
    if (!states.some(({ control }) => control === name)) {
      const names = states.map(({ control }) => control).join(', ');
      throw new Error(`Cannot accept "${name}": the controls are ${names}`);
    }
  }
  const controls = states.map((state) => ({ ...state, accepted: accept.has(state.control) }));
  const isFailed = controls.some(({ state, accepted }) => state !== 'enforced' && !accepted);
  if (options.json === true) {
    const { mode = null, cgroup = null } = setup ?? {};
    terminal.print(JSON.stringify({ mode, controlGroups: cgroup, controls }, null, 2));
  } else {
    for (const line of describeControls(controls, terminal.hasColors)) terminal.print(line);
  }
  return isFailed ? 1 : 0;
}
