import { isObject, type JsonObject, type Template, type TemplateResource } from './template.ts';
import { TemplateError } from './template-error.ts';

/** Only the form: what the values mean is looked at when they are resolved. */
export function readTemplate(name: string, value: unknown): Template {
  if (!isObject(value)) throw new TemplateError('not-a-template', name, 'no JSON object');
  if (!isObject(value.Resources)) {
    throw new TemplateError('not-a-template', name, 'no "Resources" in it');
  }
  return {
    name,
    parameters: section(name, value, 'Parameters'),
    mappings: section(name, value, 'Mappings'),
    conditions: section(name, value, 'Conditions'),
    outputs: section(name, value, 'Outputs'),
    resources: readResources(name, value.Resources),
    transforms: readTransforms(value.Transform),
  };
}

function section(name: string, template: JsonObject, key: string): JsonObject {
  const value = template[key] ?? {};
  if (isObject(value)) return value;
  throw new TemplateError('not-a-template', name, `"${key}" is no object`);
}

function readResources(name: string, resources: JsonObject): Record<string, TemplateResource> {
  // Without a prototype: a logical id may be any word, "constructor" too.
  const read: Record<string, TemplateResource> = Object.create(null);
  for (const [logicalId, resource] of Object.entries(resources)) {
    // `Fn::ForEach` makes resources where a resource would stand.
    if (logicalId.startsWith('Fn::')) continue;
    read[logicalId] = readResource(name, logicalId, resource);
  }
  return read;
}

function readResource(name: string, logicalId: string, value: unknown): TemplateResource {
  if (!isObject(value) || typeof value.Type !== 'string') {
    throw new TemplateError('not-a-template', name, `resource "${logicalId}" has no "Type"`);
  }
  const properties = value.Properties ?? {};
  if (!isObject(properties)) {
    throw new TemplateError(
      'not-a-template',
      name,
      `"Properties" of resource "${logicalId}" are no object`,
    );
  }
  return {
    type: value.Type,
    properties,
    condition: typeof value.Condition === 'string' ? value.Condition : undefined,
    deletionPolicy: typeof value.DeletionPolicy === 'string' ? value.DeletionPolicy : undefined,
    metadata: isObject(value.Metadata) ? value.Metadata : {},
  };
}

function readTransforms(value: unknown): readonly string[] {
  const transforms = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return transforms.map((transform) =>
    typeof transform === 'string' ? transform : JSON.stringify(transform),
  );
}
