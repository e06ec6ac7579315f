import type { PolicyBinding, ProfileName, Role, ScanAction, ScanRule } from '@strongroom/contracts';
import type { AwsSettings } from './aws-settings.ts';

/** `strongroom.yaml`, checked, with paths made absolute and names that are left out filled in. */
export interface Domain {
  readonly domain: {
    readonly name: string;
    readonly accountId: string;
    readonly region: string;
  };
  readonly server: {
    readonly listen: { readonly address: string; readonly port: number };
    readonly consoleHostName: string;
    /** What follows `<profile>.` in a studio's host name, for example `studio.localhost`. */
    readonly studioHostSuffix: string;
    /** Where the frame is served that renders other people's notebooks. */
    readonly viewerHostName: string;
    readonly tls: { readonly certificateFile: string; readonly privateKeyFile: string } | undefined;
  };
  /** Absolute. */
  readonly dataFolder: string;
  readonly teams: readonly DomainTeam[];
  readonly people: readonly DomainPerson[];
  readonly images: readonly DomainImage[];
  readonly instanceTypes: readonly DomainInstanceType[];
  readonly prices: {
    readonly currency: string;
    /** Absolute; `undefined`: the table that Strongroom ships with. */
    readonly tableFile: string | undefined;
    /** What one unit of the currency is in won; `undefined`: prices are shown as they are. */
    readonly wonPerUnit: number | undefined;
  };
  readonly compute: {
    readonly runtime: DomainRuntime;
    /** How long before the end for want of work a person is told. */
    readonly idleNoticeMinutes: number;
  };
  readonly budgets: {
    /** A month's, for everybody who is not in `people`; `undefined`: no limit. */
    readonly perPerson: number | undefined;
    readonly people: readonly {
      readonly profileName: ProfileName;
      readonly monthlyAmount: number;
    }[];
    readonly teams: readonly { readonly team: string; readonly monthlyAmount: number }[];
  };
  readonly defaults: { readonly imageName: string; readonly instanceType: string };
  readonly studios: {
    readonly hibernateAfterMinutes: number;
    readonly prestart: 'server-and-kernel' | 'server' | 'nothing';
    /** Who may open a studio: its owner alone, or everybody of the owner's team too. */
    readonly sharing: 'owner' | 'team';
    /** The most that a home may hold; `undefined`: as much as the disk does. */
    readonly homeQuotaGibibytes: number | undefined;
  };
  readonly egress: {
    /** The longest time that a way out may be asked for. */
    readonly maximumHours: number;
    readonly allowLists: readonly DomainAllowList[];
    /** For these people nothing is open, whatever is approved for their team or the domain. */
    readonly alwaysOff: readonly ProfileName[];
    /** Networks (CIDR) that the gate may connect to although they are not public. */
    readonly allowedPrivateAddresses: readonly string[];
    /** Names that the gate does not ask the machine's resolver for. */
    readonly fixedAddresses: readonly { readonly name: string; readonly address: string }[];
  };
  readonly keys: { readonly provider: DomainKeyProvider };
  readonly objects: {
    readonly store:
      | { readonly kind: 'embedded' }
      | {
          readonly kind: 's3';
          readonly region: string;
          /** The ARN of the key that its objects are sealed under. */
          readonly kmsKey: string;
          readonly endpoint: string | undefined;
        };
    /** Where tools outside the studios reach the S3 endpoint; `undefined`: nowhere. */
    readonly listen: { readonly address: string; readonly port: number } | undefined;
    /** Nothing is written that would leave less free on the disk. */
    readonly freeSpaceFloorBytes: number;
  };
  readonly buckets: readonly DomainBucket[];
  readonly sharing: {
    /** Holds every shared notebook. */
    readonly bucket: string;
    readonly maximumDays: number;
    readonly defaultDays: number;
    readonly maximumNotebookBytes: number;
    /** What the domain file says about rules; the others are as they are everywhere. */
    readonly scan: Readonly<Partial<Record<ScanRule, ScanAction>>>;
  };
  readonly repositories: {
    /** The most that all repositories together may hold; `undefined`: as much as the disk does. */
    readonly quotaBytes: number | undefined;
    /** The most that one push may bring; the same for any one file in it. */
    readonly maximumPushBytes: number;
  };
  readonly logs: { readonly retentionDays: number };
  /** The administrators' own documents, in the order of the file. */
  readonly policies: readonly DomainPolicyFile[];
  readonly sessions: { readonly idleMinutes: number; readonly absoluteHours: number };
  /** Controls of this host whose lack the operator accepts, by name. */
  readonly acceptUnenforced: readonly string[];
  readonly aws: AwsSettings;
}

