import type { PlanMessages } from '../../model/messages/plan';
import { textsOf } from '../texts';

export const plan = textsOf<PlanMessages>()({
  'plan.up-already': 'This shield is up already: nothing needs to change.',
  'plan.none-up': 'No shield is up: nothing needs to change.',
  'plan.lift.as-before':
    'The file-sharing door is as it was before the shield: your other firewall rules decide again who may come in.',
  'plan.lift.only-ours': 'Only rules with our mark are taken away; every other rule stays as it is.',
  'plan.lift.exposed': 'If this PC has not been patched, it can be attacked again from the moment the shield is down.',
  'plan.shield.nobody-connects':
    "Nobody else can open a connection to this PC's shared files and printers (TCP 445 and 139, UDP 137 and 138), over IPv4 or IPv6.",
  'plan.shield.no-exceptions': 'There are no exceptions.',
  'plan.shield.exceptions': 'These may still connect, where your other rules let them: {allowed:commas}.',
  'plan.shield.nothing-serves':
    "Nobody can use this PC's shared files and printers, as nothing serves them any more. Firewall rules would have no effect here, so none are put up, and there can be no exceptions.",
  'plan.shield.own-files':
    'Programs on this PC reach its own files as before. Traffic that only passes through (containers, virtual machines) is left alone.',
  'plan.shield.outbound':
    "This PC can't open SMB connections to the Internet; file servers in local networks stay reachable.",
  'plan.shield.uses-others': "This PC can use other PCs' shared files as before.",
  'plan.shield.keeper':
    'A keeper looks after it ({schedule}): it puts the rules back when something wiped them or the PC was restarted.',
  'plan.shield.take-away': 'You can take it away at any time with "Lift"; everything else stays as it is.',
  'plan.sessions.cut': 'Connections open right now are cut unless they are exceptions: {who}. Ask them to save first.',
  'plan.sessions.stay':
    'Connections open right now stay open until their end: {who}. To end them, start the Server service anew, or the PC.',
  'plan.sessions.not-known': "Whether somebody is using this PC's shared files right now is not known.",
  'plan.sessions.go-on': "Everybody who is using this PC's shared files right now may go on.",
  'plan.sessions.none': "Nobody is using this PC's shared files right now, as far as can be seen.",
  'plan.end.at': 'It ends by itself at {at:time}, or when you lift it.',
  'plan.end.at-or-patched':
    'It ends by itself at {at:time} or once this PC is patched for {reason}, whichever comes first, or when you lift it.',
  'plan.end.warned': 'From {at:time} on Breakwater warns; the shield stays up until you lift it.',
  'plan.end.patched-or-warned':
    'It is lifted by itself once this PC is patched for {reason}. Where that is not so at {at:time}, Breakwater warns, and the shield stays up until then or until you lift it.',
  'plan.end.by-hand': 'It stays until you lift it.',
  'plan.end.patched': 'It is lifted by itself once this PC is patched for {reason}, or when you lift it.',
  'plan.warning.damaged': 'A shield that should be up is damaged; this puts it up anew.',
  'plan.warning.no-keeper': 'Nothing can look after the shield on this PC: {why}.',
  'plan.warning.no-keeper-nor-restart':
    'Nothing can look after the shield on this PC: {why}. It does not outlive a restart: put it up again after one.',
  'plan.warning.nftables-service':
    'Restarting or reloading nftables.service wipes all rules, the shield too. Put it up again after that.',
  'plan.warning.nothing-lifts': 'Nothing lifts it when the patch is in: do that yourself.',
  'plan.warning.no-reason':
    "No advisory is named as the reason, so Breakwater can't tell when the patch is in: the shield stays until you lift it.",
  'plan.warning.not-in-catalogue-stays':
    'The catalogue of advisories has no {reason}, so Breakwater can\'t tell when the patch is in: the shield stays until you lift it. For the number of a ticket that is as it should be; an advisory comes with "breakwater advisories update".',
  'plan.warning.not-in-catalogue':
    'The catalogue of advisories has no {reason}, so Breakwater can\'t tell when the patch is in. For the number of a ticket that is as it should be; an advisory comes with "breakwater advisories update".',
  'plan.warning.patched':
    'This PC is patched for {reason} already: the keeper lifts the shield at its first look. {because}',
  'plan.warning.not-affected':
    'This PC is not affected by {reason}, so there is no patch that would end the shield. {because}',
  'plan.warning.unknown':
    "Whether this PC is patched for {reason} can't be told now; while that is so, no patch ends the shield. {because}",
});
