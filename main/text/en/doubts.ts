import type { DoubtMessages } from '../../model/messages/doubts';
import { textsOf } from '../texts';

export const doubts = textsOf<DoubtMessages>()({
  'doubt.door': 'Whether others can reach the file sharing of this PC.',
  'doubt.fact': '{fact}: {why}',
  'doubt.server-settings': 'How the file server is set: {what}',
  'doubt.smb-answer': 'Not all is known of what {endpoint} speaks.',
  'doubt.smb-answer.problems': '{problems}',
  'doubt.probe-door': 'Whether {host} takes connections to TCP {port}.',
  'doubt.addresses-left-out': 'What {count} more addresses of {host} answer: they were not asked.',
  'doubt.address': 'What {address} answers: it could not be asked.',
  'doubt.nobody-asked': 'What speaks at {address}: nobody was there to ask.',
  'doubt.shield.recorded': 'Whether the rules of the shield on record are in force now.',
  'doubt.shield.interrupted': 'Whether the change that was cut off has taken effect.',
  'doubt.shield.unknown': 'Whether a shield is up.',
  'doubt.advisory': 'Whether it is patched for {id}: {because}',
  'doubt.catalogue-missing': 'The known holes: there is no catalogue of them.',
  'doubt.catalogue-age': "How old the catalogue of known holes is: its newest record is of {day}, by this PC's clock.",
  'doubt.catalogue-age.no-day':
    "How old the catalogue of known holes is: its newest record is of no known day, by this PC's clock.",
  'doubt.catalogue-too-old':
    'Holes published since {day}: the catalogue is too old to trust. Update it with "breakwater advisories update".',
  'doubt.catalogue-incomplete': 'What an update of the catalogue says that is there and can not be used.',
  'doubt.reach': 'Who may connect by the rules of the firewall.',
  'doubt.key-not-saved': 'What {key} holds: it could not be read, and is not saved.',
  'doubt.not-saved': '{fact}, which host.json would hold: {why}',

  'fact.system': 'The operating system',
  'fact.network': "This PC's addresses",
  'fact.listeners': 'Who listens',
  'fact.sessions': 'Open sessions',
  'fact.smb': 'What SMB answers',
  'fact.servers': "The SMB server's settings",
  'fact.managers': 'Other firewall tools',
  'fact.ruleset': "The firewall's rules",
  'fact.patch': 'What decides whether it is patched',
  'fact.journal': 'The record of shields',
  'fact.keeper': 'The last look of the background protection',
});
