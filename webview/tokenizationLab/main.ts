import { openPage } from '../boot/page.js';
import type { TokenizationLabContract } from '../../src/protocol/panels/tokenizationLabContract.js';
import { createLabState } from './labState.js';
import { TokenizationLab } from './tokenizationLab.js';

const { client, store } = openPage<TokenizationLabContract>();
document.body.append(new TokenizationLab(client, createLabState(store)));
