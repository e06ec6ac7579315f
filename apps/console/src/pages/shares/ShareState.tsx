import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { ShareState, ShareSummary } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../shell/Moment.tsx';

const indicators: Record<ShareState, StatusIndicatorProps.Type> = {
  active: 'success',
  expired: 'stopped',
  revoked: 'error',
};
const soonMilliseconds = 3 * 86_400_000;

export function ShareStateText({ state }: { state: ShareState }) {
  const { t } = useTranslation();
  return (
    <StatusIndicator type={indicators[state]} wrapText={false}>
      {t(`shares.states.${state}`)}
    </StatusIndicator>
  );
}

type Ending = Pick<ShareSummary, 'expiresAt' | 'revokedAt' | 'state'>;

/** When it ends or has ended, with a warning where that is soon. */
export function ShareEnd({ expiresAt, revokedAt, state }: Ending) {
  const { t } = useTranslation();
  if (state === 'revoked' && revokedAt !== null) return <Moment at={revokedAt} />;
  const isSoon = state === 'active' && Date.parse(expiresAt) - Date.now() < soonMilliseconds;
  if (!isSoon) return <Moment at={expiresAt} />;
  return (
    <StatusIndicator type="warning" iconAriaLabel={t('shares.expiresSoon')} wrapText={false}>
      <Moment at={expiresAt} />
    </StatusIndicator>
  );
}
