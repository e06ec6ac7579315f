import Box from '@cloudscape-design/components/box';
import type { LogSizes } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useLogSizes } from '../api/queries.ts';
import { formatBytes } from './format-bytes.ts';

/** What a log takes on the disk, and will once it is kept as long as the domain file says. */
export function LogSize({ log }: { log: LogSizes['logs'][number]['log'] }) {
  const { t } = useTranslation();
  const sizes = useLogSizes();
  const size = sizes.data?.logs.find((each) => each.log === log);
  if (sizes.data === undefined || size === undefined || size.dayCount === 0) return null;
  return (
    <Box color="text-body-secondary" fontSize="body-s">
      {t('logs.size', {
        size: formatBytes(size.sizeBytes),
        days: size.dayCount,
        perDay: formatBytes(size.bytesPerDay),
        retentionDays: sizes.data.retentionDays,
        estimate: formatBytes(size.estimatedBytes),
      })}
    </Box>
  );
}
