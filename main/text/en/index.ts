// English, the language of documents and the one to translate from.

import type { Language } from '../render';
import { act } from './act';
import { app } from './app';
import { catalogue } from './catalogue';
import { commands } from './commands';
import { doubts } from './doubts';
import { exposure } from './exposure';
import { grammar } from './grammar';
import { help } from './help';
import { host } from './host';
import { judged } from './judged';
import { keeper } from './keeper';
import { linux } from './linux';
import { netfilter } from './netfilter';
import { outcome } from './outcome';
import { owners } from './owners';
import { pages } from './pages';
import { patch } from './patch';
import { plan } from './plan';
import { proof } from './proof';
import { saved } from './saved';
import { selfTest } from './self-test';
import { shieldState } from './shield-state';
import { simulated } from './simulated';
import { smb } from './smb';
import { usage } from './usage';
import { windows } from './windows';
import { windowsRules } from './windows-rules';

export const english: Language = {
  grammar,
  texts: {
    act,
    app,
    catalogue,
    commands,
    doubts,
    exposure,
    help,
    host,
    keeper,
    linux,
    netfilter,
    pages,
    patch,
    plan,
    saved,
    selfTest,
    simulated,
    smb,
    usage,
    windows,
    windowsRules,
    shieldState,
    judged,
    owners,
    proof,
    outcome,
    verbatim: { verbatim: '{text}' },
  },
};
