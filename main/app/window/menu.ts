// The window's menu: what the keyboard needs (editing, zoom, full screen, quitting), and developer tools in a checkout.
import { Menu, type MenuItemConstructorOptions } from 'electron';

export function setMenu(hasDevTools: boolean): void {
  const developer: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: '&File', submenu: [{ role: 'close' }, { type: 'separator' }, { role: 'quit' }] },
      { role: 'editMenu' },
      {
        label: '&View',
        submenu: [
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { type: 'separator' },
          { role: 'togglefullscreen' },
          ...(hasDevTools ? developer : []),
        ],
      },
    ]),
  );
}
