import type { WindowsMessages } from '../../model/messages/windows';
import { textsOf } from '../texts';

export const windows = textsOf<WindowsMessages>()({
  'windows.manager.other':
    'Es ist im Sicherheitscenter als Firewall angemeldet; Windows überlässt ihm möglicherweise das Filtern.',
  'windows.manager.others-unread': '{key}, wo das Sicherheitscenter sie aufführt, konnte nicht gelesen werden.',
  'windows.manager.disabled': 'Ihr Dienst {name} ist deaktiviert.',
  'windows.manager.stopped': 'Ihr Dienst ({name}) läuft nicht.',
  'windows.manager.profiles': '{profiles:semicolons}.',
  'windows.manager.profile.on': '{profile}: ein',
  'windows.manager.profile.off': '{profile}: aus',
  'windows.manager.profile.on-by-policy': '{profile}: ein durch Gruppenrichtlinie',
  'windows.manager.profile.off-by-policy': '{profile}: aus durch Gruppenrichtlinie',
  'windows.manager.profile.no-local-rules': '{profile}, lokale Regeln gelten nicht',
  'windows.netstat.line': 'netstat gab eine unverständliche Zeile aus: {line}',
  'windows.netstat.none': 'netstat nannte kein Programm, das auf Verbindungen wartet; ohne solche gibt es kein Windows',
  'windows.netstat.not-run': 'netstat konnte nicht ausgeführt werden',
  'windows.no-answer': 'dieser PC antwortete nicht, und welche Programme auf Verbindungen warten, ist nicht bekannt',
  'windows.no-build': 'die Registrierung sagt nicht, welcher Build von Windows das ist',
  'windows.server-unread': '{key} konnte nicht gelesen werden, daher ist über den SMB-Server nichts bekannt',
  'windows.key-unread': '{key} konnte nicht gelesen werden.',
  'windows.key-not-saved': '{key} wurde nicht gespeichert.',
  'windows.restart.pending': 'Ein Update wartet auf einen Neustart: {key} ist vorhanden.',
  'windows.restart.none': '{key} gibt es nicht.',
  'windows.source.managers': 'Profile der Firewall, Sicherheitscenter',
  'windows.source.policy': 'die Firewall-Richtlinie dieses PCs und der Gruppenrichtlinie',
  'windows.setting.unread': '{key} wurde nicht gelesen',
  'windows.setting.absent': '{key} gibt es nicht',
  'windows.default.smb2': 'Standard: SMB2 und 3 sind ein',
  'windows.default.compression': 'Standard ab Windows 10 1903: Komprimierung ist ein',
  'windows.default.no-compression': 'keine Komprimierung vor Windows 10 1903',
  'windows.default.not-required': 'Standard: nicht erforderlich',
  'windows.default.restricted': 'Standard: eingeschränkt',
  'windows.default.none': 'Standard: keine',
  'windows.default.admin-shares': 'Standard: C$, ADMIN$ sind für Administratoren freigegeben',
  'windows.default.signing.before':
    'Standard vor Windows 11 24H2 und Server 2025: nicht erforderlich (Domänencontroller: erforderlich)',
  'windows.default.signing.server-client': 'Standard ab Server 2025: für Anfragen dieses PCs an andere erforderlich',
  'windows.default.signing.server':
    'Standard ab Server 2025: von anderen nicht verlangt (Domänencontroller: erforderlich)',
  'windows.default.signing.home': 'Standard ab Windows 11 Home 24H2: nicht erforderlich',
  'windows.default.signing.pro': 'Standard ab Windows 11 Pro, Enterprise und Education 24H2: erforderlich',
  'windows.default.guests.server': 'Standard vor Server 2019: Gäste ohne Kennwort werden zugelassen',
  'windows.default.guests.client': 'Standard vor Windows 10 1709: Gäste ohne Kennwort werden zugelassen',
  'windows.default.guests.home-and-pro':
    'Standard von Home und Pro vor Windows 11 24H2: Gäste ohne Kennwort werden zugelassen',
  'windows.default.guests.refused': 'Standard dieser Edition: abgelehnt',
});
