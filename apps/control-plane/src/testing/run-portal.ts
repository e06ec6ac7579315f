import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultDomainFile } from '@strongroom/domain';
import { build } from 'esbuild';
import { Closers } from '../closers.ts';
import { composeControlPlane } from '../compose.ts';
import { BrowserDouble } from '../http/testing/browser-double.ts';
import { writeViewer } from '../http/viewer/testing/write-viewer.ts';
import { startOtherS3 } from '../objects/testing/other-s3.ts';
import { startFakeSageMaker } from '../runtimes/sagemaker/testing/fake-sage-maker.ts';
import { startFakeSts } from '../runtimes/sagemaker/testing/fake-sts.ts';

export type RunningPortal = Awaited<ReturnType<typeof runPortal>>;

/** For what is bundled and was written for CommonJS. */
const requireBanner =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
const password = 'Never-guessed-9-tealeaf';

/** As `strongroom aws deploy` makes them. */
const deployedBuckets = [
  ...['research-risk-models', 'research-reference', 'strongroom-000000000000-sharing'],
];
const caller = { principal: 'fake' };

/** What the SDK takes from the environment, for as long as the portal runs. */
const variables = (endpoint: string, stsEndpoint: string) => ({
  ...{ AWS_ACCESS_KEY_ID: 'fake', AWS_SECRET_ACCESS_KEY: 'fake' },
  ...{ AWS_ENDPOINT_URL_SAGEMAKER: endpoint, AWS_ENDPOINT_URL_STS: stsEndpoint },
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** The whole control plane as it is composed before a SageMaker domain, on fakes of SageMaker and S3. */
export async function runPortal() {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-portal-'));
  const fake = await startFakeSageMaker();
  const sts = await startFakeSts();
  const s3 = await startOtherS3();
  for (const bucket of deployedBuckets) await s3.store.createBucket({ bucket, caller });
  const before = { ...process.env };
  Object.assign(process.env, variables(fake.endpoint, sts.endpoint));
  const staticFolder = join(folder, 'static');
  await mkdir(staticFolder);
  await writeFile(join(staticFolder, 'index.html'), '<!doctype html><title>Strongroom</title>');
  const viewer = join(folder, 'viewer');
  await writeViewer(viewer);
  const domainFilePath = join(folder, 'strongroom.yaml');
  await writeFile(domainFilePath, portalDomainFile(s3));
  const notebookWorker = join(folder, 'notebook-worker.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../shares/notebooks/notebook-worker.ts')],
    ...{ outfile: notebookWorker, bundle: true, format: 'esm', platform: 'node' },
    banner: { js: requireBanner },
    logLevel: 'warning',
  });
  const closers = new Closers();
  const printed: string[] = [];
  const { consoleUrl } = await composeControlPlane({
    environment: { domainFilePath, port: 0, logLevel: 'silent' as never },
    // None of the others is there: nothing of them may be needed.
    programs: { console: staticFolder, viewer, notebookWorker } as never,
    closers,
    print: (line) => printed.push(line),
  });
  const port = Number(new URL(consoleUrl).port);
  const oneTimePassword = (profileName: string) =>
    printed
      .find((line) => line.trim().startsWith(`${profileName} `))
      ?.trim()
      .split(/\s+/)[1] ?? '';
  return {
    ...{ fake, s3, printed, folder, port },
    browser: () => new BrowserDouble(port),
    async browserOf(profileName: string) {
      const browser = new BrowserDouble(port);
      const currentPassword = oneTimePassword(profileName);
      const first = await browser.signIn(profileName, password);
      if (first.status === 200) return browser;
      await browser.signIn(profileName, currentPassword);
      const body = { currentPassword, newPassword: password };
      await browser.send('/api/password', { method: 'POST', body });
      return browser;
    },
    async close() {
      await closers.close();
      await fake.close();
      await sts.close();
      await s3.close();
      for (const name of Object.keys(variables('', ''))) delete process.env[name];
      Object.assign(process.env, before);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function portalDomainFile(s3: { readonly endpoint: string; readonly keyArn: string }): string {
  const store = `{ s3: { region: ap-northeast-2, kmsKey: '${s3.keyArn}', endpoint: '${s3.endpoint}' } }`;
  return defaultDomainFile
    .replace('store: embedded', `store: ${store}`)
    .replace(/^ {2}listen: \{ address: 127\.0\.0\.1, port: 8081 \}$/m, '')
    .concat('\ncompute: { runtime: sagemaker }\n');
}
