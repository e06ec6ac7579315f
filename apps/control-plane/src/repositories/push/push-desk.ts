import { StrongroomError } from '@strongroom/contracts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../clock.ts';
import type { AuthorizeRepositoryCall } from '../../policies/authorize-repository-call.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import type { Maintenance } from '../git/maintenance.ts';
import type { GitCaller } from '../http/git-caller.ts';
import type { Repository } from '../repository.ts';
import type { RepositoryRecords } from '../repository-records.ts';
import type { PushSettings } from './push-messages-schema.ts';
import { PushReview } from './push-review.ts';

export interface PushDeskOptions {
  readonly records: Pick<RepositoryRecords, 'find' | 'update'>;
  readonly authorize: AuthorizeRepositoryCall;
  readonly audit: Pick<AuditLog, 'repositoryPushed' | 'repositoryPushRefused'>;
  readonly maintenance: Pick<Maintenance, 'pushed'>;
  readonly settings: () => PushSettings;
  readonly clock: Clock;
  readonly log: StudioLog;
}

/** Where every push is looked at before it counts. */
export class PushDesk {
  readonly #options: PushDeskOptions;

  constructor(options: PushDeskOptions) {
    this.#options = options;
  }

  begin(caller: GitCaller, repository: Repository): PushReview {
    const { records, authorize, audit, maintenance, settings, clock, log } = this.#options;
    const { repositoryId, name } = repository;
    return new PushReview({
      ...{ caller, name, authorize, audit, settings: settings(), log },
      current: async () => {
        const found = await records.find(name);
        if (found?.repositoryId === repositoryId) return found;
        throw new StrongroomError('RepositoryNotFound', `The repository "${name}" was deleted`);
      },
      pushed: async ({ sizeBytes, packCount }) => {
        await records.update(repositoryId, { pushedAt: clock(), sizeBytes });
        maintenance.pushed(repositoryId, packCount);
      },
    });
  }
}
