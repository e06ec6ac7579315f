import { dirname, resolve } from 'node:path';
import type { PolicyBinding } from '@strongroom/contracts';
import type {
  Domain,
  DomainBucket,
  DomainBucketAccess,
  DomainImage,
  DomainInstanceType,
  DomainKeyProvider,
  DomainRootFileSystem,
  DomainRuntime,
} from './domain.ts';
import { defaultSharingBucket } from './domain-file-references.ts';
import type { DomainFileContent } from './domain-file-schema.ts';
import { type ParsedDomainFile, parseDomainFile } from './parse-domain-file.ts';
import { systemInstanceType } from './system-instance-type.ts';
import { toAwsSettings } from './to-aws-settings.ts';
import { viewerBeside } from './viewer-host-name.ts';

export interface ReadDomain {
  readonly domain: Domain;
  readonly parsed: ParsedDomainFile;
}

/**
 * The domain of a file's text. Paths in it are relative to the file.
 *
 * @throws {DomainFileError} with every problem
 */
export function readDomain(text: string, path: string, shownName: string): ReadDomain {
  const parsed = parseDomainFile(text, shownName);
  return { domain: toDomain(parsed.content, dirname(path)), parsed };
}

/** A month. */
const defaultMaximumHours = 720;
/** Five years. */
const defaultRetentionDays = 1_827;

function toDomain(content: DomainFileContent, folder: string): Domain {
  const { server, teams, acceptUnenforced } = content;
  return {
    ...content,
    server: {
      listen: server.listen,
      consoleHostName: server.consoleHostName,
      studioHostSuffix: server.studioHostName.slice('*.'.length),
      viewerHostName: server.viewerHostName ?? viewerBeside(server.consoleHostName),
      tls: server.tls && {
        certificateFile: resolve(folder, server.tls.certificateFile),
        privateKeyFile: resolve(folder, server.tls.privateKeyFile),
      },
    },
    dataFolder: resolve(folder, content.dataFolder),
    teams: teams.map(({ name, description }) => ({ name, description })),
    studios: {
      ...content.studios,
      sharing: content.studios.sharing ?? 'owner',
      homeQuotaGibibytes: content.studios.homeQuotaGibibytes,
    },
    images: content.images.map((image) => toImage(image, folder)),
    instanceTypes: content.instanceTypes.map((type) => toInstanceType(type, content)),
    prices: {
      currency: content.prices?.currency ?? 'USD',
      tableFile: content.prices?.table && resolve(folder, content.prices.table),
      wonPerUnit: content.prices?.wonPerUnit,
    },
    compute: {
      runtime: toRuntime(content, folder),
      idleNoticeMinutes: content.compute?.idleNoticeMinutes ?? defaultIdleNoticeMinutes,
    },
    budgets: {
      perPerson: content.budgets?.perPerson,
      people: content.budgets?.people ?? [],
      teams: content.budgets?.teams ?? [],
    },
    egress: {
      maximumHours: content.egress?.maximumHours ?? defaultMaximumHours,
      allowLists: (content.egress?.allowLists ?? []).map(({ name, description, names, ports }) => ({
        ...{ name, description, names, ports: ports ?? [443] },
      })),
      alwaysOff: content.egress?.alwaysOff ?? [],
      allowedPrivateAddresses: content.egress?.allowedPrivateAddresses ?? [],
      fixedAddresses: content.egress?.fixedAddresses ?? [],
    },
    keys: { provider: toKeyProvider(content, folder) },
    objects: toObjects(content),
    buckets: (content.buckets ?? []).map(toBucket),
    sharing: toSharing(content),
    repositories: toRepositories(content),
    logs: content.logs ?? { retentionDays: defaultRetentionDays },
    policies: (content.policies ?? []).map(({ document, attachTo }) => ({
      document,
      path: resolve(folder, document),
      attachTo: toBinding(attachTo),
    })),
    acceptUnenforced: acceptUnenforced ?? [],
    aws: toAwsSettings(content),
  };
}

const defaultIdleNoticeMinutes = 5;

function toImage(image: DomainFileContent['images'][number], folder: string): DomainImage {
  const { imageName, displayName, description, version, icon, kernels, warmKernels } = image;
  return {
    ...{ imageName, displayName, description, version, kernels },
    iconFile: icon && resolve(folder, icon),
    rootFileSystem: toRootFileSystem(image.rootFileSystem, folder),
    warmKernelCount: warmKernels ?? 0,
  };
}

function toRootFileSystem(
  written: DomainFileContent['images'][number]['rootFileSystem'],
  folder: string,
): DomainRootFileSystem {
  if (written === 'host') return { kind: 'host' };
  if ('folder' in written) return { kind: 'folder', folder: resolve(folder, written.folder) };
  const { oci, digest } = written;
  return { kind: 'oci', reference: withAbsolutePath(oci, folder), digest };
}

/** `oci:./images/r` is beside the domain file, wherever Strongroom is started. */
function withAbsolutePath(reference: string, folder: string): string {
  if (reference.startsWith('docker://')) return reference;
  const colon = reference.indexOf(':') + 1;
  return `${reference.slice(0, colon)}${resolve(folder, reference.slice(colon))}`;
}