/** What holds the material of the domain's keys. */
export type DomainKeyProvider =
  | { readonly kind: 'local' }
  | { readonly kind: 'aws-kms'; readonly region: string }
  | {
      readonly kind: 'vault-transit';
      readonly address: string;
      readonly mount: string;
      /** Absolute. */
      readonly tokenFile: string;
    };

export interface DomainBucket {
  readonly name: string;
  readonly description: string | undefined;
  readonly access: readonly DomainBucketAccess[];
  readonly versioning: boolean;
  readonly quotaBytes: number | undefined;
}

export interface DomainBucketAccess {
  readonly to:
    | { readonly kind: 'everyone' }
    | { readonly kind: 'team'; readonly team: string }
    | { readonly kind: 'person'; readonly profileName: ProfileName };
  readonly permission: 'read' | 'read-write';
  /** `studios`: programs in studios. `outside`: the console, and tools on the outer endpoint. */
  readonly from: readonly ('studios' | 'outside')[];
}

interface DomainAllowList {
  readonly name: string;
  readonly description: string | undefined;
  readonly names: readonly string[];
  readonly ports: readonly number[];
}

export interface DomainPolicyFile {
  /** As the domain file names it. */
  readonly document: string;
  /** Absolute. */
  readonly path: string;
  readonly attachTo: PolicyBinding;
}

interface DomainTeam {
  readonly name: string;
  readonly description: string | undefined;
}

export interface DomainPerson {
  readonly profileName: ProfileName;
  readonly displayName: string;
  readonly role: Role;
  readonly team: string;
}

export interface DomainImage {
  readonly imageName: string;
  readonly displayName: string;
  readonly description: string | undefined;
  readonly version: string | undefined;
  /** Absolute; a PNG or SVG file. */
  readonly iconFile: string | undefined;
  readonly rootFileSystem: DomainRootFileSystem;
  /** The kernel specs that are offered; `undefined`: all that are found. */
  readonly kernels: readonly string[] | undefined;
  /** Kernels started ahead of need for each person who signs in. */
  readonly warmKernelCount: number;
}

export type DomainRootFileSystem =
  /** The programs of this machine. */
  | { readonly kind: 'host' }
  /** Absolute. */
  | { readonly kind: 'folder'; readonly folder: string }
  /** `reference`: as skopeo names it, with an absolute path where it is a file or a folder. */
  | { readonly kind: 'oci'; readonly reference: string; readonly digest: string | undefined };

export interface DomainInstanceType {
  readonly instanceType: string;
  readonly vcpuCount: number;
  readonly memoryMebibytes: number;
  readonly gpuCount: number;
  /** In the currency of `prices`; `undefined`: what the price table says. */
  readonly pricePerHour: number | undefined;
  /** Ended after so long without work; `undefined`: never. */
  readonly idleMinutes: number | undefined;
  readonly maximumHours: number | undefined;
}

/** What starts apps. */
export type DomainRuntime =
  | { readonly kind: 'local' }
  | {
      readonly kind: 'sagemaker';
      /** On AWS; `undefined`: found by the domain's name. */
      readonly domainId: string | undefined;
    }
  | {
      readonly kind: 'slurm';
      /** Absolute. */
      readonly configurationFile: string | undefined;
      readonly partition: string | undefined;
      readonly connectAddress: string;
      readonly listen: { readonly address: string; readonly port: number };
    };
