import { measureLog } from '@strongroom/audit-trail';
import type { LogSizes } from '@strongroom/contracts';
import type { LogName } from './audit-log.ts';

/** What each log takes on the disk, and will once it is kept as long as the domain file says. */
export async function measureLogs(
  folders: Readonly<Record<LogName, string>>,
  retentionDays: number,
): Promise<LogSizes> {
  const measure = async (log: LogName) => {
    const size = await measureLog(folders[log]);
    return { log, ...size, estimatedBytes: size.bytesPerDay * retentionDays };
  };
  return {
    retentionDays,
    logs: await Promise.all([measure('audit-trail'), measure('flow-log')]),
  };
}
