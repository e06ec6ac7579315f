import type { ShareAudience, ShareChoices } from '@strongroom/contracts';
import type { Texts } from './texts.ts';

/** Who may see it, in a few words. Without `people` their profile names stand for them. */
export function audienceText(
  { everyone, teams, people }: ShareAudience,
  trans: Texts,
  choices?: Pick<ShareChoices, 'people'>,
): string {
  if (everyone) return trans.__('Everyone in the domain');
  const names = people.map(
    (name) => choices?.people.find((each) => each.profileName === name)?.displayName ?? name,
  );
  const all = [...teams.map((team) => trans.__('Team %1', team)), ...names];
  if (all.length === 0) return trans.__('Nobody');
  return all.length <= 3
    ? all.join(', ')
    : trans.__('%1 and %2 more', all.slice(0, 2).join(', '), String(all.length - 2));
}
