// Every sentence of the firewall page, and of the check about who gets in (`words` holds them with all others).
import type { Family, Passage, Review, ShownRule, Zone } from '../../preload/contract';
import { plural } from '../plural';

/** By the firewall's rules alone, whether or not anybody waits behind the door. */
export const reachWords = {
  everybody: "The firewall's rules let everybody in.",
  nobody: "The firewall's rules let nobody in.",
  ownNetwork: (networks: string): string => `The firewall's rules let in only your own network: ${networks}.`,
  addresses: (networks: string): string => `The firewall's rules let in only these addresses: ${networks}.`,
  notInUse: "The firewall's rules let some addresses in, over a connection that has no address now.",
  andMore: (count: number): string => ` and ${count} more`,
  atMost: 'It may be fewer: some rules could not be judged, and count as letting through.',
  why: 'Why? See the firewall',
};

export const firewallWords = {
  lead: "Who may connect to the file-sharing door (TCP 445), by the rules of this PC's firewall.",
  picture: 'From far to near: who gets in',
  connection: 'Connection',
  zone: {
    internet: 'The Internet',
    others: 'Other networks',
    near: 'This network',
    self: 'This PC',
  } satisfies Record<Zone, string>,
  zoneHint: {
    internet: 'anybody, anywhere',
    others: 'behind a router',
    near: 'no router between',
    self: 'its own programs',
  } satisfies Record<Zone, string>,
  passage: {
    open: 'Open',
    some: 'Some addresses',
    shut: 'Shut',
    unknown: "Can't tell",
    none: 'No such network',
  } satisfies Record<Passage, string>,
  family: { ipv4: 'IPv4', ipv6: 'IPv6' } satisfies Record<Family, string>,
  anyOther: 'Any other connection',
  anyOtherHint: 'such as one that is added later',
  profile: { domain: 'domain profile', private: 'private profile', public: 'public profile' },
  addressesMore: (count: number): string => `and ${plural(count, 'more address', 'more addresses')}`,
  networksMore: (count: number): string => `and ${count} more`,
  unaddressed: 'A connection that has no address and lets nobody in is not shown.',
  allLanes: (count: number): string => `Show all ${count} lines`,
  lanesMore: (count: number): string =>
    `And ${plural(count, 'more line', 'more lines')}, which let in less than these.`,
  verdict: {
    open: 'Open: by these rules everybody may connect.',
    partly: 'Partly open: by these rules some addresses may connect.',
    closed: 'Shut: by these rules nobody may connect.',
    unknown: "Can't tell: the rules could not be judged.",
  } satisfies Record<Review['verdict'], string>,
  unsure: (count: number): string =>
    `${plural(count, 'rule', 'rules')} could not be judged and ${count === 1 ? 'is' : 'are'} counted as letting through: the door may be shut further than shown here, never less.`,
  looking: "Looking at the firewall's rules.",
  notPermitted: "The firewall's rules may not be read without permission.",
  failed: "The firewall's rules could not be read.",
  notJudged: "The firewall's rules were read, but not judged.",
  notAsked: "The firewall's rules were not read.",
  why: 'The rules that decide',
  whyLead: 'Breakwater changes none of these. What is advised is for whoever looks after this firewall.',
  unsureTitle: 'Rules that could not be judged',
  shadowed: (count: number): string => `${plural(count, 'rule', 'rules')} without effect: an earlier one decides`,
  listed: (count: number): string => `All rules as the firewall lists them (${plural(count, 'line', 'lines')})`,
  search: 'Search the rules',
  searchHint: 'Shows the rules in which every word stands.',
  searching: 'Looking for the rules.',
  gone: 'These rules are not at hand any more. Check this PC again (step 1) to see them.',
  found: (found: number, all: number): string => `${found} of ${plural(all, 'entry', 'entries')} shown.`,
  nothing: 'No rule contains this text.',
  noRules: 'No rule is about this door.',
  effect: {
    allow: 'Lets in',
    block: 'Turns away',
    default: 'Otherwise',
    shadowed: 'No effect',
    unsure: 'Counted as letting through',
    listed: 'As listed',
  } satisfies Record<ShownRule['effect'], string>,
  where: (where: string): string => `In ${where}`,
  unsureWhy: (why: string): string => `Not judged: ${why}`,
  advice: 'To change it, an administrator can type:',
};
