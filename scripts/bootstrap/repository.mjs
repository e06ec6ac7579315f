// @ts-check
import { fileURLToPath } from 'node:url';

/** Absolute path of the clone, without a trailing slash. */
export const repositoryFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
