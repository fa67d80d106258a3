import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makePackage } from '../../src/build/package.mjs';
import { root } from './editor/places.js';
import { withEditor } from './editor/withEditor.js';

/** Bytes. The runtime’s library is 18 MB of it, the models 11; what grows beyond is not noticed by anything else. */
const maxPackageSize = 33e6;

let vsix: string;
const editor = withEditor(async () => {
  vsix = await makePackage(path.join(root, 'out/package'));
  return { vsix };
});
let installed: string;

beforeAll(() => {
  const extensions = path.join(editor.server.folder, 'extensions');
  installed = path.join(
    extensions,
    readdirSync(extensions).find((name) => name.startsWith('glassbox.glassbox-'))!,
  );
});

describe('the packaged extension', () => {
  it('is small', () => {
    expect(statSync(vsix).size).toBeLessThan(maxPackageSize);
  });

  it('holds what is listed and one binary of ONNX Runtime', () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)));
    const runtime = `bin/napi-v6/${process.platform}/${process.arch}`;
    const expected = [
      /^\.vsixmanifest$/,
      /^package(?:\.nls(?:\.ko)?)?\.json$/,
      /^(?:readme\.md|changelog\.md|LICENSE\.txt)$/,
      /^dist\/(?:extension|engine|watchdogWorker|tokenizerWorker)\.cjs$/,
      /^dist\/webview\/[A-Za-z]+\.js$/,
      /^dist\/(?:cli\.js|THIRD-PARTY-NOTICES\.txt)$/,
      /^dist\/node_modules\/onnxruntime-(?:node|common)\/(?:package\.json|dist\/.*\.(?:js|json))$/,
      new RegExp(`^dist/node_modules/onnxruntime-node/${runtime}/[^/]+$`),
      /^media\/(?:icon\.png|readme\/[^/]+\.png|l10n\/[^/]+\.json|walkthrough\/[^/]+\.svg)$/,
      /^models\/(?:code|encoder)\/(?:[^/]+\.(?:json|md)|onnx\/[^/]+\.onnx)$/,
    ];

    expect(files.filter((file) => !expected.some((pattern) => pattern.test(file)))).toEqual([]);
    expect(files.filter((file) => file.endsWith('.node'))).toHaveLength(1);
    expect(files.filter((file) => file.endsWith('.onnx'))).toHaveLength(2);
  });

  it('completes after --install-extension', async () => {
    const window = await editor.open('packaged', 'src/tasks.ts');
    await window.openFile('src/tasks.ts');

    const ghost = await window.typeUntilGhost('const open = ', 'openTasks(tasks).fil');
    await window.screenshot('packaged');

    expect(ghost).not.toBe('');
  });

  it('verifies its model in the terminal from where it is installed', () => {
    const output = execFileSync(process.execPath, [path.join(installed, 'dist/cli.js'), 'models', '--verify'], {
      encoding: 'utf8',
    });

    expect(output).toContain('glassbox-code');
  });
});
