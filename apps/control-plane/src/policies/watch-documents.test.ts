import { describe, expect, it } from 'vitest';
import { collectLog } from '../studios/testing/collected-log.ts';
import type { OwnDocumentsEvents } from './own-documents.ts';
import { watchDocuments } from './watch-documents.ts';

describe('a changed policy document', () => {
  it('is recorded, then has everything that is open reviewed at once, and one failure keeps no other from it', async () => {
    const said: string[] = [];
    let events: OwnDocumentsEvents | undefined;
    watchDocuments({
      ownDocuments: {
        watch: (given) => {
          events = given;
        },
      },
      audit: {
        policyChanged: async (file, sha256) => void said.push(`changed ${file} ${sha256}`),
        policyRefused: (file) => void said.push(`refused ${file}`),
      },
      reviewed: [
        { review: () => Promise.reject(new Error('for the test')) },
        { review: async () => void said.push('reviewed') },
      ],
      log: collectLog(),
    });
    await events?.beforeChange('./freeze.json', 'f00d');
    events?.onChanged('./freeze.json');
    events?.onRefused('./other.json', 'no JSON');
    expect(said).toEqual(['changed ./freeze.json f00d', 'reviewed', 'refused ./other.json']);
  });
});
