import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ShareDetails, ShareVersion } from '@strongroom/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ShareActions } from './ShareActions.tsx';

interface ShareHeaderProps {
  readonly share: ShareDetails;
  readonly shown: ShareVersion;
  readonly show: (version: number) => void;
  readonly print: () => void;
  readonly children: ReactNode;
}

/** The notebook's name with what can be done with it. */
export function ShareHeader({ share, shown, show, print, children }: ShareHeaderProps) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const { shareId, title, versions, latestVersion } = share;
  const optionOf = ({ version, createdAt }: ShareVersion) => ({
    value: String(version),
    label: t('shares.view.versionOption', { version }),
    description: new Date(createdAt).toLocaleString(i18n.language),
    ...(version === latestVersion.version ? { labelTag: t('shares.view.newest') } : {}),
  });
  return (
    <SpaceBetween size="xs">
      <BreadcrumbGroup
        ariaLabel={t('shares.title')}
        items={[
          { text: t('shares.title'), href: '/shares' },
          { text: title, href: `/shares/${shareId}` },
        ]}
        onFollow={(event) => {
          event.preventDefault();
          void navigate(event.detail.href);
        }}
      />
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            {versions.length > 1 && (
              <Select
                ariaLabel={t('shares.version')}
                expandToViewport
                triggerVariant="label"
                options={versions.map(optionOf)}
                selectedOption={optionOf(shown)}
                onChange={({ detail }) => show(Number(detail.selectedOption.value))}
              />
            )}
            <Button onClick={print}>{t('shares.view.print')}</Button>
            <Button
              onClick={() =>
                void navigate(`/shares/${shareId}/compare?${compareSearch(share, shown)}`)
              }
            >
              {t('shares.view.compare')}
            </Button>
            <ShareActions share={share} isLarge />
            {children}
          </SpaceBetween>
        }
      >
        <bdi className="long-name share-title" title={title}>
          {title}
        </bdi>
      </Header>
    </SpaceBetween>
  );
}

/** With the version before; of the first one, with a notebook of one's own. */
function compareSearch({ versions }: ShareDetails, shown: ShareVersion): URLSearchParams {
  const before = versions.find(({ version }) => version === shown.version - 1);
  const to = String(shown.version);
  return new URLSearchParams(
    before === undefined
      ? { before: to, after: 'mine' }
      : { before: String(before.version), after: to },
  );
}
