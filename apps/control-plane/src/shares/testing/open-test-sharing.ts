import { defaultScanRules, scanNotebook } from '@strongroom/content-scan';
import type { Domain } from '@strongroom/domain';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../clock.ts';
import { Closers } from '../../closers.ts';
import type { IdentityEvents } from '../../identity/identity-events.ts';
import type { People } from '../../identity/people.ts';
import type { TestStorage } from '../../objects/testing/test-storage.ts';
import type { State } from '../../state/database.ts';
import { collectLog } from '../../studios/testing/collected-log.ts';
import { composeShares } from '../compose-shares.ts';
import { notebookTasksHere } from '../notebooks/notebook-tasks.ts';

/** Sharing on real storage and keys, with the real scan; notebooks are read in this thread. */
export async function openTestSharing(options: {
  readonly domain: () => Domain;
  readonly state: State;
  readonly storage: TestStorage;
  readonly people: People;
  readonly events: IdentityEvents;
  readonly audit: Pick<AuditLog, 'shares'>;
  readonly clock: Clock;
}) {
  const { storage, ...rest } = options;
  const closers = new Closers();
  const composed = await composeShares({
    ...rest,
    ...{ storage: storage.access, keys: storage.keys, book: storage.book, closers },
    origins: { console: 'http://console.localhost:8080', viewer: 'http://viewer.localhost:8080' },
    tasks: notebookTasksHere(scanNotebook),
    defaultRules: defaultScanRules,
    log: collectLog(),
  });
  return { ...composed, close: () => closers.close() };
}

/** A notebook's bytes. */
export function notebookBytes(
  cells: readonly object[] = [codeCell('1 + 1')],
  metadata: object = {},
): Buffer {
  return Buffer.from(JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
}

export function codeCell(source: string, text = ''): object {
  const outputs = text === '' ? [] : [{ output_type: 'stream', name: 'stdout', text }];
  return { cell_type: 'code', id: 'c1', metadata: {}, execution_count: 1, source, outputs };
}
