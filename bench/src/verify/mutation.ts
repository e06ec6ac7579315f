import type { TemplateSet } from './template-set.ts';

/** One mistake, seeded into templates that are in order. */
export interface Mutation {
  readonly id: string;
  readonly mistake: string;
  /** The question whose control it breaks; only that one being broken counts as caught. */
  readonly breaks: string;
  /** Of the mistakes that no public tool caught when they were first tried. */
  readonly isUncaughtByOthers?: boolean;
  readonly apply: (templates: TemplateSet) => void;
}
