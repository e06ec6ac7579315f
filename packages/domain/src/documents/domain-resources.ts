/** What documents name that no domain file can: it is made, and named, at the first start. */
export interface DomainResources {
  /** Of the key that seals the domain's objects. */
  readonly dataKeyArn: string;
  /** Images beside the domain's own that may be run; a pattern is allowed. */
  readonly furtherImageArns?: readonly string[];
}
