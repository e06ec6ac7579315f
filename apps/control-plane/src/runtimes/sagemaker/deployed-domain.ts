import {
  DescribeDomainCommand,
  ListDomainsCommand,
  type ResourceSpec,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { StrongroomError } from '@strongroom/contracts';
import { askAws, awsCodeOf } from './explain-aws-error.ts';

export interface DeployedDomainOptions {
  readonly client: SageMakerClient;
  /** As the domain file has them. */
  readonly names: { readonly name: string; readonly accountId: string; readonly region: string };
  /** From the domain file; `undefined`: found by its name. */
  readonly domainId: string | undefined;
}

interface FoundDomain {
  readonly domainId: string;
  readonly jupyterLabSpec: ResourceSpec;
}

/** The SageMaker domain that the domain file was deployed as. */
export class DeployedDomain {
  readonly #options: DeployedDomainOptions;
  #found: Promise<FoundDomain> | undefined;

  constructor(options: DeployedDomainOptions) {
    this.#options = options;
  }

  /**
   * Its id on AWS, looked up once; a look that failed is not kept.
   *
   * @throws {StrongroomError} `DomainNotDeployed`, `DomainMismatch`, or what AWS refused
   */
  async id(): Promise<string> {
    return (await this.#look()).domainId;
  }

  /**
   * What the domain gives every JupyterLab: its lifecycle script and image. An app that names only its size
   * would be without them.
   *
   * @throws {StrongroomError} as `id`
   */
  async jupyterLabSpec(): Promise<ResourceSpec> {
    return (await this.#look()).jupyterLabSpec;
  }

  #look(): Promise<FoundDomain> {
    const finding = this.#found ?? this.#find();
    this.#found = finding;
    finding.catch(() => {
      this.#found = undefined;
    });
    return finding;
  }

  async #find(): Promise<FoundDomain> {
    const { client, names } = this.#options;
    const domainId = this.#options.domainId ?? (await this.#findByName());
    const domain = await askAws({ operation: 'DescribeDomain', subject: domainId }, () =>
      client.send(new DescribeDomainCommand({ DomainId: domainId })).catch((error: unknown) => {
        if (awsCodeOf(error) === 'ResourceNotFound')
          throw notDeployed(names.name, `"${domainId}" does not exist`);
        throw error;
      }),
    );
    requireSamePlace(domain.DomainArn ?? '', names);
    if (domain.Status === 'InService' || domain.Status === 'Updating') {
      const lab = domain.DefaultUserSettings?.JupyterLabAppSettings;
      return { domainId, jupyterLabSpec: lab?.DefaultResourceSpec ?? {} };
    }
    const state = domain.FailureReason ?? domain.Status ?? 'in no known state';
    throw new StrongroomError(
      'DomainNotDeployed',
      `Cannot use the domain "${domainId}": ${state}`,
      {
        remedy: 'Mend the deployment (strongroom aws deploy), then try again',
        values: { domainName: names.name },
      },
    );
  }

  async #findByName(): Promise<string> {
    const { client, names } = this.#options;
    let nextToken: string | undefined;
    const ids: string[] = [];
    do {
      const page = await askAws({ operation: 'ListDomains', subject: names.name }, () =>
        client.send(
          new ListDomainsCommand(nextToken === undefined ? {} : { NextToken: nextToken }),
        ),
      );
      for (const { DomainName, DomainId } of page.Domains ?? []) {
        if (DomainName === names.name && DomainId !== undefined) ids.push(DomainId);
      }
      nextToken = page.NextToken;
    } while (nextToken !== undefined);
    const [domainId] = ids;
    if (domainId !== undefined && ids.length === 1) return domainId;
    const state =
      ids.length === 0
        ? `there is none of that name in ${names.region}`
        : `${ids.length} have that name (name one: compute.runtime.sagemaker.domainId)`;
    throw notDeployed(names.name, state);
  }
}

function notDeployed(domainName: string, state: string): StrongroomError {
  return new StrongroomError(
    'DomainNotDeployed',
    `Cannot find the domain "${domainName}": ${state}`,
    {
      remedy: 'Deploy it (strongroom aws deploy), or look at domain.region of the domain file',
      values: { domainName },
    },
  );
}

/** A domain of another account or region is not the one that the policies speak of. */
function requireSamePlace(
  domainArn: string,
  { region, accountId }: DeployedDomainOptions['names'],
): void {
  const [, , , itsRegion, itsAccountId] = domainArn.split(':');
  if (itsRegion === region && itsAccountId === accountId) return;
  const file = `${accountId}/${region}`;
  const found = `${itsAccountId}/${itsRegion}`;
  throw new StrongroomError(
    'DomainMismatch',
    `Cannot use the domain "${domainArn}": it is of ${found}, and the domain file says ${file}`,
    {
      remedy: 'Mend domain.accountId and domain.region of the domain file, or the credentials',
      values: { found, file },
    },
  );
}
