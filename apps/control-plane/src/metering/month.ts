import { z } from 'zod';

/** One calendar month in UTC, which is how the domain counts them. */
export interface Month {
  /** `YYYY-MM` */
  readonly name: string;
  readonly fromMilliseconds: number;
  /** The first moment of the next one. */
  readonly toMilliseconds: number;
}

export const monthNameSchema = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/);

export const dayMilliseconds = 24 * 60 * 60 * 1000;
export const hourMilliseconds = 60 * 60 * 1000;

/** `name`: of `monthNameSchema`. */
export function monthNamed(name: string): Month {
  const [year = 0, month = 1] = name.split('-').map(Number);
  return {
    name,
    fromMilliseconds: Date.UTC(year, month - 1),
    toMilliseconds: Date.UTC(year, month),
  };
}

export function monthOf(time: number | Date): Month {
  return monthNamed(new Date(time).toISOString().slice(0, 7));
}

/** `YYYY-MM-DD` */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
