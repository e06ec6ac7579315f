// @ts-check
/**
 * Builds JupyterLab, composed from npm, into `dist/`. Does nothing where the inputs of the last
 * build are unchanged; `--force` builds anyway.
 */
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './build/bundle.mjs';
import { collectSchemas } from './build/collect-schemas.mjs';
import { disabledPlugins, settingDefaults, themes } from './build/composition.mjs';
import { compressFolder } from './build/compress.mjs';
import { readExtensionPackages } from './build/extension-packages.mjs';
import { generateExtensionsModule, generateStylesModule } from './build/generate-modules.mjs';
import { isUpToDate, writeFingerprint } from './build/inputs.mjs';
import { labConfig, publicPath, themeConfig } from './build/lab-config.mjs';
import { renderPageTemplate } from './build/page-template.mjs';
import { writeThirdPartyNotices } from './build/third-party-notices.mjs';
import { writeTranslations } from './build/translations.mjs';

const applicationFolder = dirname(fileURLToPath(import.meta.url));
const distFolder = join(applicationFolder, 'dist');
const require = createRequire(import.meta.url);

if (isUpToDate(applicationFolder) && !process.argv.includes('--force')) {
  console.log('lab: unchanged since the last build');
} else {
  await build(join(applicationFolder, 'node_modules/.build'));
}

/** @param {string} workFolder everything is written here, then put in place at once */
async function build(workFolder) {
  const startedAt = performance.now();
  await rm(workFolder, { recursive: true, force: true });
  await mkdir(workFolder, { recursive: true });
  const packages = readExtensionPackages(applicationFolder);
  const staticFolder = join(workFolder, 'static');

  step(`bundling ${packages.length} extension packages and ${Object.keys(themes).length} themes`);
  const studioFolder = dirname(require.resolve('@strongroom/lab-studio/package.json'));
  const { initialFiles, bundledFiles } = await bundle([
    labConfig({
      applicationFolder,
      outputFolder: staticFolder,
      virtualModules: {
        '#extensions': generateExtensionsModule(packages),
        '#styles': generateStylesModule(packages),
      },
      constants: {
        STRONGROOM_VERSION: JSON.stringify(require('./package.json').version),
        DISABLED_PLUGINS: JSON.stringify(disabledPlugins),
      },
    }),
    ...Object.entries(themes).map(([name, stylesheet]) =>
      themeConfig({
        applicationFolder,
        outputFolder: join(workFolder, 'themes', name),
        stylesheet,
      }),
    ),
  ]);

  step('collecting settings schemas, translations and licences');
  await collectSchemas({ packages, outputFolder: join(workFolder, 'schemas'), settingDefaults });
  const bucketsFolder = dirname(require.resolve('@strongroom/lab-s3/package.json'));
  const gitFolder = dirname(require.resolve('@strongroom/lab-git/package.json'));
  const computeFolder = dirname(require.resolve('@strongroom/lab-compute/package.json'));
  const sharingFolder = dirname(require.resolve('@strongroom/lab-sharing/package.json'));
  await writeTranslations({
    catalogueFolders: {
      strongroom: join(studioFolder, 'locale'),
      strongroom_s3: join(bucketsFolder, 'locale'),
      strongroom_git: join(gitFolder, 'locale'),
      strongroom_compute: join(computeFolder, 'locale'),
      strongroom_sharing: join(sharingFolder, 'locale'),
    },
    outputFolder: join(workFolder, 'translations'),
  });
  for (const file of ['strongroom-favicon.svg', 'strongroom-favicon-busy.svg']) {
    await cp(join(studioFolder, 'style/icons', file), join(staticFolder, file));
  }
  await writeThirdPartyNotices({
    bundledFiles,
    outputFile: join(staticFolder, 'third-party-notices.txt'),
  });
  await writeFile(
    join(workFolder, 'index.html'),
    await renderPageTemplate({ applicationFolder, studioFolder, publicPath, initialFiles }),
  );

  step('compressing');
  const { fileCount, rawBytes, brotliBytes } = await compressFolder(staticFolder);
  await compressFolder(join(workFolder, 'themes'));
  await writeFingerprint(applicationFolder, workFolder);
  await rm(distFolder, { recursive: true, force: true });
  await rename(workFolder, distFolder);
  step(
    `done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s: ${fileCount} files, ` +
      `${megabytes(rawBytes)} MB, ${megabytes(brotliBytes)} MB compressed`,
  );
}

/** @param {string} text */
function step(text) {
  console.log(`lab: ${text}`);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}
