import type { Edit } from './question-cases.ts';

interface WrittenStatement {
  Sid?: string;
  Effect?: unknown;
  Principal?: unknown;
  Action?: unknown;
  Resource?: unknown;
  Condition?: unknown;
  [element: string]: unknown;
}

/** All statements of a resource's documents, wherever they stand in its properties. */
function statementsIn(value: unknown): WrittenStatement[] {
  if (typeof value !== 'object' || value === null) return [];
  const own =
    'Statement' in value && Array.isArray(value.Statement)
      ? (value.Statement as WrittenStatement[])
      : [];
  return [...own, ...Object.values(value).flatMap(statementsIn)];
}

/** Changes the statement with this Sid. */
export function editStatement(
  logicalId: string,
  sid: string,
  change: (statement: WrittenStatement) => void,
): Edit {
  return (template) => {
    const found = statementsIn(template.Resources[logicalId]?.Properties).find(
      ({ Sid }) => Sid === sid,
    );
    if (found === undefined) throw new Error(`No statement "${sid}" in "${logicalId}"`);
    change(found);
  };
}

/** The first statement of the first document. */
export function editFirstStatement(
  logicalId: string,
  change: (statement: WrittenStatement) => void,
): Edit {
  return (template) => {
    const [found] = statementsIn(template.Resources[logicalId]?.Properties);
    if (found === undefined) throw new Error(`No statement in "${logicalId}"`);
    change(found);
  };
}

export function dropStatement(logicalId: string, sid: string): Edit {
  return editStatement(logicalId, sid, (statement) => {
    // Says nothing any more, and keeps the document well-formed.
    Object.assign(statement, { Effect: 'Deny', Action: 's3:GetBucketAcl', Resource: '*' });
    delete statement.Condition;
  });
}

/** A further statement in the first document of a resource. */
export function addStatement(logicalId: string, statement: WrittenStatement): Edit {
  return (template) => {
    const document = firstDocument(template.Resources[logicalId]?.Properties);
    if (document === undefined) throw new Error(`No document in "${logicalId}"`);
    document.push(statement);
  };
}

function firstDocument(value: unknown): WrittenStatement[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('Statement' in value && Array.isArray(value.Statement)) {
    return value.Statement as WrittenStatement[];
  }
  for (const inside of Object.values(value)) {
    const found = firstDocument(inside);
    if (found !== undefined) return found;
  }
  return undefined;
}
