import { z } from 'zod';

export interface CheckFinding {
  /** Which set of rules it is of, for example `CloudFormation Validate`. */
  readonly source: string;
  readonly rule: string;
  readonly severity: string;
  readonly description: string;
  readonly constructPaths: readonly string[];
}

/** The CDK's validation report, as far as it is used. */
const reportSchema = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(
        z.object({
          ruleName: z.string(),
          description: z.string(),
          severity: z.string().optional(),
          violatingConstructs: z.array(z.object({ constructPath: z.string().optional() })),
        }),
      ),
    }),
  ),
});

/** @throws {z.ZodError} where the report is of another form: then nothing is known to be right */
export function readFindings(report: unknown): CheckFinding[] {
  return reportSchema.parse(report).pluginReports.flatMap(({ pluginName, violations }) =>
    violations.map(({ ruleName, description, severity, violatingConstructs }) => ({
      ...{ source: pluginName, rule: ruleName, description },
      severity: severity ?? 'unknown',
      constructPaths: violatingConstructs.map(({ constructPath }) => constructPath ?? ''),
    })),
  );
}
