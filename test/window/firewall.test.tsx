// The firewall page: who can reach the door, why, and what can't be told; quick with very many rules.
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { rulesOf } from '../../main/app/ipc/rule-pager';
import { verbatim } from '../../main/model/message';
import type { Because, Review, Seen } from '../../preload/contract';
import { doors, facts, fakeDoorway, known, later, outcomes, report, reviews, shown } from './fake-doorway';
import { button, focused, heard, maySee, meanwhile, openWindow, see } from './open-window';

const notAdministrator = facts.ruleset;
const ruleset = known({ kind: 'simulated', shield: null, counted: null } as const);
const withReview = (review: Review | null) => fakeDoorway({}, report({ review }, { ruleset }));

async function atFirewall(doorway = withReview(reviews.partly)) {
  const opened = await openWindow(doorway);
  await opened.user.click(button('Firewall'));
  return opened;
}

const row = (name: RegExp) => within(screen.getByRole('table')).getByRole('row', { name });
const cells = (name: RegExp) =>
  within(row(name))
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);

describe('the picture on the firewall page', () => {
  it('is a table: from each zone to this PC, by connection and family', async () => {
    await atFirewall();
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'Connection',
      'The Internetanybody, anywhere',
      'Other networksbehind a router',
      'This networkno router between',
      'This PCits own programs',
    ]);
    expect(cells(/Wi-Fi wlan0, IPv4/)).toEqual(['Shut', 'Shut', 'Open10.0.0.0/24', 'Open']);
    expect(cells(/Wi-Fi wlan0, IPv6/)).toEqual(['Shut', 'Shut', 'Shutfe80::/64', 'Open']);
    expect(see('Partly open: by these rules some addresses may connect.')).toBeTruthy();
  });

  it.each([
    ['open', 'Open: by these rules everybody may connect.', ['Open', 'Open', 'Open10.0.0.0/24', 'Open']],
    ['closed', 'Shut: by these rules nobody may connect.', ['Shut', 'Shut', 'Shut10.0.0.0/24', 'Open']],
    [
      'unknown',
      "Can't tell: the rules could not be judged.",
      ["Can't tell", "Can't tell", "Can't tell10.0.0.0/24", "Can't tell"],
    ],
  ] as const)('says in words that the door is %s', async (name, sentence, words) => {
    await atFirewall(withReview(reviews[name]));
    expect(see(sentence)).toBeTruthy();
    expect(cells(/Wi-Fi wlan0, IPv4/)).toEqual(words);
  });

  it('says which rules could not be judged, and that they count as letting through', async () => {
    await atFirewall(withReview(reviews.unsure));
    expect(see(/^1 rule could not be judged and is counted as letting through/)).toBeTruthy();
    const list = screen.getByRole('list', { name: 'Rules that could not be judged' });
    expect(within(list).getByText('Counted as letting through')).toBeTruthy();
    expect(within(list).getByText('Not judged: it depends on how many come')).toBeTruthy();
    expect(within(list).getByText('limit rate 5/second drop')).toBeTruthy();
  });
});

describe('the rules under it', () => {
  it("are told in their owner's words first, then as they are written, where, and what would change them", async () => {
    await atFirewall();
    const [first, second] = within(screen.getByRole('list', { name: 'The rules that decide' })).getAllByRole(
      'listitem',
    );
    expect(first?.textContent).toMatch(
      /^Lets inufw allows 445\/tcp from 10\.0\.0\.0\/24ip saddr 10\.0\.0\.0\/24 tcp dport 445 counter acceptIn ip filter ufw-user-input/,
    );
    expect(within(first!).getByText('ufw delete allow from 10.0.0.0/24 to any port 445 proto tcp')).toBeTruthy();
    expect(within(first!).getByRole('button', { name: 'Copy' })).toBeTruthy();
    expect(second?.textContent).toBe('Otherwisepolicy dropIn ip filter INPUT');
  });

  it('without effect are folded away until somebody opens them', async () => {
    const { user } = await atFirewall();
    expect(maySee('ip saddr 10.0.0.9 tcp dport 445 drop')).toBeNull();
    await user.click(see('1 rule without effect: an earlier one decides'));
    expect(see('ip saddr 10.0.0.9 tcp dport 445 drop')).toBeTruthy();
  });

  it('can be searched, the folded ones too', async () => {
    const { user } = await atFirewall();
    expect(see('3 of 3 entries shown.')).toBeTruthy();
    await user.type(screen.getByLabelText('Search the rules'), 'DROP 445');
    expect(await screen.findByText('1 of 3 entries shown.')).toBeTruthy();
    expect(see('ip saddr 10.0.0.9 tcp dport 445 drop')).toBeTruthy();
    await user.type(screen.getByLabelText('Search the rules'), ' 446');
    expect(await screen.findByText('No rule contains this text.')).toBeTruthy();
    await user.clear(screen.getByLabelText('Search the rules'));
    expect(await screen.findByText('3 of 3 entries shown.')).toBeTruthy();
  });
});

