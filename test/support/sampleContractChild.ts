import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { RpcServer } from '../../src/protocol/rpcServer.js';
import { createSampleHandlers, sampleSchemas } from './sampleContract.js';
import { silentLog } from './silentLog.js';

const transport = { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) };
new RpcServer(transport, createSampleHandlers(), sampleSchemas, silentLog);
process.on('disconnect', () => process.exit(0));
