// The network connections that Windows knows by name: which adapter each is. Pure.
import { numberAt, type Registry, subkeysOf, textAt } from '../../../policy/windows/registry';

/** Network adapters' class; below it one key an adapter, by GUID. */
export const connectionsKey =
  'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Network\\{4D36E972-E325-11CE-BFC1-08002BE10318}';

export interface Connection {
  /** As Windows shows it and Node names the interface: "Ethernet", "WLAN". */
  readonly name: string;
  /** In braces. */
  readonly guid: string;
  /** As firewall rules tell them apart; null = not known. */
  readonly kind: 'lan' | 'wireless' | null;
  /** Made by a program, not a device of the PC. */
  readonly isVirtual: boolean;
}

/** Also those that are not there now. */
export function connectionsIn(registry: Registry): readonly Connection[] {
  return subkeysOf(registry, connectionsKey).flatMap((guid): readonly Connection[] => {
    const key = `${connectionsKey}\\${guid}\\Connection`;
    const name = textAt(registry, key, 'Name');
    if (name === null || !/^\{[0-9A-Fa-f-]{36}\}$/.test(guid)) return [];
    const device = textAt(registry, key, 'PnPInstanceID') ?? '';
    // 2 = wireless; ordinary adapters have none.
    const isWireless = numberAt(registry, key, 'MediaSubType') === 2;
    return [
      {
        name,
        guid,
        kind: isWireless ? 'wireless' : /^(?:PCI|USB)\\/i.test(device) ? 'lan' : null,
        isVirtual: /^(?:ROOT|SWD|COMPOSITEBUS|VMBUS)\\/i.test(device),
      },
    ];
  });
}
