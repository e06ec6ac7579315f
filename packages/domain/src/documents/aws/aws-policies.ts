import type { ProfileName, Role } from '@strongroom/contracts';
import type { PolicyDocument } from '@strongroom/policy';
import type { EndpointService } from './endpoint-documents.ts';

/** What documents name and only AWS can tell, as ids or as tokens that become ids. */
export interface AwsResources {
  readonly domainId: string;
  readonly dataKeyArn: string;
  readonly studioKeyArn: string;
  /** Through which a studio may be opened. */
  readonly studioEndpointIds: readonly string[];
  /** Through which objects may be read and written. */
  readonly bucketEndpointIds: readonly string[];
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly portalRoleArn: string;
}

/** A document with a name of its own, and what it is attached to. */
export interface AwsManagedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
  readonly roles: readonly Role[];
  readonly onExecutionRoles: boolean;
  /** Of the one among the rendered documents that it is; `undefined`: AWS alone has it. */
  readonly rendered: string | undefined;
}

export interface AwsPolicies {
  readonly managed: readonly AwsManagedPolicy[];
  readonly boundary: PolicyDocument;
  /** In each person's own execution role. */
  readonly executionRoles: ReadonlyMap<ProfileName, PolicyDocument>;
  readonly endpoints: ReadonlyMap<EndpointService | 's3', PolicyDocument>;
  readonly buckets: ReadonlyMap<string, PolicyDocument>;
  readonly keys: {
    readonly data: PolicyDocument;
    readonly studio: PolicyDocument;
    readonly log: PolicyDocument;
  };
  readonly portal: PolicyDocument;
  /** Rendered documents that no AWS service can hold: the portal decides by them before it acts. */
  readonly leftToPortal: readonly string[];
}