describe("all the firewall's rules", () => {
  const beside = {
    rulesetText: 'table ip filter {\n\tchain input {\n\t\ttcp dport 22 accept\n\t}\n}\n',
    rulesetBytecode: '',
    iptablesSave: '*filter\n-A INPUT -p tcp --dport 80 -j ACCEPT\nCOMMIT\n',
    ip6tablesSave: null,
    iptablesLegacy: '',
    ip6tablesLegacy: null,
    ipset: null,
  };
  const json = '{"nftables": [{"table": {"name": "filter"}}, {"rule": {"handle": 4}}, {"rule": {"handle": 5}}]}';
  const read = (more: Partial<typeof beside> | { rulesetText: null }) =>
    ({
      kind: 'nftables',
      whole: true,
      json,
      shieldText: null,
      legacyTables: [],
      beside: { ...beside, ...more },
      torn: false,
    }) as const;

  it('can be read and searched as the tools list them, those about other doors too', async () => {
    const { user } = await atFirewall(
      fakeDoorway({}, report({ review: reviews.closed }, { ruleset: known(read({})) })),
    );
    await user.click(see('All rules as the firewall lists them (6 lines)'));
    expect(see('tcp dport 22 accept')).toBeTruthy();
    expect(see('In nft list ruleset, line 3')).toBeTruthy();
    await user.type(screen.getByLabelText('Search the rules'), 'dport 80');
    expect(await screen.findByText('1 of 7 entries shown.')).toBeTruthy();
    expect(see('-A INPUT -p tcp --dport 80 -j ACCEPT')).toBeTruthy();
  });

  it('are taken from the JSON where nothing else was read', () => {
    const { listed } = rulesOf(reviews.closed, read({ rulesetText: null, iptablesSave: '' } as never));
    expect(listed.map(({ text }) => text)).toEqual(['{"rule": {"handle": 4}}', '{"rule": {"handle": 5}}']);
  });
});

describe('fifty thousand rules', () => {
  const because = Array.from(
    { length: 50_000 },
    (_, index): Because => ({
      effect: index % 2 === 0 ? 'allow' : 'shadowed',
      rule: `ip saddr 10.${index >> 8}.${index & 255}.1 tcp dport 445 accept`,
      where: 'inet filter input',
      says: null,
      advice: index % 2 === 0 ? `nft delete rule inet filter input handle ${index}` : null,
    }),
  );
  const many: Review = { ...reviews.partly, because };

  it('are drawn a page at a time, so that the page stays small', async () => {
    const { user } = await atFirewall(withReview(many));
    const size = () => document.querySelectorAll('*').length;
    expect(see('1 to 50 of 25000')).toBeTruthy();
    expect(size()).toBeLessThan(2500);
    await user.click(see('25000 rules without effect: an earlier one decides'));
    expect(size()).toBeLessThan(4000);
    await user.click(screen.getAllByRole('button', { name: 'Later ones' })[0]!);
    expect(focused()).toBe('51 to 100 of 25000');
    expect(size()).toBeLessThan(4000);
    await user.type(screen.getByLabelText('Search the rules'), '10.195.79.1');
    expect(await screen.findByText('1 of 50000 entries shown.', {}, { timeout: 5000 })).toBeTruthy();
    expect(see('ip saddr 10.195.79.1 tcp dport 445 accept')).toBeTruthy();
  });

  it('cross a page of each list at a time', async () => {
    const { doorway } = await atFirewall(withReview(many));
    const found = await doorway.call('firewall:rules', {
      review: (await doorway.call('pc:inspect')).review!.number,
      text: '',
      first: { deciding: 24_990, unsure: 7, shadowed: 60, listed: 0 },
    });
    expect(found?.counts).toEqual({ deciding: 25_000, unsure: 0, shadowed: 25_000, listed: 0 });
    expect(found?.first).toEqual({ deciding: 24_950, unsure: 0, shadowed: 50, listed: 0 });
    expect(Object.values(found!.pages).map(({ length }) => length)).toEqual([50, 0, 50, 0]);
  });
});

