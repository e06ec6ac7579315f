import type { ProfileName } from '@strongroom/contracts';

/** What only AWS asks for, with every default filled in. */
export interface AwsSettings {
  readonly network: {
    readonly cidr: string;
    readonly availabilityZones: number;
    /** Networks that this one will be connected with: nothing may overlap. */
    readonly connectedNetworks: readonly string[];
    readonly egress: 'off' | 'allow-list';
    /** AWS's list of S3's addresses in the region; `undefined`: asked for when it is deployed. */
    readonly s3PrefixList: string | undefined;
    /** Endpoints of other networks that studios may be opened and buckets be read through. */
    readonly furtherEndpoints: readonly string[];
  };
  readonly authMode: 'IAM' | 'SSO';
  /** Who may act as people of the domain. */
  readonly trustedPrincipals: readonly string[];
  readonly images: readonly { readonly imageName: string; readonly uri: string }[];
  readonly distributionImages: boolean;
  readonly services: readonly ('athena' | 'glue')[];
  readonly spaceGibibytes: number;
  /** Stacks that people are in; `undefined`: as many as they need. */
  readonly cohorts: number | undefined;
  readonly repositories: readonly {
    readonly name: string;
    readonly owner: ProfileName;
    readonly access: 'owner' | 'everyone';
  }[];
  readonly auditLockDays: number;
  readonly logRetentionDays: number;
  readonly alarmAddress: string | undefined;
  readonly configRules: boolean;
}
