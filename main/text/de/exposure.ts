import type { ExposureMessages } from '../../model/messages/exposure';
import { textsOf } from '../texts';

export const exposure = textsOf<ExposureMessages>()({
  'exposure.nobody-listens':
    'Kein Programm auf diesem PC wartet auf Dateifreigabe-Verbindungen (TCP 445 und 139) von außen.',
  'exposure.listeners-unknown': 'Welche Programme auf Verbindungen warten, ist nicht bekannt: {why}',
  'exposure.addresses-unknown': 'Die Adressen dieses PCs sind nicht bekannt: {why}',
  'exposure.shield-whole': 'Unser Schutzschild ist an; seine Regeln wurden eben gelesen und sind vollständig.',
  'exposure.reached-at': 'TCP {ports:each} ist erreichbar unter {addresses:commas}',
  'exposure.open': '{places}, und {who}',
  'exposure.around':
    '{places} über eine andere Netzwerkschnittstelle dieses PCs: Deren Regeln lassen dort einige Adressen ein.',
  'exposure.nobody-let-in':
    'An TCP {ports:each} warten Programme, und die Regeln der Firewall lassen von anderen PCs niemanden ein.',
  'exposure.shield-not-whole':
    'Unser Schutzschild ist aber nicht vollständig; verlassen Sie sich nicht darauf, und schalten Sie ihn neu ein.',
  'exposure.unless-other-rules': '{places}, es sei denn, andere Firewall-Regeln blockieren es: {why:clause}.',
  'exposure.nothing-passed-on': 'Keine Firewall-Regel leitet solche Verbindungen an ein anderes Programm weiter.',
  'exposure.nothing-let-in': 'Die Regeln der Firewall lassen keine solche Verbindung ein, auch nicht zum Weiterleiten.',
  'exposure.could-pass-on':
    'Firewall-Regeln könnten sie noch an einen Container oder ein anderes Programm weiterleiten: {why:clause}.',
  'exposure.may-pass-on':
    'Firewall-Regeln leiten sie womöglich an einen Container oder ein anderes Programm weiter und lassen einige ein.',
  'exposure.not-judged': 'sie ließen sich nicht beurteilen',
  'exposure.part-not-saved': '{what}; speichern mit {save}',
  'exposure.parts-not-saved':
    'die gespeicherten lassen niemanden ein, aber nicht gespeichert wurde, was es sonst könnte: {parts:semicolons}',
  'exposure.who.everybody': 'keine Firewall-Regel hält alle ab',
  'exposure.who.some': 'die Regeln der Firewall lassen einige Adressen ein',
  'exposure.who': '{who}.',
  'exposure.as-far-as-judged': '{who}, soweit sich die Regeln beurteilen lassen.',
  'exposure.program-elsewhere': 'ein Programm an einem anderen Port, durch eine Firewall-Regel',
  'exposure.program-hidden': 'ein Programm, das wir nicht sehen dürfen',
  'exposure.process': '{name} (Prozess {pid})',
});
