import type { WhySuggestionContract } from '../../src/protocol/panels/whySuggestionContract.js';
import { openPage } from '../boot/page.js';
import { createWhyState } from './whyState.js';
import { WhySuggestionPage } from './whySuggestionPage.js';

const { client, store } = openPage<WhySuggestionContract>();
document.body.append(new WhySuggestionPage(client, createWhyState(store)));
