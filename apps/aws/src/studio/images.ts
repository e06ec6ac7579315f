import { type Domain, serviceTrust } from '@strongroom/domain';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnAppImageConfig, CfnImage, CfnImageVersion } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';

export interface StudioImage {
  readonly imageName: string;
  readonly appImageConfigName: string;
}

/** The domain's images that have one in a registry (SageMaker Developer Guide, "Bring your own image"). */
export class Images extends Construct {
  readonly offered: readonly StudioImage[];
  readonly created: readonly CfnAppImageConfig[];

  constructor(scope: Construct, { domain }: { domain: Domain }) {
    super(scope, 'Images');
    const { images, domain: names, aws } = domain;
    if (aws.images.length === 0) {
      this.offered = [];
      this.created = [];
      return;
    }
    const role = this.#pullingRole(domain);
    const made = aws.images.map(({ imageName, uri }) => {
      const described = images.find((image) => image.imageName === imageName);
      const image = new CfnImage(this, `image-${imageName}`, {
        ...{ imageName, imageRoleArn: role.attrArn },
        imageDisplayName: described?.displayName ?? imageName,
        ...(described?.description && { imageDescription: described.description }),
      });
      const version = new CfnImageVersion(this, `version-${imageName}`, {
        ...{ imageName, baseImage: uri },
      });
      version.addResourceDependency(image);
      const config = new CfnAppImageConfig(this, `config-${imageName}`, {
        appImageConfigName: `${names.name}-${imageName}`.slice(0, 63),
        jupyterLabAppImageConfig: { containerConfig: {} },
      });
      config.addResourceDependency(version);
      return { config, offer: { imageName, appImageConfigName: config.appImageConfigName } };
    });
    this.offered = made.map(({ offer }) => offer);
    this.created = made.map(({ config }) => config);
  }

  #pullingRole({ domain, aws }: Domain): CfnRole {
    const repositories = aws.images.map(({ uri }) => {
      const [host = '', ...path] = uri.split('/');
      const [accountId, , , region] = host.split('.');
      const repository = path.join('/').replace(/[:@].*$/, '');
      return `arn:aws:ecr:${region}:${accountId}:repository/${repository}`;
    });
    return new CfnRole(this, 'Role', {
      path: '/strongroom/',
      description: 'SageMaker reads the images of the domain with it',
      assumeRolePolicyDocument: serviceTrust('sagemaker.amazonaws.com', domain.accountId),
      policies: [
        {
          policyName: 'images',
          policyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                ...{ Sid: 'KnowTheRegistry', Effect: 'Allow', Resource: '*' },
                Action: 'ecr:GetAuthorizationToken',
              },
              {
                ...{ Sid: 'ReadImages', Effect: 'Allow', Resource: [...new Set(repositories)] },
                Action: [
                  ...['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage'],
                  ...['ecr:DescribeImages', 'ecr:GetDownloadUrlForLayer'],
                ],
              },
            ],
          },
        },
      ],
    });
  }
}
