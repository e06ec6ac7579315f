import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ShareSummary } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { revokeShare } from '../../api/shares.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';
import { NameList } from '../NameList.tsx';
import { isolate } from './isolate.ts';
import { useAudienceNames } from './use-audience-names.ts';

interface ShareDialogProps {
  readonly share: ShareSummary;
  readonly close: () => void;
}

export function RevokeShare({ share, close }: ShareDialogProps) {
  const { t } = useTranslation();
  const names = useAudienceNames(share.audience);
  return (
    <AskFirst
      title={t('shares.revoke.title', { title: isolate(share.title) })}
      confirm={t('shares.revoke.action')}
      close={close}
      act={() => revokeShare(share.shareId)}
    >
      <SpaceBetween size="s">
        <div>{t('shares.revoke.text')}</div>
        <div>{t('shares.revoke.loses')}</div>
        <NameList names={names} />
        <div>{t('shares.revoke.copies')}</div>
      </SpaceBetween>
    </AskFirst>
  );
}
