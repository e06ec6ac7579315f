import type { Template, TemplateResource } from '../template/template.ts';

const suffix = /(?:\.nested)?(?:\.template)?\.json$/;

/** File names and stack names as one: without folder and ending. */
export function stackName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(suffix, '');
}

/**
 * The template that a nested stack is made from, among those given: by the file that the CDK notes
 * in its metadata, by its URL, or by its own name.
 */
export function nestedTemplate(
  templates: readonly Template[],
  logicalId: string,
  { metadata, properties }: TemplateResource,
): Template | undefined {
  const file = metadata['aws:asset:path'];
  const url = properties.TemplateURL;
  const names = [
    ...(typeof file === 'string' ? [stackName(file)] : []),
    ...(typeof url === 'string' ? [stackName(url)] : []),
    logicalId,
  ];
  for (const name of names) {
    const found = templates.find((template) => template.name === name);
    if (found !== undefined) return found;
  }
  return undefined;
}
