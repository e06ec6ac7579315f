import { brokenQuestions } from './judge-mutations.ts';
import type { WrittenTemplate } from './template-set.ts';

export interface DroppedDenials {
  readonly count: number;
  /** `logical id/Sid` of those that no question misses. */
  readonly unnoticed: readonly string[];
}

type Templates = Readonly<Record<string, WrittenTemplate>>;

interface PlacedStatement {
  readonly label: string;
  /** Of the file, and inside it. */
  readonly path: readonly string[];
}

/**
 * Mistakes that nobody chose: every Deny of the templates taken out, one at a time. Some stand beside
 * another that refuses the same, so that not each is missed.
 */
export async function dropDenials(templates: Templates): Promise<DroppedDenials> {
  const before = await brokenQuestions(templates);
  const denials = Object.entries(templates).flatMap(([file, template]) =>
    denialsIn(template.Resources, [file, 'Resources']),
  );
  const unnoticed: string[] = [];
  for (const { label, path } of denials) {
    const broken = await brokenQuestions(without(templates, path));
    if (![...broken].some((id) => !before.has(id))) unnoticed.push(label);
  }
  return { count: denials.length, unnoticed };
}

function denialsIn(value: unknown, path: readonly string[]): readonly PlacedStatement[] {
  if (typeof value !== 'object' || value === null) return [];
  const own =
    'Effect' in value && value.Effect === 'Deny'
      ? [{ label: `${path[2]}/${'Sid' in value ? String(value.Sid) : path.at(-1)}`, path }]
      : [];
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, inside]) => denialsIn(inside, [...path, key])),
  ];
}

/** The statement itself stays in its place and denies what nobody asks for. */
function without(templates: Templates, path: readonly string[]): Templates {
  const copy = structuredClone(templates);
  let statement: Record<string, unknown> = copy;
  for (const key of path) statement = statement[key] as Record<string, unknown>;
  for (const element of ['NotAction', 'NotResource', 'Condition']) delete statement[element];
  Object.assign(statement, { Action: 's3:DeleteBucketWebsite', Resource: '*' });
  return copy;
}
