// The doorway itself: puts the contract's calls and events on `window.breakwater`, and nothing else.
import { contextBridge, ipcRenderer } from 'electron';
import type { CallName, Doorway, EventName } from './contract';

// An object of all names, so that one that is missing or too many does not compile.
const calls: { readonly [C in CallName]: true } = {
  'app:about': true,
  'app:open-reference': true,
  'pc:inspect': true,
  'pc:stop': true,
  'pc:look': true,
  'firewall:rules': true,
  'patch:check': true,
  'advisories:find': true,
  'advisories:show': true,
  'advisories:update': true,
  'app:open-updates': true,
  'shield:plan': true,
  'shield:plan-lift': true,
  'shield:carry-out': true,
  'shield:settle': true,
  'shield:cancel': true,
};
const events: { readonly [E in EventName]: true } = {
  'pc:fact': true,
  'pc:verdicts': true,
  'pc:review': true,
  'pc:patch': true,
  'pc:software-changed': true,
  'shield:step': true,
  'shield:seen': true,
};

const doorway: Doorway = {
  async call(name, ...args) {
    if (!Object.hasOwn(calls, name)) throw new Error('There is no such call.');
    return ipcRenderer.invoke(name, ...args);
  },
  on(name, listener) {
    if (!Object.hasOwn(events, name)) throw new Error('There is no such event.');
    // Electron's own event stays here: it would hand the page a way to send.
    const receive = (_event: unknown, payload: Parameters<typeof listener>[0]): void => listener(payload);
    ipcRenderer.on(name, receive);
    return () => {
      ipcRenderer.removeListener(name, receive);
    };
  },
};

contextBridge.exposeInMainWorld('breakwater', doorway);
