import { oneTimePasswordSchema, profileNameSchema } from '@strongroom/contracts';
import type { Terminal } from '../program.ts';
import { askOperator } from './ask-operator.ts';

export async function resetPassword(
  terminal: Terminal,
  options: { readonly dataFolder: string; readonly profileName: string },
): Promise<void> {
  const name = profileNameSchema.safeParse(options.profileName);
  if (!name.success) throw new Error(`Cannot find the profile "${options.profileName}"`);
  const path = `/people/${name.data}/one-time-password`;
  const question = { method: 'POST', path } as const;
  const answer = await askOperator(options.dataFolder, question, oneTimePasswordSchema);
  terminal.print('One-time password, shown only now and changed at the next sign-in:');
  terminal.print(`  ${answer.profileName}  ${answer.oneTimePassword}`);
}
