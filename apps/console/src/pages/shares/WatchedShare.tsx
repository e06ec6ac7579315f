import type { Person, ShareDetails } from '@strongroom/contracts';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { queryClient } from '../../api/queries.ts';
import { isFinal, useShare } from '../../api/shares.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Loading } from '../../shell/Loading.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { endOf, ShareEnded } from './ShareEnded.tsx';

interface WatchedShareProps {
  readonly person: Person;
  readonly children: (share: ShareDetails, isDisconnected: boolean) => ReactNode;
}

/** What of a share is shown is shown only as long as the control plane says that it may be. */
export function WatchedShare({ person, children }: WatchedShareProps) {
  const { t } = useTranslation();
  const { shareId = '' } = useParams();
  const share = useShare(shareId);
  const wasSeen = useRef(false);
  useTitle(t('shares.title'));
  const end = endOf(share.data, share.error);
  const isEnded = end !== undefined;
  if (share.data !== undefined && !isEnded) wasSeen.current = true;
  useEffect(() => {
    if (isEnded) queryClient.removeQueries({ queryKey: ['shared-notebook', shareId] });
  }, [isEnded, shareId]);

  if (end !== undefined) return <ShareEnded {...{ person, end }} wasSeen={wasSeen.current} />;
  if (share.error !== null && (isFinal(share.error) || share.data === undefined))
    return <Failure error={share.error} retry={() => void share.refetch()} />;
  if (share.data === undefined) return <Loading label={t('loading')} />;
  return <>{children(share.data, share.error !== null)}</>;
}
