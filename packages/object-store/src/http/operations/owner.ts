import { createHash } from 'node:crypto';
import type { XmlField } from '../xml/write-xml.ts';

/** Everything belongs to the installation's account; its canonical id has the form of S3's. */
export function ownerFields(accountId: string): XmlField[] {
  return [
    ['ID', createHash('sha256').update(`canonical-user/${accountId}`).digest('hex')],
    ['DisplayName', accountId],
  ];
}
