import { describe, expect, it } from 'vitest';
import { engineEnvironment } from '../../../src/supervisor/engineEnvironment.js';

describe("the engine's environment", () => {
  it('always switches telemetry off, whatever the host says', () => {
    expect(engineEnvironment({ ORT_DISABLE_TELEMETRY: '0' })['ORT_DISABLE_TELEMETRY']).toBe('1');
  });

  it('holds nothing of the host but what is needed to run', () => {
    const host = {
      PATH: '/usr/bin',
      HOME: '/home/someone',
      GITHUB_TOKEN: 'secret',
      AWS_SECRET_ACCESS_KEY: 'secret',
      NODE_OPTIONS: '--require=/evil.js',
      HTTPS_PROXY: 'http://someone:secret@proxy',
      CI: 'true',
      LANG: undefined,
    };
    expect(engineEnvironment(host)).toEqual({
      PATH: '/usr/bin',
      ELECTRON_RUN_AS_NODE: '1',
      ORT_DISABLE_TELEMETRY: '1',
      ORT_GQA_DISABLE_FLASH_ATTENTION: '1',
    });
  });
});
