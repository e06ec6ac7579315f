import { at } from '../graph/resource.ts';
import type { Resources } from '../graph/resources.ts';

/** Where SageMaker's resources name the role that people's code runs as. */
const places: Readonly<Record<string, readonly string[]>> = {
  'AWS::SageMaker::Domain': [
    'DefaultUserSettings.ExecutionRole',
    'DefaultSpaceSettings.ExecutionRole',
  ],
  'AWS::SageMaker::UserProfile': ['UserSettings.ExecutionRole'],
  'AWS::SageMaker::NotebookInstance': ['RoleArn'],
};

export function executionRoleArns(resources: Resources): ReadonlySet<string> {
  const arns = Object.entries(places).flatMap(([type, paths]) =>
    resources.ofType(type).flatMap((resource) => paths.map((path) => at(resource, path))),
  );
  return new Set(arns.filter((arn) => typeof arn === 'string'));
}

/** Roles that SageMaker reads images with: no code of people runs as one. */
export function imageRoleArns(resources: Resources): ReadonlySet<unknown> {
  return new Set(
    resources.ofType('AWS::SageMaker::Image').map((image) => at(image, 'ImageRoleArn')),
  );
}
