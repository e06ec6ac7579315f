import type { ControlReport, LogSizes } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { KeyUsage, ObjectStore } from '@strongroom/object-store';
import type { KeyService } from '@strongroom/sealing';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { TrailReader } from '../../audit/trail-reader.ts';
import type { Clock } from '../../clock.ts';
import type { Compute } from '../../compute/compute.ts';
import type { PriceBook } from '../../compute/prices/price-book.ts';
import type { Accounts } from '../../identity/accounts.ts';
import type { Administration } from '../../identity/administration.ts';
import type { People } from '../../identity/people.ts';
import type { ImageCatalog } from '../../images/image-catalog.ts';
import type { JobAccess } from '../../jobs/job-access.ts';
import type { ConsoleMetering } from '../../metering/compose-metering.ts';
import type { EgressRequests } from '../../network/egress/egress-requests.ts';

import type { FlowQuestion, Flows } from '../../network/flows/read-flows.ts';

import type { StorageAccess } from '../../objects/storage-access.ts';

import type { Authorize } from '../../policies/access-request.ts';
import type { PolicyServices } from '../../policies/policy-services.ts';
import type { Simulator } from '../../policies/simulate.ts';
import type { RepositoryBrowser } from '../../repositories/browse/repository-browser.ts';
import type { PersonalTokens } from '../../repositories/personal-tokens.ts';
import type { Repositories } from '../../repositories/repositories.ts';
import type { SageMakerPortal } from '../../runtimes/sagemaker/sage-maker-portal.ts';
import type { ShareComments } from '../../shares/share-comments.ts';
import type { ShareCopies } from '../../shares/share-copies.ts';
import type { ShareWriter } from '../../shares/share-writer.ts';
import type { Shares } from '../../shares/shares.ts';
import type { LaunchPortal } from '../../studios/launch-portal.ts';
import type { Studios } from '../../studios/studios.ts';

/** What the console's routes call wherever studios run. Each route file picks what it uses. */
export interface CommonServices {
  readonly accounts: Accounts;
  readonly administration: Administration;
  readonly people: People;
  readonly studios: LaunchPortal;
  readonly audit: AuditLog;
  /** As it is now: people are added and removed while it runs. */
  readonly domain: () => Domain;
  readonly authorize: Authorize;
  readonly policies: PolicyServices;
  readonly simulator: Simulator;
  readonly trail: TrailReader;
  readonly logSizes: () => Promise<LogSizes>;
  readonly controls: readonly ControlReport[];
  readonly storage: {
    readonly store: ObjectStore;
    readonly access: StorageAccess;
    readonly keyUsage: () => Promise<readonly KeyUsage[]>;
    /** Seals what is written to a bucket that names no other. */
    readonly dataKeyArn: string;
  };
  readonly shares: {
    readonly shares: Shares;
    readonly comments: ShareComments;
  };
  readonly keys: KeyService;
  readonly metering: ConsoleMetering;
  readonly clock: Clock;
}

/** The same and what there is only where studios are on this machine. */
export interface ConsoleServices extends CommonServices {
  readonly studios: Studios;
  readonly egress: EgressRequests;
  readonly flows: { read(question: FlowQuestion): Flows };
  readonly compute: Pick<Compute, 'allApps' | 'instanceTypes'>;
  readonly shares: CommonServices['shares'] & { readonly copies: ShareCopies };
  readonly images: Pick<ImageCatalog, 'all' | 'usableBy' | 'mayUse' | 'iconOf'>;
  readonly repositories: {
    readonly repositories: Repositories;
    readonly browser: RepositoryBrowser;
    readonly tokens: PersonalTokens;
  };
  readonly jobs: JobAccess;
}

/** The same and what there is only where they are SageMaker's. */
export interface PortalServices extends CommonServices {
  readonly studios: SageMakerPortal;
  readonly prices: Pick<PriceBook, 'prices' | 'priceOf'>;
  readonly shares: CommonServices['shares'] & { readonly writer: ShareWriter };
}
