import { randomBytes } from 'node:crypto';

/** What ties the message a person reads to the log entry an administrator looks for. */
export function newReference(): string {
  return randomBytes(6).toString('hex');
}
