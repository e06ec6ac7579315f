import { csvLine } from '../../http/console/csv-line.ts';
import type { MeteredUse } from '../metered-app.ts';
import { hourMilliseconds } from '../month.ts';
import { amountOf } from '../slices.ts';

const columns = [
  ...['appId', 'appType', 'profileName', 'team', 'imageName', 'instanceType'],
  ...['startedAt', 'endedAt', 'hours', 'idleHours', 'pricePerHour', 'amount', 'currency'],
] as const;

/** A line for each app, studios' own servers too; of an app that runs, as it stands now. */
export function* toCostCsv(uses: Iterable<MeteredUse>, currency: string): Generator<string> {
  yield csvLine([...columns]);
  for (const use of uses) {
    yield csvLine([
      ...[use.appId, use.appType, use.profileName, use.team, use.imageName, use.instanceType],
      new Date(use.startedAt).toISOString(),
      use.hasEnded ? new Date(use.startedAt + use.milliseconds).toISOString() : '',
      rounded(use.milliseconds / hourMilliseconds),
      rounded(use.idleMilliseconds / hourMilliseconds),
      ...[use.pricePerHour ?? '', rounded(amountOf(use)), currency],
    ]);
  }
}

function rounded(value: number): number {
  return Number(value.toFixed(6));
}
