import type { SimulatedMessages } from '../../model/messages/simulated';
import { textsOf } from '../texts';

export const simulated = textsOf<SimulatedMessages>()({
  'simulated.rules-forbidden': '(simuliert) nur ein Administrator darf die Firewall-Regeln lesen',
  'simulated.not-asked': 'nicht gefragt',
  'simulated.stopped': 'abgebrochen, bevor es gelesen wurde (simuliert)',
  'simulated.no-restart-key': 'kein Schlüssel RebootPending',
  'simulated.both-apply': 'Im Domänenprofil gelten Gruppenrichtlinie und lokale Regeln.',
  'simulated.all-profiles': 'In allen drei Profilen ein; eingehende Verbindungen werden standardmäßig blockiert.',
  'simulated.no-scope':
    'Die Regel FPS-SMB-In-TCP-NoScope lässt jede Adresse TCP 445 erreichen, auch in öffentlichen Netzwerken.',
  'simulated.registry-value': 'Registrierungswert',
  'simulated.registry-value.named': 'Registrierungswert {name}',
  'simulated.default.compression': 'Standard ab Windows 10 1903',
});
