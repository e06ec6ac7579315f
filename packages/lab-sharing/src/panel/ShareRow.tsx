import { copyIcon, historyIcon, launchIcon } from '@jupyterlab/ui-components';
import type { ShareSummary } from '@strongroom/contracts';
import { audienceText } from '../audience-text.ts';
import { dateText } from '../date-text.ts';
import { revokeIcon, versionIcon } from '../icons.ts';
import type { SharesList } from '../model/shares-model.ts';
import { IconButton } from './IconButton.tsx';
import { usePanel } from './panel-context.ts';

interface ShareRowProps {
  readonly share: ShareSummary;
  readonly list: SharesList;
}

/** One share: what it is, who sees it, how it stands, and what can be done with it. */
export function ShareRow({ share, list }: ShareRowProps) {
  const { trans } = usePanel();
  return (
    <li className="sr-Shares-row" data-state={share.state}>
      <span className="sr-Shares-title" title={share.sourcePath ?? share.title}>
        {share.may.read ? (
          <a href={share.url} target="_blank" rel="noopener noreferrer">
            <bdi>{share.title}</bdi>
          </a>
        ) : (
          <bdi>{share.title}</bdi>
        )}
      </span>
      <Facts share={share} list={list} />
      <fieldset className="sr-Shares-actions" aria-label={trans.__('For %1', share.title)}>
        <Actions share={share} />
      </fieldset>
    </li>
  );
}

function Facts({ share, list }: ShareRowProps) {
  const { trans, languageTag } = usePanel();
  const { version } = share.latestVersion;
  const counts = [
    ...(version > 1 ? [trans.__('Version %1', String(version))] : []),
    ...(share.viewCount === null ? [] : [trans.__('Views: %1', String(share.viewCount))]),
    ...(share.openCommentCount === 0
      ? []
      : [trans.__('Open comments: %1', String(share.openCommentCount))]),
  ];
  return (
    <small>
      <span>
        {list === 'mine'
          ? audienceText(share.audience, trans)
          : trans.__('By %1', share.ownerDisplayName)}
      </span>
      <span className="sr-Shares-state">{stateText()}</span>
      {counts.length > 0 && <span>{counts.join(' · ')}</span>}
    </small>
  );

  function stateText(): string {
    const end = dateText(share.expiresAt, languageTag);
    if (share.state === 'revoked') return trans.__('Revoked');
    return share.state === 'expired' ? trans.__('Expired on %1', end) : trans.__('Until %1', end);
  }
}

function Actions({ share }: { readonly share: ShareSummary }) {
  const { actions, trans } = usePanel();
  const isActive = share.state === 'active';
  const mayExtend = share.extendableUntil != null && share.state !== 'revoked';
  const { sourcePath } = share;
  return (
    <>
      {share.may.read && (
        <IconButton
          icon={launchIcon}
          label={trans.__('Open in New Tab')}
          onClick={() => actions.open(share)}
        />
      )}
      {isActive && (
        <IconButton
          icon={copyIcon}
          label={trans.__('Copy Link')}
          onClick={() => void actions.copy(share)}
        />
      )}
      {isActive && share.may.manage && sourcePath != null && (
        <IconButton
          icon={versionIcon}
          label={trans.__('New Version…')}
          onClick={() => void actions.addVersion(share, sourcePath)}
        />
      )}
      {mayExtend && (
        <IconButton
          icon={historyIcon}
          label={trans.__('Extend…')}
          onClick={() => void actions.extend(share)}
        />
      )}
      {share.state !== 'revoked' && share.may.manage && (
        <IconButton
          icon={revokeIcon}
          label={trans.__('Revoke…')}
          onClick={() => void actions.revoke(share)}
        />
      )}
    </>
  );
}
