import { sandboxPaths } from '@strongroom/contracts';
import { checkKernel } from './kernel-check/check-kernel.ts';

const [code = '', expected = '', timeout = '60000'] = process.argv.slice(2);
const print = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);

const result = await checkKernel({
  ...{ runtimeFolder: sandboxPaths.runtimeFolder, code, expected },
  timeoutMilliseconds: Number(timeout),
  onConnectionFile: (path) => void print({ connectionFile: path }),
});
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
