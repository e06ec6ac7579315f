export type JsonObject = Readonly<Record<string, unknown>>;

/** A CloudFormation template as it is written (CloudFormation User Guide, "Template sections"). */
export interface Template {
  readonly name: string;
  readonly parameters: JsonObject;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly outputs: JsonObject;
  /** Macros rewrite the template where nobody can look: what they make is unknown. */
  readonly transforms: readonly string[];
}

export interface TemplateResource {
  readonly type: string;
  readonly properties: JsonObject;
  readonly condition: string | undefined;
  readonly deletionPolicy: string | undefined;
  readonly metadata: JsonObject;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
