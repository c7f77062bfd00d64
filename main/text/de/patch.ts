import type { PatchMessages } from '../../model/messages/patch';
import { textsOf } from '../texts';

export const patch = textsOf<PatchMessages>()({
  'patch.no-catalogue': 'Es gibt keinen Katalog der Sicherheitslücken.',
  'patch.empty-catalogue': 'Der Katalog der Sicherheitslücken enthält keinen veröffentlichten Eintrag.',
  'patch.clock-behind':
    'Die Uhr dieses PCs steht auf einem Tag vor dem neuesten Eintrag des Katalogs ({day}): Sein Alter lässt sich nicht bestimmen.',
  'patch.too-old':
    'Der Katalog ist zu alt: Sein neuester Eintrag ist vom {day}, vor {days} Tagen. Später veröffentlichte Sicherheitslücken fehlen darin.',
  'patch.reach-unknown':
    'Breakwater weiß nicht, wie diese Sicherheitslücke erreicht wird, und damit auch nicht, ob ein Schutzschild hilft: Lesen Sie den Eintrag.',
  'patch.server-of-no-package': 'es gibt hier einen SMB-Server, der aus keinem Paket dieser Distribution stammt',
  'patch.server-unread': 'ob es hier einen SMB-Server gibt, der aus keinem Paket stammt, ist nicht bekannt: {why}',
  'patch.feature.nobody-waits': 'An TCP 445 und 139 dieses PCs wartet niemand.',
  'patch.feature.no-ksmbd': 'Der SMB-Server des Kernels, ksmbd, ist weder geladen noch eingerichtet.',
  'patch.feature.no-fruit': 'Keine Freigabe von Samba lädt vfs_fruit ({from}).',
  'patch.feature.samba-no-controller': 'Samba ist hier kein Domänencontroller ({from}).',
  'patch.feature.smb1-not-installed': 'SMBv1 ist nicht installiert ({from}).',
  'patch.feature.smb1-off':
    'SMBv1 ist abgeschaltet ({from}); das gilt, sobald der Serverdienst oder der PC danach neu gestartet wurde.',
  'patch.feature.smb2-off':
    'SMBv2 ist abgeschaltet ({from}); das gilt, sobald der Serverdienst oder der PC danach neu gestartet wurde.',
  'patch.feature.spooler-off':
    'Die Druckerwarteschlange ist deaktiviert ({from}); sie kann laufen, bis sie beendet oder der PC neu gestartet wird.',
  'patch.feature.no-controller': 'Es ist kein Domänencontroller ({from}).',
  'patch.feature.compression-off': 'Die SMB-Komprimierung ist auf dem Server aus ({from}).',
  'patch.feature.described.smb1-on': 'SMBv1 ist ein.',
  'patch.feature.described.smb1-off': 'SMBv1 ist aus.',
  'patch.feature.described.smb-server-on': 'Der SMB-Server ist ein.',
  'patch.feature.described.smb-server-off': 'Der SMB-Server ist aus.',
  'patch.feature.described.smb-compression-on': 'Die SMB-Komprimierung ist ein.',
  'patch.feature.described.smb-compression-off': 'Die SMB-Komprimierung ist aus.',
  'patch.described.not-told': 'die Beschreibung sagt es nicht',
  'patch.described.says-so': 'die Beschreibung sagt es',
  'patch.described.no-packages': 'die Beschreibung führt keine Pakete auf',
  'patch.described.several': 'die Beschreibung nennt mehrere',
  'patch.described.older-may-run': 'ein Neustart steht aus, daher kann ein älterer laufen als der des Pakets',
  'patch.described.no-json':
    'es ist kein JSON ({why}); geben Sie {{"os": "windows", "build": "10.0.19045.3086"}, {{"os": "linux", "distro": "debian", "release": "12", "packages": {{...}} oder die gespeicherte Ausgabe von "ver" und "systeminfo" an',
  'patch.described.os': '"os" muss "windows" oder "linux" sein',
  'patch.described.field': '"{field}": {why}',
  'patch.not-judged': 'Nach dem Katalog der Sicherheitslücken lässt sich nicht urteilen: {why}',
});
