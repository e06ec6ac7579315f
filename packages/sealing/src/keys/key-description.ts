export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

export type KeyProviderName = 'local' | 'aws-kms' | 'vault-transit';

/** All that is known of a key, and none of its material. */
export interface KeyDescription {
  /** A UUID. */
  readonly keyId: string;
  readonly arn: string;
  /** `alias/<name>` each. */
  readonly aliases: readonly string[];
  readonly description: string;
  readonly state: KeyState;
  readonly createdAt: Date;
  readonly rotatedAt?: Date;
  readonly versionCount: number;
  /** When its material is destroyed; only while the state is `PendingDeletion`. */
  readonly deletionDate?: Date;
  readonly provider: KeyProviderName;
  /** A JSON document, evaluated by whoever authorises. */
  readonly policy: unknown;
}