function toInstanceType(
  type: DomainFileContent['instanceTypes'][number],
  { compute = {} }: DomainFileContent,
): DomainInstanceType {
  const { instanceType, vcpuCount, memoryMebibytes, gpuCount = 0, pricePerHour } = type;
  // A studio's own server costs nothing, and takes its kernels with it: rules for all are not for it.
  const rules: typeof compute = instanceType === systemInstanceType ? {} : compute;
  return {
    ...{ instanceType, vcpuCount, memoryMebibytes, gpuCount, pricePerHour },
    idleMinutes: type.idleMinutes ?? rules.idleMinutes,
    maximumHours: type.maximumHours ?? rules.maximumHours,
  };
}

function toRuntime({ compute = {} }: DomainFileContent, folder: string): DomainRuntime {
  const { runtime = 'local' } = compute;
  if (runtime === 'local') return { kind: 'local' };
  if (runtime === 'sagemaker') return { kind: 'sagemaker', domainId: undefined };
  if ('sagemaker' in runtime) return { kind: 'sagemaker', domainId: runtime.sagemaker.domainId };
  const { configurationFile, partition, connectAddress, listen } = runtime.slurm;
  return {
    ...{ kind: 'slurm', partition, connectAddress, listen },
    configurationFile: configurationFile && resolve(folder, configurationFile),
  };
}

function toKeyProvider({ keys }: DomainFileContent, folder: string): DomainKeyProvider {
  const provider = keys?.provider ?? 'local';
  if (provider === 'local') return { kind: 'local' };
  if ('awsKms' in provider) return { kind: 'aws-kms', region: provider.awsKms.region };
  const { address, mount = 'transit', tokenFile } = provider.vault;
  return { kind: 'vault-transit', address, mount, tokenFile: resolve(folder, tokenFile) };
}

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;
const defaultFloorMebibytes = 512;

function toObjects({ objects = {} }: DomainFileContent): Domain['objects'] {
  const { store = 'embedded', listen, freeSpaceFloorMebibytes = defaultFloorMebibytes } = objects;
  return {
    store:
      store === 'embedded'
        ? { kind: 'embedded' }
        : { kind: 's3', ...store.s3, endpoint: store.s3.endpoint },
    listen,
    freeSpaceFloorBytes: freeSpaceFloorMebibytes * mebibyte,
  };
}

const defaultMaximumDays = 365;
const defaultDays = 30;
const defaultNotebookMebibytes = 50;

function toSharing({ domain, sharing = {} }: DomainFileContent): Domain['sharing'] {
  const { maximumDays = defaultMaximumDays, scan = {} } = sharing;
  const { maximumNotebookMebibytes = defaultNotebookMebibytes } = sharing;
  return {
    bucket: sharing.bucket ?? defaultSharingBucket(domain.accountId),
    maximumDays,
    defaultDays: sharing.defaultDays ?? Math.min(defaultDays, maximumDays),
    maximumNotebookBytes: maximumNotebookMebibytes * mebibyte,
    scan: Object.fromEntries(Object.entries(scan).filter(([, action]) => action !== undefined)),
  };
}

const defaultMaximumPushMebibytes = 200;

function toRepositories({ repositories = {} }: DomainFileContent): Domain['repositories'] {
  const { quotaGibibytes, maximumPushMebibytes = defaultMaximumPushMebibytes } = repositories;
  return {
    quotaBytes: quotaGibibytes === undefined ? undefined : Math.ceil(quotaGibibytes * gibibyte),
    maximumPushBytes: maximumPushMebibytes * mebibyte,
  };
}

type BucketContent = NonNullable<DomainFileContent['buckets']>[number];

function toBucket(bucket: BucketContent): DomainBucket {
  const { name, description, access, versioning = false, quotaGibibytes } = bucket;
  return {
    ...{ name, description, versioning },
    access: access.map(({ to, permission, from = ['studios', 'outside'] }) => ({
      ...{ to: toBucketReader(to), permission, from },
    })),
    quotaBytes: quotaGibibytes === undefined ? undefined : Math.ceil(quotaGibibytes * gibibyte),
  };
}

function toBucketReader(to: BucketContent['access'][number]['to']): DomainBucketAccess['to'] {
  if (to === 'everyone') return { kind: 'everyone' };
  if ('team' in to) return { kind: 'team', team: to.team };
  return { kind: 'person', profileName: to.profileName };
}

type AttachTo = NonNullable<DomainFileContent['policies']>[number]['attachTo'];

function toBinding(attachTo: AttachTo): PolicyBinding {
  if (attachTo === 'everyone') return { kind: 'everyone' };
  if ('role' in attachTo) return { kind: 'role', role: attachTo.role };
  if ('team' in attachTo) return { kind: 'team', team: attachTo.team };
  if ('profileName' in attachTo) return { kind: 'person', profileName: attachTo.profileName };
  return { kind: 'execution-role', profileName: attachTo.executionRole };
}
