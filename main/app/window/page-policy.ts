// What no page in this app may ever do, whoever wrote it: leave, load from elsewhere, open windows, ask for devices.
import { type App, app, type Session, type WebContents } from 'electron';
import { isOurs, pageAddress } from './page';

/**
 * Chromium asks for addresses of its own: for updates of its parts, dictionaries, names of links that a page might follow. None of it is
 * of use here: Breakwater's own questions go through Node. Before the app is ready.
 */
export function keepQuiet({ commandLine }: App): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'dns-prefetch-disable',
    'no-pings',
  ])
    commandLine.appendSwitch(name);
  // Each session begins by fetching dictionaries for spelling, before it can be told not to. The page's own scheme needs no name.
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/** Holds for every session and every page of the process, also those that nobody meant to make. */
export function holdPolicy(on: App): void {
  on.on('session-created', closeSession);
  on.on('web-contents-created', (_event, contents) => closeContents(contents));
}

function closeSession(session: Session): void {
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !mayLoad(url) }));
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false); // would fetch dictionaries
}

/** Developer tools are there in a checkout only, and bring their own pages. */
function mayLoad(address: string): boolean {
  return isOurs(address) || (!app.isPackaged && address.startsWith('devtools://'));
}

function closeContents(contents: WebContents): void {
  const stay = (event: { preventDefault(): void }, address: string): void => {
    if (address !== pageAddress) event.preventDefault();
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('did-navigate', (_event, address) => {
    // Chromium asks nobody before it shows about:blank: back to the page from there. (Developer tools are a page of their own.)
    if (address.startsWith('about:')) contents.loadURL(pageAddress).catch(console.error);
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // WebRTC asks no session whether it may: without a proxy it gets no way out at all.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
