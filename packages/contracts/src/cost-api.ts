import { z } from 'zod';
import { pricesSchema } from './compute-api.ts';
import { timestampSchema } from './console-api.ts';
import { profileNameSchema } from './ids.ts';

/** Money is in the price table's currency; hours are of an app, started to stopped. */

const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/);

export const costShareSchema = z.object({
  /** A person's, a team's, an image's or an instance type's name. */
  name: z.string(),
  hours: z.number().nonnegative(),
  /** Hours in which nothing worked. */
  idleHours: z.number().nonnegative(),
  amount: z.number().nonnegative(),
});
export type CostShare = z.infer<typeof costShareSchema>;

export const budgetStateSchema = z.object({
  kind: z.enum(['person', 'team']),
  name: z.string(),
  /** What the domain file allows in a month, and what was granted on top of it. */
  monthlyAmount: z.number().nonnegative(),
  grantedAmount: z.number().nonnegative(),
  usedAmount: z.number().nonnegative(),
  /** The highest of 50, 80 and 100 that is reached; 0 below. */
  reachedPercent: z.union([z.literal(0), z.literal(50), z.literal(80), z.literal(100)]),
  /** No new app with a price is started for whom it binds. */
  blocks: z.boolean(),
});
export type BudgetState = z.infer<typeof budgetStateSchema>;

/**
 * `GET /api/cost?month=YYYY-MM` on the console: the whole domain for administrators and auditors, the
 * caller's own otherwise. `GET /api/cost.csv?month=` has a line for each app.
 */
export const costSchema = z.object({
  month,
  /** The month's first and last moment as the domain counts months: UTC. */
  from: timestampSchema,
  to: timestampSchema,
  prices: pricesSchema,
  total: costShareSchema.omit({ name: true }),
  /** At the pace so far, to the month's end; null for a month that is over. */
  forecastAmount: z.number().nonnegative().nullable(),
  days: z.array(z.object({ day: z.iso.date(), hours: z.number(), amount: z.number() })),
  byPerson: z.array(costShareSchema),
  byTeam: z.array(costShareSchema),
  byImage: z.array(costShareSchema),
  byInstanceType: z.array(costShareSchema),
  budgets: z.array(budgetStateSchema),
});
export type Cost = z.infer<typeof costSchema>;

/** `GET /strongroom/api/cost` on a studio's origin: its owner's month so far. */
export const studioCostSchema = z.object({
  prices: pricesSchema,
  amount: z.number().nonnegative(),
  hourlyAmount: z.number().nonnegative(),
  budgets: z.array(budgetStateSchema),
});
export type StudioCost = z.infer<typeof studioCostSchema>;

/** `POST /api/budgets/grants` (administrators); answers 204. For the month that runs. */
export const budgetGrantRequestSchema = z.strictObject({
  kind: z.enum(['person', 'team']),
  name: z.string().min(1).max(64),
  amount: z.number().positive().max(1_000_000_000),
  reason: z.string().trim().min(1).max(500),
});
export type BudgetGrantRequest = z.infer<typeof budgetGrantRequestSchema>;

export const budgetGrantSchema = z.object({
  kind: z.enum(['person', 'team']),
  name: z.string(),
  month,
  amount: z.number(),
  reason: z.string(),
  grantedBy: profileNameSchema,
  grantedAt: timestampSchema,
});
/** `GET /api/budgets/grants?month=` */
export const budgetGrantsSchema = z.object({ grants: z.array(budgetGrantSchema) });
export type BudgetGrants = z.infer<typeof budgetGrantsSchema>;
