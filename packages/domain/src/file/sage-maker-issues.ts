import { cannotUse, type DomainFileIssue, valueAt } from './domain-file-problem.ts';

/** What a SageMaker domain cannot keep of what the file says; nothing where studios are on this machine. */
export function sageMakerIssues(data: unknown): DomainFileIssue[] {
  const runtime = valueAt(data, ['compute', 'runtime']);
  const isObject = typeof runtime === 'object' && runtime !== null;
  if (runtime !== 'sagemaker' && !(isObject && 'sagemaker' in runtime)) return [];
  return [...sharingIssues(data), ...storeIssues(data)];
}

/** Whoever opens a user profile of SageMaker's is that person there, to AWS and to CloudTrail. */
function sharingIssues(data: unknown): DomainFileIssue[] {
  const path = ['studios', 'sharing'];
  const value = valueAt(data, path);
  if (value !== 'team') return [];
  const why = 'on SageMaker a studio is opened by its owner alone (compute.runtime)';
  return [cannotUse({ path, value, mend: 'use owner', why })];
}

/** Notebooks on SageMaker do not reach files of the machine that the console is on. */
function storeIssues(data: unknown): DomainFileIssue[] {
  const path = ['objects', 'store'];
  const value = valueAt(data, path);
  if (value !== 'embedded' && value !== undefined) return [];
  const why = 'studios on SageMaker (compute.runtime) do not reach it';
  const mend = 'use { s3: { region: …, kmsKey: … } }';
  return [cannotUse({ path, value: value ?? 'embedded', mend, why })];
}
