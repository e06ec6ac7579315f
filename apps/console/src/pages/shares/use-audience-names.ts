import type { ShareAudience } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useDomain } from '../../api/queries.ts';

/** Everyone, teams and people as the reader knows them. */
export function useAudienceNames({ everyone, teams, people }: ShareAudience): string[] {
  const { t } = useTranslation();
  const domain = useDomain();
  const profiles = domain.data?.profiles ?? [];
  const nameOf = (name: string) =>
    profiles.find(({ profileName }) => profileName === name)?.displayName ?? name;
  return [
    ...(everyone ? [t('shares.everyone')] : []),
    ...teams.map((team) => t('shares.team', { team })),
    ...people.map((name) => `${nameOf(name)} (${name})`),
  ];
}
