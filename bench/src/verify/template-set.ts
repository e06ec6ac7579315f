export interface WrittenResource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
}

export interface WrittenTemplate {
  readonly Resources: Record<string, WrittenResource>;
}

export interface WrittenStatement {
  Sid?: string;
  [element: string]: unknown;
}

/** Synthesised templates, by file name, to put mistakes into. */
export class TemplateSet {
  readonly templates: Readonly<Record<string, WrittenTemplate>>;

  constructor(templates: Readonly<Record<string, WrittenTemplate>>) {
    this.templates = structuredClone(templates);
  }

  /** The first resource of a type whose logical id matches. A mutation that finds nothing is no mutation. */
  resource(type: string, logicalId = /./): WrittenResource {
    const [found] = this.#find(type, logicalId);
    if (found === undefined) throw new Error(`No ${type} like ${logicalId} in the templates`);
    return found.resource;
  }

  logicalIdOf(type: string, logicalId = /./): string {
    const [found] = this.#find(type, logicalId);
    if (found === undefined) throw new Error(`No ${type} like ${logicalId} in the templates`);
    return found.name;
  }

  set(type: string, logicalId: RegExp, path: string, value: unknown): void {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let target = this.resource(type, logicalId).Properties;
    for (const key of keys) {
      target[key] ??= {};
      target = target[key] as Record<string, unknown>;
    }
    if (value === undefined) delete target[last];
    else target[last] = value;
  }

  remove(type: string, logicalId = /./): void {
    const [found] = this.#find(type, logicalId);
    if (found === undefined) throw new Error(`No ${type} like ${logicalId} in the templates`);
    delete found.template.Resources[found.name];
  }

  /** Into the template that holds a resource of this type. */
  add(beside: string, name: string, resource: WrittenResource): void {
    const [found] = this.#find(beside, /./);
    if (found === undefined) throw new Error(`No ${beside} in the templates`);
    found.template.Resources[name] = resource;
  }

  /** A statement by its Sid, in the policies of resources that match. */
  statement(sid: string, logicalId = /./): WrittenStatement {
    for (const { Resources } of Object.values(this.templates)) {
      for (const [name, { Properties }] of Object.entries(Resources)) {
        if (!logicalId.test(name)) continue;
        const found = statementsIn(Properties).find(({ Sid }) => Sid === sid);
        if (found !== undefined) return found;
      }
    }
    throw new Error(`No statement "${sid}" like ${logicalId} in the templates`);
  }

  /** The statement stays, and says nothing any more. */
  drop(sid: string, logicalId = /./): void {
    const statement = this.statement(sid, logicalId);
    const isOfResource = statement.Principal !== undefined;
    for (const element of ['NotAction', 'NotResource', 'Condition']) delete statement[element];
    Object.assign(statement, {
      ...{ Effect: 'Deny', Action: 's3:DeleteBucketWebsite', Resource: '*' },
      ...(isOfResource ? { Principal: { Service: 'ec2.amazonaws.com' } } : {}),
    });
  }

  #find(type: string, logicalId: RegExp) {
    return Object.values(this.templates).flatMap((template) =>
      Object.entries(template.Resources)
        .filter(([name, resource]) => resource.Type === type && logicalId.test(name))
        .map(([name, resource]) => ({ name, resource, template })),
    );
  }
}

function statementsIn(value: unknown): WrittenStatement[] {
  if (typeof value !== 'object' || value === null) return [];
  const own =
    'Statement' in value && Array.isArray(value.Statement)
      ? (value.Statement as WrittenStatement[])
      : [];
  return [...own, ...Object.values(value).flatMap(statementsIn)];
}
