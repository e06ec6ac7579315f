import { expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { KernelClient } from '../support/kernel-client.ts';
import { startDomain } from '../support/running-domain.ts';
it('x', async () => {
  const domain = await startDomain();
  const alice = new ApiClient(domain);
  await alice.firstSignIn('alice', domain.oneTimePasswords.get('alice') ?? '');
  await alice.openStudio('alice');
  const log: unknown[] = [];
  const t0 = performance.now();
  const say = (...x: unknown[]) => log.push([(performance.now() - t0).toFixed(0), ...x]);
  const kernel = await KernelClient.start(alice, 'alice');
  say('started');
  await kernel.execute('1');
  say('first result');
  for (const code of ["while True: print('x' * 10)", "while True: print('x' * 1000)", "i = 0\nwhile True:\n    i += 1\n    print(i)", "while True: print('x' * 100_000, flush=True)"]) {
    let bytes = 0; let n0 = 0;
    const stop = kernel.next((m) => { if (m.header.msg_type === 'stream' && m.content.name === 'stdout') { bytes += m.content.text.length; n0++; } return false; });
    const t = performance.now();
    const notice = kernel.next((m) => m.header.msg_type === 'stream' && m.content.name === 'stderr');
    const running = kernel.execute(code).catch((e) => say(String(e)));
    const n = await Promise.race([notice, new Promise((r) => setTimeout(r, 20000))]) as any;
    say(code, 'notice', n?.content.text.slice(0, 60), bytes, n0, 'after', performance.now() - t);
    const r = await alice.studio('alice', `/api/kernels/${kernel.kernelId}/interrupt`, { method: 'POST', body: {} });
    say('interrupt', r.status, r.text);
    const res = await Promise.race([running, new Promise((r) => setTimeout(r, 15000))]) as any;
    say('done', res?.status, bytes, n0);
  }
  console.log(log.map((l) => JSON.stringify(l)).join('\n'));
  await domain.remove();
}, 140000);
