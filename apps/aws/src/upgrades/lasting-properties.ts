/**
 * Properties that AWS only sets when a resource is made: another value makes a new resource and removes
 * the old one, with what is in it (the resources' pages of the CloudFormation Template Reference, "Update
 * requires: Replacement"). Listed for what people keep something in; of all else a new one is as good.
 */
export const lastingProperties: Readonly<
  Record<string, { readonly properties: readonly string[]; readonly lost: string }>
> = {
  'AWS::SageMaker::Domain': {
    properties: ['DomainName', 'AuthMode', 'KmsKeyId', 'VpcId', 'HomeEfsFileSystemCreation'],
    lost: "every studio of the domain and everybody's home",
  },
  'AWS::SageMaker::UserProfile': {
    properties: [
      ...['DomainId', 'UserProfileName'],
      ...['SingleSignOnUserIdentifier', 'SingleSignOnUserValue'],
    ],
    lost: "the person's studio",
  },
  'AWS::SageMaker::Space': {
    properties: ['DomainId', 'SpaceName', 'OwnershipSettings', 'SpaceSharingSettings'],
    lost: "the volume with the person's files",
  },
  'AWS::S3::Bucket': {
    properties: ['BucketName', 'ObjectLockEnabled'],
    lost: 'the bucket, whose objects would be in none of the domain',
  },
  'AWS::KMS::Key': {
    properties: ['KeySpec', 'KeyUsage', 'Origin', 'MultiRegion'],
    lost: 'the key, and with it everything that it sealed',
  },
  'AWS::EC2::VPC': {
    properties: ['CidrBlock', 'InstanceTenancy'],
    lost: 'the network that the SageMaker domain is in',
  },
  'AWS::EC2::Subnet': {
    properties: ['AvailabilityZone', 'CidrBlock', 'VpcId'],
    lost: 'a subnet that the SageMaker domain is in',
  },
  'AWS::CodeCommit::Repository': {
    properties: [],
    lost: 'the repository',
  },
};

/** What a resource is called whatever its logical id is, so that one that moves is known again. */
export const nameProperties: Readonly<Record<string, string>> = {
  'AWS::SageMaker::Domain': 'DomainName',
  'AWS::SageMaker::UserProfile': 'UserProfileName',
  'AWS::SageMaker::Space': 'SpaceName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::CodeCommit::Repository': 'RepositoryName',
};
