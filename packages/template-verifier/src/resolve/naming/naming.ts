import type { Surroundings } from '../scope.ts';

/** What a resource is called before anybody has deployed it. */
export interface NamedResource extends Surroundings {
  /** Its own name where the template gives one, else a symbol that no other resource has. */
  readonly name: string;
  readonly stack: string;
  readonly logicalId: string;
  /** A text property such as `Path`, where the template gives it. */
  property(name: string): string | undefined;
}

/** How one resource type answers `Ref` and `Fn::GetAtt`. */
export interface Naming {
  /** The property that holds its name, where people may choose one. */
  readonly nameProperty?: string;
  readonly reference: (resource: NamedResource) => string;
  readonly arn?: (resource: NamedResource) => string;
  /** Attributes that are the reference, or the ARN, by another word. */
  readonly referenceAttributes?: readonly string[];
  readonly arnAttributes?: readonly string[];
  readonly attributes?: Readonly<
    Record<string, (resource: NamedResource) => string | readonly string[]>
  >;
}

type ArnParts = Readonly<{ service: string; region?: boolean; account?: boolean }>;

/** `arn:<partition>:<service>:<region>:<account>:<resource>` */
export function arnOf(
  { partition, region, accountId }: Surroundings,
  { service, region: regional = true, account = true }: ArnParts,
  resource: string,
): string {
  return [
    ...['arn', partition, service],
    ...[regional ? region : '', account ? accountId : '', resource],
  ].join(':');
}

export const byName = ({ name }: NamedResource): string => name;
