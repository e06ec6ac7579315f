import { operatorStatusSchema } from '@strongroom/contracts';
import type { Terminal } from '../program.ts';
import { askOperator } from './ask-operator.ts';

export async function showStatus(
  terminal: Terminal,
  { dataFolder }: { readonly dataFolder: string },
): Promise<void> {
  const question = { method: 'GET', path: '/status' } as const;
  const status = await askOperator(dataFolder, question, operatorStatusSchema);
  terminal.print(`Console       ${status.consoleUrl}`);
  terminal.print(`Running since ${status.startedAt} (process ${status.processId})`);
  terminal.print(`People        ${status.profileCount}`);
  terminal.print(`Running apps  ${status.runningAppCount}`);
}