describe('rules that are not known', () => {
  it('may not be read: says so, and offers to look with permission, here', async () => {
    const doorway = fakeDoorway({}, report({ review: null }, { ruleset: notAdministrator }));
    const look = later<{ readonly seen: Seen }>();
    doorway.answer('pc:look', () => look.promise);
    const { user } = await atFirewall(doorway);
    expect(see("The firewall's rules may not be read without permission.")).toBeTruthy();
    expect(see('Only administrators may read the rules of nftables.')).toBeTruthy();
    await user.click(button('Look with permission'));
    await meanwhile(() => doorway.emit('shield:step', 'asking-permission'));
    expect(button('Cancel')).toBeTruthy();
    await meanwhile(() => look.give({ seen: report({ review: reviews.closed }, { ruleset }) }));
    expect(see('Shut: by these rules nobody may connect.')).toBeTruthy();
  });

  it('stay unknown where permission was not given, and the outcome is shown here', async () => {
    const doorway = fakeDoorway({}, report({ review: null }));
    doorway.answer('pc:look', async () => ({ outcome: outcomes['not-permitted'] }));
    const { user } = await atFirewall(doorway);
    await user.click(button('Look with permission'));
    expect(see('No permission')).toBeTruthy();
    await user.click(button('1. Check'));
    expect(maySee('No permission')).toBeNull();
    await user.click(button('Firewall'));
    await user.click(button('OK'));
    expect(button('Look with permission')).toBeTruthy();
  });

  it('could not be read: says why', async () => {
    const failed = { ...facts.ruleset, state: 'failed', why: verbatim('nft is not installed.') } as const;
    await atFirewall(fakeDoorway({}, report({ review: null }, { ruleset: failed })));
    expect(see("The firewall's rules could not be read.")).toBeTruthy();
    expect(see('nft is not installed.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Look with permission' })).toBeNull();
  });

  it('are awaited while they are being read, and shown as soon as they are judged', async () => {
    const doorway = fakeDoorway();
    doorway.answer('pc:inspect', () => new Promise(() => undefined));
    await atFirewall(doorway);
    expect(see("Looking at the firewall's rules.")).toBeTruthy();
    await meanwhile(() => {
      doorway.emitFact('network');
      doorway.emit('pc:review', shown(reviews.open));
    });
    expect(see('Open: by these rules everybody may connect.')).toBeTruthy();
  });

  it('stay as they were told when the end of the check does not tell them again', async () => {
    const doorway = fakeDoorway();
    const inspection = later<Seen>();
    doorway.answer('pc:inspect', () => inspection.promise);
    await atFirewall(doorway);
    await meanwhile(() => {
      doorway.emitFact('network');
      doorway.emit('pc:review', shown(reviews.partly));
    });
    const { review: _, ...rest } = report();
    await meanwhile(() => inspection.give({ ...rest, facts: {} }));
    expect(cells(/Wi-Fi wlan0, IPv4/)).toEqual(['Shut', 'Shut', 'Open10.0.0.0/24', 'Open']);
  });
});

describe('the check', () => {
  it('says from where the door can be reached, and leads to the reasons', async () => {
    const { user } = await openWindow(withReview(reviews.partly));
    expect(see("The firewall's rules let in only your own network: 10.0.0.0/24.")).toBeTruthy();
    await user.click(button('Why? See the firewall'));
    expect(focused()).toBe('Firewall');
    expect(heard()).toMatch(/^Yes\./);
  });

  it('says that it may be fewer where rules could not be judged', async () => {
    await openWindow(withReview(reviews.unsure));
    expect(see(/^It may be fewer/)).toBeTruthy();
  });

  it('says nothing about the rules where nothing waits behind the door, or nothing is known', async () => {
    const nothing = { ...doors.closed, exposures: [] };
    await openWindow(fakeDoorway({}, report({ door: nothing, review: reviews.open })));
    expect(maySee(/^The firewall's rules/)).toBeNull();
  });
});
