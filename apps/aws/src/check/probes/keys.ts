import { DescribeFileSystemsCommand } from '@aws-sdk/client-efs';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
} from '@aws-sdk/client-kms';
import { DescribeDomainCommand, DescribeImageCommand } from '@aws-sdk/client-sagemaker';
import { allowsAnybody } from '../policy-bounds.ts';
import { each, failed, type Probe, passed, unknown } from '../probe.ts';

export const keys: Probe = {
  name: 'keys',
  question: 'Every key is enabled, rotates by itself and is open to nobody without a condition',
  look: ({ clients, deployment }) =>
    each(
      deployment.ofType('AWS::KMS::Key'),
      ({ logicalId }) => logicalId,
      async ({ physicalId: KeyId }) => {
        const { KeyMetadata } = await clients.kms.send(new DescribeKeyCommand({ KeyId }));
        if (KeyMetadata?.KeyState !== 'Enabled') return failed(`It is ${KeyMetadata?.KeyState}`);
        const { KeyRotationEnabled } = await clients.kms.send(
          new GetKeyRotationStatusCommand({ KeyId }),
        );
        if (KeyRotationEnabled !== true) return failed('It does not rotate');
        const { Policy } = await clients.kms.send(new GetKeyPolicyCommand({ KeyId }));
        if (allowsAnybody(Policy) !== false) return failed('Its policy lets everybody in');
        return passed('Enabled and rotating');
      },
    ),
};

export const homes: Probe = {
  name: 'homes',
  question: "The file system of homes is encrypted under a key of the stacks'",
  async look({ clients, deployment }) {
    const [domain] = deployment.ofType('AWS::SageMaker::Domain');
    if (domain === undefined) return [unknown('The stacks have no domain')];
    const { HomeEfsFileSystemId: FileSystemId } = await clients.sageMaker.send(
      new DescribeDomainCommand({ DomainId: domain.physicalId }),
    );
    if (FileSystemId === undefined) return [unknown('The domain names no file system')];
    const { FileSystems = [] } = await clients.efs.send(
      new DescribeFileSystemsCommand({ FileSystemId }),
    );
    const [system] = FileSystems;
    if (system?.Encrypted !== true) return [failed('It is not encrypted', FileSystemId)];
    const isOfStacks = deployment
      .ofType('AWS::KMS::Key')
      .some(({ physicalId }) => system.KmsKeyId?.endsWith(physicalId));
    if (!isOfStacks) return [failed(`It is under ${system.KmsKeyId}`, FileSystemId)];
    return [passed(`${system.KmsKeyId}`, FileSystemId)];
  },
};

export const images: Probe = {
  name: 'images',
  question: "Every image of the domain's is there",
  async look({ clients, deployment }) {
    const deployed = deployment.ofType('AWS::SageMaker::Image');
    if (deployed.length === 0) return [passed('The domain has no image of its own')];
    return each(
      deployed,
      ({ physicalId }) => physicalId.split('/').at(-1) ?? physicalId,
      async ({ physicalId }) => {
        const ImageName = physicalId.split('/').at(-1) ?? physicalId;
        const { ImageStatus, FailureReason } = await clients.sageMaker.send(
          new DescribeImageCommand({ ImageName }),
        );
        return ImageStatus === 'CREATED'
          ? passed('CREATED')
          : failed(`${ImageStatus} ${FailureReason ?? ''}`);
      },
    );
  },
};
