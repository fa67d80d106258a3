import path from 'node:path';
import { exitCodes } from './cli/exitCodes.js';
import { createNodeServices } from './cli/nodeServices.js';
import { runCli } from './cli/program.js';

const { services, isOutputClosed, dispose } = createNodeServices(path.resolve(import.meta.dirname, '..'));
const exitCode = await runCli(process.argv.slice(2), services);
await dispose();
// What `head` did not want to read was not asked for: no failure.
process.exitCode = isOutputClosed() ? exitCodes.ok : exitCode;
