// Builds the hooks of hosted repositories into dist/git-hooks, or the folder named as the argument:
// that is all their sandbox mounts of them.
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nodeProgram } from '../../scripts/bundles/node-program.mjs';

const folder = dirname(fileURLToPath(import.meta.url));

const preReceive = `#!/bin/sh
exec /opt/strongroom/bin/node /opt/strongroom/git-hooks/check-push.js
`;

// Git holds the locks now: what this says is written down before it is done (githooks(5)).
const referenceTransaction = `#!/bin/sh
[ "$1" = prepared ] || exit 0
{
  while read -r old new ref; do echo "update $old $new $ref"; done
  echo prepared
} >&4
read -r answer <&4
[ "$answer" = go ]
`;

const target = resolve(process.argv[2] ?? join(folder, 'dist/git-hooks'));
await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true, mode: 0o755 });
await build({
  ...nodeProgram,
  entryPoints: { 'check-push': join(folder, 'src/repositories/hook/check-push-main.ts') },
  outdir: target,
  // What only some pushes need is read by those.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  minifySyntax: true,
});
await writeFile(join(target, 'package.json'), '{ "type": "module" }\n');
for (const [name, content] of [
  ['pre-receive', preReceive],
  ['reference-transaction', referenceTransaction],
]) {
  await writeFile(join(target, name), content);
  await chmod(join(target, name), 0o755);
}
