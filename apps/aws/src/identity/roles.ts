import type { Role } from '@strongroom/contracts';
import {
  type AwsPolicies,
  type Domain,
  domainArns,
  domainRoleTrust,
  executionRoleTrust,
  portalTrust,
} from '@strongroom/domain';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { nobodyRoleArn, portalRoleArn, roleParts } from '../app/names.ts';

const roles: readonly Role[] = ['administrator', 'auditor', 'data-scientist'];
const sessionSeconds = 3_600;
/** IAM: by default a role has at most so many. */
const managedPolicyLimit = 10;

/** What people act as, what the portal acts as, and the documents that they share. */
export class Roles extends Construct {
  readonly administrator: CfnRole;
  readonly portal: CfnRole;
  readonly nobody: CfnRole;
  readonly boundaryArn: string;
  /** For every execution role. */
  readonly executionPolicyArns: string[];

  constructor(scope: Construct, { domain, policies }: { domain: Domain; policies: AwsPolicies }) {
    super(scope, 'Roles');
    const { accountId, name } = domain.domain;
    this.portal = new CfnRole(this, 'Portal', {
      ...roleParts(portalRoleArn(domain)),
      description: 'The portal: acts as people, in sessions of their names',
      assumeRolePolicyDocument: portalTrust(accountId),
    });
    const byRole = new Map(roles.map((role) => [role, this.#domainRole(role, domain)] as const));
    this.administrator = byRole.get('administrator') as CfnRole;
    const path = '/strongroom/';
    const boundary = new CfnManagedPolicy(this, 'Boundary', {
      ...{ managedPolicyName: `strongroom-${name}-boundary`, path },
      description: 'The most that any notebook may ever do',
      policyDocument: policies.boundary,
    });
    this.boundaryArn = boundary.ref;
    this.nobody = new CfnRole(this, 'Nobody', {
      ...roleParts(nobodyRoleArn(domain)),
      description: 'Of a studio whose person has no role of their own: may do nothing',
      assumeRolePolicyDocument: executionRoleTrust(accountId),
      permissionsBoundary: boundary.ref,
    });
    const managed = policies.managed.map((policy) => ({
      policy,
      resource: new CfnManagedPolicy(this, `policy-${policy.name}`, {
        ...{ managedPolicyName: `strongroom-${name}-${policy.name}`, path },
        policyDocument: policy.document,
        // The policy waits for the roles and not they for it: keys name them before there is a domain.
        roles: policy.roles.map((role) => (byRole.get(role) as CfnRole).ref),
      }),
    }));
    new CfnManagedPolicy(this, 'PortalPolicy', {
      ...{ managedPolicyName: `strongroom-${name}-portal`, path, roles: [this.portal.ref] },
      policyDocument: policies.portal,
    });
    this.executionPolicyArns = managed
      .filter(({ policy }) => policy.onExecutionRoles)
      .map(({ resource }) => resource.ref);
    requireFewPolicies(policies);
  }

  #domainRole(role: Role, domain: Domain): CfnRole {
    const arns = domainArns(domain);
    const created = new CfnRole(this, `role-${role}`, {
      ...roleParts(arns.role(role)),
      description: `People of the domain whose role is ${role}`,
      maxSessionDuration: sessionSeconds,
      assumeRolePolicyDocument: domainRoleTrust([
        portalRoleArn(domain),
        ...domain.aws.trustedPrincipals,
      ]),
    });
    // IAM refuses a policy that names a role which is not there.
    created.addResourceDependency(this.portal);
    return created;
  }
}

function requireFewPolicies({ managed }: AwsPolicies): void {
  for (const role of roles) {
    const count = managed.filter((policy) => policy.roles.includes(role)).length;
    if (count <= managedPolicyLimit) continue;
    throw new RangeError(
      `Cannot attach ${count} policies to the role "${role}": IAM takes ${managedPolicyLimit}; join documents of your own`,
    );
  }
}
