import type { HomeFolder } from '../contents/home-folder.ts';
import { readJsonObject } from '../http/json.ts';
import type { Router } from '../http/router.ts';

/** Few share, and what looks through notebooks is large: it is loaded by whoever does. */
export function registerShareSource(router: Router, home: HomeFolder): void {
  router.on('POST', '/api/strongroom/share-source', async ({ request, response }) => {
    const asked = await readJsonObject(request);
    const { readShareSource } = await import('./share-source.ts');
    const { header, notebook } = await readShareSource(home, asked);
    const line = Buffer.from(`${JSON.stringify(header)}\n`);
    response.setHeader('content-type', 'application/octet-stream');
    response.setHeader('content-length', line.length + notebook.length);
    response.write(line);
    response.end(notebook);
  });
}
