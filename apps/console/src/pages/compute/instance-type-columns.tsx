import Badge from '@cloudscape-design/components/badge';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { InstanceType, Prices } from '@strongroom/contracts';
import type { TFunction } from 'i18next';
import { formatBytes } from '../../shell/format-bytes.ts';
import { hourlyPrice } from '../../shell/hourly-price.ts';
import { sentenceIn } from '../../shell/sentence-in.ts';

interface ColumnOptions {
  readonly t: TFunction;
  readonly language: string;
  readonly prices: Prices;
}

const indicators: Record<InstanceType['availability'], StatusIndicatorProps.Type> = {
  available: 'success',
  busy: 'pending',
  unavailable: 'stopped',
};

export function instanceTypeColumns(
  options: ColumnOptions,
): TableProps.ColumnDefinition<InstanceType>[] {
  const { t, language, prices } = options;
  return [
    {
      id: 'name',
      header: t('instanceTypes.name'),
      isRowHeader: true,
      minWidth: 150,
      cell: ({ instanceType, isDefault }) => (
        <SpaceBetween direction="horizontal" size="xs">
          <span>{instanceType}</span>
          {isDefault && <Badge color="blue">{t('compute.isDefault')}</Badge>}
        </SpaceBetween>
      ),
    },
    {
      id: 'vcpu',
      header: t('instanceTypes.vcpu'),
      minWidth: 90,
      cell: ({ vcpuCount }) => vcpuCount,
    },
    {
      id: 'memory',
      header: t('instanceTypes.memory'),
      minWidth: 110,
      cell: ({ memoryMebibytes }) => formatBytes(memoryMebibytes * 1024 ** 2),
    },
    {
      id: 'gpu',
      header: t('instanceTypes.gpu'),
      minWidth: 90,
      cell: ({ gpuCount }) => gpuCount || '–',
    },
    {
      id: 'price',
      header: t('instanceTypes.price'),
      minWidth: 150,
      cell: ({ pricePerHour }) => (
        <span className="whole-line">{hourlyPrice(pricePerHour, prices, { t, language })}</span>
      ),
    },
    {
      id: 'availability',
      header: t('instanceTypes.availability'),
      minWidth: 190,
      cell: ({ availability, reason }) => (
        <>
          <StatusIndicator type={indicators[availability]}>
            {t(`instanceTypes.availabilities.${availability}`)}
          </StatusIndicator>
          {reason !== null && <div>{sentenceIn(reason, language)}</div>}
        </>
      ),
    },
  ];
}
