import type { PolicyDocument } from '@strongroom/policy';

/**
 * No app, and on AWS no job, on a machine size that the domain file does not name (SageMaker's condition key
 * `sagemaker:InstanceTypes`). `system` is the size of a studio's own server and must be in the list.
 */
export function instanceTypeCapDocument(instanceTypes: readonly string[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyInstanceTypesOfTheDomain',
        Effect: 'Deny',
        Action: [
          ...['sagemaker:CreateApp', 'sagemaker:CreateSpace', 'sagemaker:UpdateSpace'],
          ...['sagemaker:CreateTrainingJob', 'sagemaker:CreateProcessingJob'],
          ...['sagemaker:CreateHyperParameterTuningJob', 'sagemaker:CreateTransformJob'],
          ...['sagemaker:CreateEndpointConfig', 'sagemaker:CreateNotebookInstance'],
        ],
        Resource: '*',
        Condition: {
          'ForAnyValue:StringNotLike': { 'sagemaker:InstanceTypes': [...instanceTypes] },
        },
      },
    ],
  };
}
