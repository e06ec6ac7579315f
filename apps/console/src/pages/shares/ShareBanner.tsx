import Alert from '@cloudscape-design/components/alert';
import type { Person, ShareDetails, ShareVersion } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../shell/Moment.tsx';
import { isolate } from './isolate.ts';
import { ShareEnd } from './ShareState.tsx';

interface ShareBannerProps {
  readonly share: ShareDetails;
  readonly shown: ShareVersion;
  readonly person: Person;
}

const long: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeStyle: 'short' };

/** Whose notebook this is, that it cannot be edited, and until when it is there. */
export function ShareBanner({ share, shown, person }: ShareBannerProps) {
  const { t, i18n } = useTranslation();
  const { owner, ownerDisplayName, expiresAt } = share;
  const whose =
    owner === person.profileName
      ? t('shares.view.sharedByYou')
      : t('shares.view.sharedBy', { name: isolate(ownerDisplayName) });
  return (
    <Alert type="info" header={`${t('shares.view.readOnly')} · ${whose}`}>
      <div className="share-facts">
        <span>
          {t('shares.view.versionOption', { version: shown.version })} (
          <Moment at={shown.createdAt} />)
        </span>
        <span>
          {t('shares.view.until', {
            date: new Date(expiresAt).toLocaleString(i18n.language, long),
          })}{' '}
          (<ShareEnd {...share} />)
        </span>
        <span>{t('shares.view.cells', { count: shown.cellCount })}</span>
        {!shown.includesOutputs && <span>{t('shares.view.noOutputs')}</span>}
      </div>
      {shown.note !== '' && (
        <div className="share-note">
          <bdi>{shown.note}</bdi>
        </div>
      )}
    </Alert>
  );
}
