import path from 'node:path';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '../../..');

/** Where the driver extension is built to. */
export const driverFolder = path.join(root, 'out/test/driver');

/** Where screenshots are kept. */
export const screenshotFolder = path.join(root, 'out/e2e');

/** Id of the extension under test. */
export const extensionId = 'glassbox.glassbox';
