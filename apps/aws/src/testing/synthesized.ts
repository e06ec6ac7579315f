import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Domain, defaultDomainFile, readDomain } from '@strongroom/domain';
import { buildApp } from '../app/build-app.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}

export interface TestTemplate {
  readonly stackName: string;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, { Value: unknown; Export?: { Name: string } }>>;
}

/** The default domain file with each `from` replaced, all of which must be in it, and `added` at its end. */
export function domainWith(
  changes: readonly (readonly [from: string, to: string])[] = [],
  added = '',
): Domain {
  const text = changes.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`The default domain file has no "${from}"`);
    return changed.replace(from, to);
  }, defaultDomainFile);
  return readDomain(`${text}\n${added}`, '/srv/strongroom.yaml', 'strongroom.yaml').domain;
}

/** The templates of a domain, without the rules: those are asked once, by a test of their own. */
export function templatesOf(domain: Domain): TestTemplate[] {
  const outputFolder = mkdtempSync(join(tmpdir(), 'strongroom-aws-test-'));
  const { app } = buildApp(domain, { outputFolder, isChecked: false });
  try {
    return app.synth().stacks.map(({ stackName, template }) => ({
      ...{ stackName, resources: template.Resources, outputs: template.Outputs ?? {} },
    }));
  } finally {
    rmSync(outputFolder, { recursive: true });
  }
}

export function resourcesOf(
  templates: readonly TestTemplate[],
  type: string,
): { readonly id: string; readonly resource: Resource }[] {
  return templates.flatMap(({ resources }) =>
    Object.entries(resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, resource]) => ({ id, resource })),
  );
}
