import { z } from 'zod';

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).optional(),
      DeletionPolicy: z.string().optional(),
    }),
  ),
});

export interface TemplateResource {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly isRetained: boolean;
}

/** What a stack is made of, by logical id. */
export interface StackTemplate {
  readonly stackName: string;
  readonly resources: ReadonlyMap<string, TemplateResource>;
}

/** @throws {z.ZodError} where it is no template */
export function parseTemplate(stackName: string, value: unknown): StackTemplate {
  const { Resources } = templateSchema.parse(value);
  return {
    stackName,
    resources: new Map(
      Object.entries(Resources).map(([id, { Type, Properties = {}, DeletionPolicy }]) => [
        id,
        { type: Type, properties: Properties, isRetained: DeletionPolicy === 'Retain' },
      ]),
    ),
  };
}
