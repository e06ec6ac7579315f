import type { ShareAudience } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useAudienceNames } from './use-audience-names.ts';

const shownNames = 3;

/** Who may see a share, as much of it as a cell of a table takes. */
export function AudienceNames({ audience }: { audience: ShareAudience }) {
  const { t } = useTranslation();
  const names = useAudienceNames(audience);
  const rest = names.length - shownNames;
  return (
    <>
      {names.slice(0, shownNames).map((name) => (
        <div key={name}>
          <bdi className="long-name">{name}</bdi>
        </div>
      ))}
      {rest > 0 && <div title={names.join('\n')}>{t('objects.more', { count: rest })}</div>}
      {names.length === 0 && t('shares.nobody')}
    </>
  );
}
