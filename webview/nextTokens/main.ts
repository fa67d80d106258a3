import type { NextTokensPanelContract } from '../../src/protocol/panels/nextTokensPanelContract.js';
import { openPage } from '../boot/page.js';
import { NextTokensPanel } from './nextTokensPanel.js';
import { createPanelState } from './panelState.js';

const { client, store } = openPage<NextTokensPanelContract>();
document.body.append(new NextTokensPanel(client, createPanelState(store)));
