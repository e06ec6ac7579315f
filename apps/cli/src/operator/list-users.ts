import { operatorPeopleSchema } from '@strongroom/contracts';
import type { Terminal } from '../program.ts';
import { askOperator } from './ask-operator.ts';

export async function listUsers(
  terminal: Terminal,
  { dataFolder, json }: { readonly dataFolder: string; readonly json?: boolean },
): Promise<void> {
  const question = { method: 'GET', path: '/people' } as const;
  const { people } = await askOperator(dataFolder, question, operatorPeopleSchema);
  if (json === true) {
    terminal.print(JSON.stringify(people, null, 2));
    return;
  }
  const width = Math.max(...people.map(({ profileName }) => profileName.length), 0);
  for (const { profileName, displayName, role, team, disabled } of people) {
    const state = disabled ? ', disabled' : '';
    terminal.print(`${profileName.padEnd(width)}  ${displayName} (${role}, ${team}${state})`);
  }
}
