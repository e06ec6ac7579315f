import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sandboxPaths } from '@strongroom/contracts';
import { expect, it } from 'vitest';
import { notebookAttributes, notebookSettings } from './notebook-driver.ts';
import { startGitHome } from './testing/git-home.ts';
import { buildNotebookProgram, notebookOf, sourcesOf } from './testing/notebook-program.ts';

const sourceOf = (path: string) =>
  readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');

it('a merge in a terminal is by cell too, with the configuration that a studio has', async () => {
  const program = await buildNotebookProgram();
  const bob = await startGitHome();
  const command = `${sandboxPaths.node} ${sandboxPaths.agentFolder}/git-notebook.js`;
  const text = sourceOf('../git-credentials/gitconfig');
  expect(text).toContain(command);
  const escaped = program.command.replaceAll(/["\\]/g, (character) => `\\${character}`);
  writeFileSync(join(bob.home, 'gitattributes'), sourceOf('./gitattributes'));
  bob.write(
    '.gitconfig',
    bob.read('.gitconfig') +
      text
        .replace(`= ${command} merge %O %A %B`, `= "${escaped} merge %O %A %B"`)
        .replaceAll(sandboxPaths.agentFolder, bob.home),
  );
  bob.git('', 'init', '-q', 'model');
  const commit = (cells: Record<string, string>) => {
    bob.write('model/n.ipynb', notebookOf(cells));
    bob.git('model', 'add', '.');
    bob.git('model', 'commit', '-q', '-m', 'x');
  };
  commit({ a: 'x = 1', b: 'y = 1' });
  bob.git('model', 'switch', '-q', '-c', 'theirs');
  // Both add at the same place: by line that is a conflict.
  commit({ a: 'x = 1', b: 'y = 1', c: 'z = 1' });
  bob.git('model', 'switch', '-q', 'main');
  commit({ a: 'x = 1', b: 'y = 1', d: 'w = 1' });
  bob.git('model', 'merge', '-q', 'theirs');
  expect(sourcesOf(bob.read('model/n.ipynb'))).toEqual({
    ...{ a: 'x = 1', b: 'y = 1', d: 'w = 1', c: 'z = 1' },
  });
  await bob.close();
  program.close();
});

it('the configuration for terminals says what the panel uses', () => {
  expect(sourceOf('./gitattributes')).toBe(notebookAttributes(false));
  const driver = notebookSettings('program').find((line) => line.includes('.driver='));
  expect(driver).toBe('merge.strongroom-notebook.driver=program merge %O %A %B');
});
