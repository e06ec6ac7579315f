import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { KeySummary } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';

export const keyIndicators: Readonly<Record<KeySummary['state'], StatusIndicatorProps.Type>> = {
  Enabled: 'success',
  Disabled: 'stopped',
  PendingDeletion: 'warning',
};

interface KeyStateProps {
  readonly arn: string;
  readonly alias: string | null;
  /** Null: of another key service. */
  readonly state: KeySummary['state'] | null;
}

/** A key by its name, and whether it can be used. */
export function KeyState({ arn, alias, state }: KeyStateProps) {
  const { t } = useTranslation();
  const name = alias?.replace(/^alias\//, '') ?? arn;
  if (state === null) return <span className="long-name">{name}</span>;
  return (
    <>
      <span className="long-name">{name}</span>
      {state !== 'Enabled' && (
        <div>
          <StatusIndicator type={keyIndicators[state]}>
            {t(`keys.shortStates.${state}`)}
          </StatusIndicator>
        </div>
      )}
    </>
  );
}
