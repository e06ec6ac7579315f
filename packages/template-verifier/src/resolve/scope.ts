import type { Template } from '../template/template.ts';
import type { Resolved, Unknown } from './unknown.ts';

/** Where the template will be deployed, as far as it is known. */
export interface Surroundings {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

/** One stack: a template with the parameters it is given. The same template may be nested twice. */
export interface Scope {
  /** Unique among all stacks; nested ones are written `parent/child`. */
  readonly stack: string;
  readonly template: Template;
  readonly surroundings: Surroundings;
  resolve(value: unknown): Resolved;
  parameter(name: string): Resolved;
  condition(name: string): boolean | Unknown;
  exported(name: string): Resolved;
  /** Of a nested stack's outputs. */
  output(nestedStack: string, name: string): Resolved;
  /** Runs `work` unless it is already running further up: then the value refers to itself. */
  once(key: string, work: () => Resolved): Resolved;
}

export type Intrinsic = (argument: unknown, scope: Scope) => Resolved;
