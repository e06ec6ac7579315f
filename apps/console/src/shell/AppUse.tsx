import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { AppUsage } from '@strongroom/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from './format-bytes.ts';

/** What of its memory is in use when it is told as a warning: at the end of it the app ends. */
const warningShare = 0.9;

/** Memory, processors and GPUs in use against what the app may use. */
export function AppUse({ usage }: { readonly usage: AppUsage }) {
  const { t, i18n } = useTranslation();
  const { memoryBytes, memoryLimitBytes, cpuCount, cpuLimit, gpus } = usage;
  const count = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  const isNearlyFull = memoryBytes !== null && memoryBytes >= warningShare * memoryLimitBytes;
  return (
    <>
      {memoryBytes !== null && (
        <Line isWarning={isNearlyFull}>
          {t('appUse.memory', {
            used: formatBytes(memoryBytes),
            limit: formatBytes(memoryLimitBytes),
          })}
        </Line>
      )}
      {cpuCount !== null && (
        <Line>
          {t('appUse.cpu', { used: count.format(cpuCount), limit: count.format(cpuLimit) })}
        </Line>
      )}
      {gpus.map(({ index, name, utilizationPercent, memoryBytes: gpuMemoryBytes }) => (
        <Line key={index}>
          {[
            `${name} ${index}`,
            utilizationPercent === null ? undefined : `${Math.round(utilizationPercent)}%`,
            gpuMemoryBytes === null ? undefined : formatBytes(gpuMemoryBytes),
          ]
            .filter((part) => part !== undefined)
            .join(' · ')}
        </Line>
      ))}
      {memoryBytes === null && cpuCount === null && gpus.length === 0 && '–'}
    </>
  );
}

interface LineProps {
  readonly isWarning?: boolean;
  readonly children: ReactNode;
}

function Line({ isWarning = false, children }: LineProps) {
  if (!isWarning) return <div className="whole-line">{children}</div>;
  return (
    <div className="whole-line">
      <StatusIndicator type="warning">{children}</StatusIndicator>
    </div>
  );
}
