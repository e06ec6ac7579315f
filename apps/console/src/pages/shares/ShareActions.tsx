import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import type { ShareSummary } from '@strongroom/contracts';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CrashBoundary } from '../../shell/CrashBoundary.tsx';
import { lazyPage } from '../../shell/lazy-page.ts';
import { isolate } from './isolate.ts';

// Fetched when somebody opens them: tables and calendars are large.
const ExtendShare = lazyPage(async () => (await import('./ExtendShare.tsx')).ExtendShare);
const RevokeShare = lazyPage(async () => (await import('./RevokeShare.tsx')).RevokeShare);
const ShareViewers = lazyPage(async () => (await import('./ShareViewers.tsx')).ShareViewers);

interface ShareActionsProps {
  readonly share: ShareSummary;
  /** On the share's own page, where the buttons have their words. */
  readonly isLarge?: boolean;
}

/** Its link to copy, and for whoever owns or oversees it: who looked, extend, revoke. */
export function ShareActions({ share, isLarge = false }: ShareActionsProps) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<string>();
  const { may, state, url } = share;
  const close = () => setDialog(undefined);
  const mayExtend = share.extendableUntil != null && state !== 'revoked';
  const items = [
    ...(share.viewCount === null ? [] : [{ id: 'viewers', text: t('shares.viewers.action') }]),
    ...(mayExtend ? [{ id: 'extend', text: t('shares.extend.action') }] : []),
    ...(may.manage && state !== 'revoked'
      ? [{ id: 'revoke', text: t('shares.revoke.action') }]
      : []),
  ];
  return (
    <>
      <span className="share-actions">
        {state === 'active' && (
          <CopyToClipboard
            variant={isLarge ? 'button' : 'icon'}
            copyButtonText={t('shares.copyLink')}
            copyButtonAriaLabel={t('shares.copyLinkNamed', { title: isolate(share.title) })}
            textToCopy={url}
            copySuccessText={t('shares.linkCopied')}
            copyErrorText={t('shares.linkNotCopied', { url })}
          />
        )}
        {items.length > 0 && (
          <ButtonDropdown
            {...(isLarge ? {} : { variant: 'inline-icon' })}
            expandToViewport
            ariaLabel={t('shares.actionsFor', { title: isolate(share.title) })}
            items={items}
            onItemClick={({ detail }) => setDialog(detail.id)}
          >
            {isLarge ? t('shares.actions') : undefined}
          </ButtonDropdown>
        )}
      </span>
      <CrashBoundary place={dialog ?? ''}>
        <Suspense>
          {dialog === 'viewers' && <ShareViewers share={share} close={close} />}
          {dialog === 'extend' && <ExtendShare share={share} close={close} />}
          {dialog === 'revoke' && <RevokeShare share={share} close={close} />}
        </Suspense>
      </CrashBoundary>
    </>
  );
}
