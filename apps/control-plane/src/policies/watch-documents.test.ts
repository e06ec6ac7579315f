import { describe, expect, it } from 'vitest';
import { collectLog } from '../studios/testing/collected-log.ts';
import type { OwnDocumentsEvents } from './own-documents.ts';
import { watchDocuments } from './watch-documents.ts';

describe('a changed policy document', () => {
  it('has everything that is open reviewed at once, and one failure keeps no other from it', () => {
    const said: string[] = [];
    let events: OwnDocumentsEvents | undefined;
    watchDocuments({
      ownDocuments: {
        watch: (given) => {
          events = given;
        },
      },
      audit: {
        policyChanged: (file) => said.push(`changed ${file}`),
        policyRefused: (file) => said.push(`refused ${file}`),
      },
      reviewed: [
        { review: () => Promise.reject(new Error('for the test')) },
        { review: async () => void said.push('reviewed') },
      ],
      log: collectLog(),
    });
    events?.onChanged('./freeze.json');
    events?.onRefused('./other.json', 'no JSON');
    expect(said).toEqual(['changed ./freeze.json', 'reviewed', 'refused ./other.json']);
  });
});
