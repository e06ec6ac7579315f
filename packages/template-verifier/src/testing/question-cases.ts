import { describe, expect, it } from 'vitest';
import { buildModel } from '../graph/model.ts';
import { lookUpWording } from '../policies/look-up-wording.ts';
import type { Verdict } from '../questions/question.ts';
import { questions } from '../questions/questions.ts';
import { goodTemplate, type WrittenTemplate } from './good-template.ts';
import { ref } from './intrinsic.ts';

export type Edit = (template: WrittenTemplate) => void;

/** One question, and templates with each answer to it. */
export interface QuestionCase {
  /** What the good template lacks, for a question that it gives nothing to ask about. */
  readonly holds?: Edit;
  readonly broken: Edit;
  readonly unknown: Edit;
}

/** A value that no template tells: a parameter without a default. */
export const somethingUnknown = ref('Anything');

/** One question alone; the words of policies are looked up only where it asks about them. */
export async function verdictOn(id: string, ...edits: readonly Edit[]): Promise<Verdict> {
  const template = goodTemplate();
  for (const edit of edits) edit(template);
  return verdictOfTemplate(id, template);
}

const aboutWording = ['actions-exist', 'condition-keys-exist', 'policies-readable'];

async function verdictOfTemplate(id: string, template: object): Promise<Verdict> {
  const question = questions.find((candidate) => candidate.id === id);
  if (question === undefined) throw new Error(`No question "${id}"`);
  const model = buildModel({ templates: { good: template } });
  const wording = aboutWording.includes(id)
    ? await lookUpWording(model.policies, {})
    : () => undefined;
  return question.ask({ ...model, wording }).verdict;
}

/** Every question of a group has a case, and every case three answers. */
export function describeQuestions(
  asked: readonly { readonly id: string }[],
  cases: Readonly<Record<string, QuestionCase>>,
): void {
  it('has a case for each question', () => {
    expect(Object.keys(cases).sort()).toEqual(asked.map(({ id }) => id).sort());
  });
  describe.each(Object.entries(cases))('%s', (id, { holds = () => {}, broken, unknown }) => {
    it('holds where all is in order', async () => {
      expect(await verdictOn(id, holds)).toBe('holds');
    });
    it('is broken by the mistake', async () => {
      expect(await verdictOn(id, holds, broken)).toBe('broken');
    });
    it('is unknown where the template does not tell', async () => {
      expect(await verdictOn(id, holds, unknown)).toBe('unknown');
    });
    it('has nothing to ask in a template without any of it', async () => {
      expect(await verdictOfTemplate(id, { Resources: {} })).toBe('not-applicable');
    });
  });
}

type Properties = Record<string, unknown>;

/** A resource's properties, to change. */
function propertiesOf(template: WrittenTemplate, logicalId: string): Properties {
  const resource = template.Resources[logicalId];
  if (resource === undefined) throw new Error(`No resource "${logicalId}"`);
  return resource.Properties;
}

/** Sets, or with `undefined` takes out, a value at a path such as `Domain.KmsKeyId`. */
export function set(path: string, value: unknown): Edit {
  return (template) => {
    const [logicalId = '', ...keys] = path.split('.');
    const last = keys.pop() ?? '';
    let target: Properties = propertiesOf(template, logicalId);
    for (const key of keys) target = target[key] as Properties;
    if (value === undefined) delete target[last];
    else target[last] = value;
  };
}

export function remove(logicalId: string): Edit {
  return (template) => {
    delete template.Resources[logicalId];
  };
}

export function add(logicalId: string, type: string, properties: Record<string, unknown>): Edit {
  return (template) => {
    template.Resources[logicalId] = { Type: type, Properties: properties };
  };
}

/** A condition that no template can decide, on one resource. */
export function maybe(logicalId: string): Edit {
  return (template) => {
    const resource = template.Resources[logicalId];
    if (resource === undefined) throw new Error(`No resource "${logicalId}"`);
    resource.Condition = 'Perhaps';
    Object.assign(template, {
      Conditions: { Perhaps: { 'Fn::Equals': [somethingUnknown, 'yes'] } },
    });
  };
}
