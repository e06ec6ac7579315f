/**
 * A credential helper of Git (gitcredentials(7)): for the repositories of the domain it signs with the
 * studio's own credentials, so that nothing is typed and nothing is kept. For every other host it says
 * nothing, and Git asks elsewhere.
 */
import { text } from 'node:stream/consumers';
import { containerCredentials } from './git-credentials/container-credentials.ts';
import { gitCredentials } from './git-credentials/git-credentials.ts';

/** `get`; what Git wants kept or forgotten is neither here. */
const [, , operation] = process.argv;
if (operation === 'get') {
  const question = await text(process.stdin);
  try {
    const answer = await gitCredentials(question, {
      credentials: () => containerCredentials(process.env),
      now: new Date(),
    });
    process.stdout.write(answer);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'Cannot sign'}\n`);
    process.exitCode = 1;
  }
}
