import { stat } from 'node:fs/promises';
import { explainError } from '../errors/explain-error.ts';

export async function fileSizeBytes(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    throw explainError(error, `read "${path}"`);
  }
}
