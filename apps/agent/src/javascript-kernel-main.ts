import { readFileSync } from 'node:fs';
import { type ConnectionFile, runJavaScriptKernel } from './javascript-kernel/javascript-kernel.ts';
import { javaScript } from './javascript-kernel/kernel-language.ts';

const [path = ''] = process.argv.slice(2);
await runJavaScriptKernel(JSON.parse(readFileSync(path, 'utf8')) as ConnectionFile, javaScript);
