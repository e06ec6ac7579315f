import { parseNotebook } from '@strongroom/notebook-diff';
import type { HomeFolder } from '../contents/home-folder.ts';
import { statEntry } from '../contents/home-folder.ts';
import { openRegularFile, readWholeFile } from '../contents/open-file.ts';
import { maximumContentBytes } from '../contents/read-content.ts';
import { AgentError } from '../http/agent-error.ts';
import { workingEntry } from './file-path.ts';
import type { Repository } from './repository.ts';

/**
 * The filter leaves what is no notebook as it is, since git also runs it to see what has changed.
 * Staging is where outputs would get out: a notebook that cannot be read is refused here.
 */
export async function checkNotebooksToStrip(
  home: HomeFolder,
  repository: Repository,
  paths: readonly string[],
): Promise<void> {
  for (const path of paths.filter((name) => name.endsWith('.ipynb'))) {
    const entry = await workingEntry(home, repository, path);
    const stats = await statEntry(entry.path);
    if (stats === undefined || !stats.isFile()) continue;
    const file = await openRegularFile(entry.path, path);
    try {
      const subject = path;
      const bytes = await readWholeFile(file, { maximumBytes: maximumContentBytes, subject });
      if (parseNotebook(bytes.toString('utf8')) === undefined) throw unreadable(path);
    } finally {
      await file.handle.close();
    }
  }
}

function unreadable(path: string): AgentError {
  return new AgentError(
    'InvalidNotebook',
    `Cannot stage "${path}" without its outputs: it is not a valid notebook. Repair it, or commit with outputs`,
  );
}
