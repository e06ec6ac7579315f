import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { disabledPlugins, settingDefaults, themes } from './composition.mjs';
import { readExtensionPackages } from './extension-packages.mjs';

const applicationFolder = fileURLToPath(new URL('..', import.meta.url));
const dist = join(applicationFolder, 'dist');
const packages = readExtensionPackages(applicationFolder);
let page: string;
let bundle: string;

beforeAll(() => {
  // Returns at once where the last build is up to date.
  execFileSync(process.execPath, [join(applicationFolder, 'build.mjs')]);
  page = readFileSync(join(dist, 'index.html'), 'utf8');
  bundle = initialScripts()
    .map((file) => readFileSync(join(dist, 'static', file), 'utf8'))
    .join('\n');
}, 120_000);

describe('dist', () => {
  it("has every package's schemas", () => {
    for (const { name, schemaFolder } of packages) {
      if (schemaFolder === null) continue;
      for (const file of readdirSync(schemaFolder).filter((each) => each.endsWith('.json'))) {
        expect(existsSync(join(dist, 'schemas', name, file)), `${name}/${file}`).toBe(true);
      }
    }
  });

  it('has schemas of ours only for plugins that are in the bundle, with commands that are too', () => {
    const folder = join(dist, 'schemas/@strongroom/lab-studio');
    for (const file of readdirSync(folder)) {
      const schema = readFileSync(join(folder, file), 'utf8');
      expect(bundle).toContain(`@strongroom/lab-studio:${file.replace('.json', '')}`);
      const commands = [...schema.matchAll(/"command":"([^"]+)"/g)].map(([, id]) => id);
      expect(commands).toContain('strongroom:open-console');
      for (const command of commands) expect(bundle).toContain(command);
    }
  });

  it('follows the system theme and fetches no news by default', () => {
    for (const [id, defaults] of Object.entries(settingDefaults)) {
      const file = join(dist, 'schemas', `${id.replace(':', '/')}.json`);
      const schema = JSON.parse(readFileSync(file, 'utf8'));
      for (const [property, value] of Object.entries(defaults)) {
        expect(schema.properties[property].default).toBe(value);
      }
    }
  });

  it('names in its list of disabled plugins only what is there', () => {
    for (const id of disabledPlugins) {
      const [packageName] = id.split(':');
      expect(packages.map(({ name }) => name)).toContain(packageName);
      if (id.includes(':')) expect(bundle).toContain(id);
    }
  });

  it('has a stylesheet for each theme', () => {
    for (const name of Object.keys(themes)) {
      expect(readFileSync(join(dist, 'themes', name, 'index.css'), 'utf8')).toContain(
        '--jp-brand-color1',
      );
    }
  });

  it('has a page with the two places that the gateway fills in, and no script in the text', () => {
    expect(page.split('__PAGE_CONFIG__')).toHaveLength(2);
    expect(page.split('__LANGUAGE__')).toHaveLength(2);
    const scripts = [...page.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)];
    for (const [, attributes, text] of scripts) {
      expect(attributes?.includes('src=') || text === '__PAGE_CONFIG__').toBe(true);
    }
  });

  it('has a page that asks nothing of other origins', () => {
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(5);
    for (const address of addresses) expect(address).toMatch(/^\/(?!\/)/);
  });

  it('has beside each script and stylesheet the same content compressed', () => {
    const files = readdirSync(join(dist, 'static')).filter((file) => /\.(?:js|css)$/.test(file));
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      const content = readFileSync(join(dist, 'static', file));
      expect(content.equals(brotliDecompressSync(read(`${file}.br`))), file).toBe(true);
      expect(content.equals(gunzipSync(read(`${file}.gz`))), file).toBe(true);
    }
  });

  it('carries the licences of what it bundles', () => {
    const notices = read('third-party-notices.txt').toString();
    for (const name of ['@jupyterlab/application', '@lumino/widgets', 'react', 'mathjax-full']) {
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    }
  });

  it('has Korean for our texts, in the form that Lab reads', () => {
    const catalogue = JSON.parse(readFileSync(join(dist, 'translations/ko_KR.json'), 'utf8'));
    expect(catalogue.strongroom[''].language).toBe('ko-KR');
    expect(catalogue.strongroom['Try Again']).toEqual(['다시 시도']);
    expect(catalogue.strongroom_s3['Load more']).toEqual(['더 보기']);
    expect(catalogue.strongroom_git['Finish Merge']).toEqual(['병합 완료']);
  });
});

function initialScripts(): string[] {
  return [...page.matchAll(/src="\/static\/lab\/([^"]+)"/g)].map(([, file]) => file ?? '');
}

function read(file: string): Buffer {
  return readFileSync(join(dist, 'static', file));
}
