import type { Domain } from '@strongroom/domain';
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnDomain, CfnStudioLifecycleConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { hiddenInstanceTypes } from './hidden-instance-types.ts';
import { idleMinutes } from './idle-minutes.ts';
import { Images } from './images.ts';
import { lifecycleScript } from './lifecycle-script.ts';

const longestIdleMinutes = 525_600;

export interface StudioPlace {
  readonly domain: Domain;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly studioKeyArn: string;
  readonly dataKeyArn: string;
  /** Of those whose person has no role of their own. */
  readonly nobodyRoleArn: string;
}

/** The SageMaker domain: in the network alone, on the key, and closed wherever it can be. */
export class StudioDomain extends Construct {
  readonly resource: CfnDomain;

  constructor(scope: Construct, place: StudioPlace) {
    super(scope, 'Studio');
    const { domain, vpcId, subnetIds, securityGroupId, studioKeyArn, nobodyRoleArn } = place;
    const images = new Images(this, { domain });
    const script = new CfnStudioLifecycleConfig(this, 'Lifecycle', {
      studioLifecycleConfigName: `strongroom-${domain.domain.name}`.slice(0, 63),
      studioLifecycleConfigAppType: 'JupyterLab',
      studioLifecycleConfigContent: Buffer.from(
        lifecycleScript({ domainName: domain.domain.name, region: domain.domain.region }),
      ).toString('base64'),
    });
    const jupyterLab = this.#jupyterLab(domain, images, script.attrStudioLifecycleConfigArn);
    this.resource = new CfnDomain(this, 'Domain', {
      ...{ domainName: domain.domain.name, authMode: domain.aws.authMode, kmsKeyId: studioKeyArn },
      ...{ vpcId, subnetIds, appNetworkAccessType: 'VpcOnly', tagPropagation: 'ENABLED' },
      domainSettings: {
        securityGroupIds: [securityGroupId],
        dockerSettings: { enableDockerAccess: 'DISABLED' },
        executionRoleIdentityConfig: 'USER_PROFILE_NAME',
      },
      defaultUserSettings: {
        ...{ executionRole: nobodyRoleArn, securityGroups: [securityGroupId] },
        ...{ studioWebPortal: 'ENABLED', defaultLandingUri: 'studio::' },
        jupyterLabAppSettings: jupyterLab,
        // Outputs of cells would be copied where everybody reads them: shared notebooks are scanned first.
        sharingSettings: {
          notebookOutputOption: 'Disabled',
          s3OutputPath: `s3://${domain.sharing.bucket}/`,
          s3KmsKeyId: place.dataKeyArn,
        },
        spaceStorageSettings: {
          defaultEbsStorageSettings: {
            defaultEbsVolumeSizeInGb: domain.aws.spaceGibibytes,
            maximumEbsVolumeSizeInGb: domain.aws.spaceGibibytes,
          },
        },
        studioWebPortalSettings: {
          hiddenAppTypes: ['Canvas', 'CodeEditor', 'JupyterServer', 'RStudioServerPro'],
          hiddenInstanceTypes: hiddenInstanceTypes(domain),
        },
      },
      defaultSpaceSettings: {
        ...{ executionRole: nobodyRoleArn, securityGroups: [securityGroupId] },
      },
    });
    for (const image of images.created) this.resource.addResourceDependency(image);
    // Removing it removes the homes: `strongroom aws destroy` does so, after it has asked.
    this.resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  #jupyterLab(
    domain: Domain,
    images: Images,
    lifecycleConfigArn: string,
  ): CfnDomain.JupyterLabAppSettingsProperty {
    const idleTimeoutInMinutes = idleMinutes(domain);
    return {
      defaultResourceSpec: { instanceType: domain.defaults.instanceType, lifecycleConfigArn },
      lifecycleConfigArns: [lifecycleConfigArn],
      customImages: images.offered.map((image) => ({ ...image })),
      appLifecycleManagement: {
        idleSettings: {
          lifecycleManagement: 'ENABLED',
          ...{ idleTimeoutInMinutes, minIdleTimeoutInMinutes: 60 },
          maxIdleTimeoutInMinutes: Math.min(longestIdleMinutes, idleTimeoutInMinutes),
        },
      },
    };
  }
}
