// The advisories page: the catalogue's age, how far the attacks are along, and every advisory with this PC's verdict.
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { standingOf } from '../../renderer/advisories/attack-course';
import { patches } from './fake-advisories';
import { at, fakeDoorway, report, shownPatch } from './fake-doorway';
import { button, focused, maySee, meanwhile, openWindow, see } from './open-window';

async function atAdvisories(patch: keyof typeof patches | null = 'missing') {
  const doorway = fakeDoorway({}, report({ patch: patch && patches[patch] }));
  const opened = await openWindow(doorway);
  await opened.user.click(button('Advisories'));
  return opened;
}

const list = (): HTMLElement => screen.getByRole('list', { name: 'Advisories' });
const texts = (name: string): readonly (string | null)[] =>
  within(screen.getByRole('list', { name }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

describe('the advisories page', () => {
  it('says how old the catalogue is, and where newer records came from', async () => {
    await atAdvisories();
    expect(see('45 advisories, up to 30 Jul 2026 (6 days ago).')).toBeTruthy();
    expect(await screen.findByText('Newer records were taken in from records.json, 31 Jul 2026.')).toBeTruthy();
    expect(maySee(/too old to trust/)).toBeNull();
  });

  it('says that it is too old to trust, and how it gets newer', async () => {
    await atAdvisories('old');
    expect(see('The catalogue is too old to trust: its newest record is 90 days old.')).toBeTruthy();
    expect(see('breakwater advisories update FOLDER-OR-ADDRESS')).toBeTruthy();
    expect(button('Take in newer records from a file')).toBeTruthy();
  });

  it('takes in newer records that somebody chose, tells what became of them, and judges by them', async () => {
    const { doorway, user } = await atAdvisories();
    const refused = [{ name: 'CVE-2026-1.json', why: 'it is no CVE record' }];
    doorway.answer('advisories:update', async () => ({
      kind: 'taken',
      added: 3,
      replaced: 1,
      kept: 40,
      refused,
      moreRefused: 2,
    }));
    doorway.answer('patch:check', async () => ({ at, facts: {}, patch: shownPatch(patches.patched) }));
    await user.click(button('Take in newer records from a file'));
    expect(screen.getByRole('alert').textContent).toBe(
      '3 records added, 1 replaced, 40 as new already.Refused: CVE-2026-1.json: it is no CVE recordAnd 2 more records refused.',
    );
    expect(see(/^Vulnerable to 0, /)).toBeTruthy();
  });

  it('says why records were not taken in, and stays silent where none were chosen', async () => {
    const { doorway, user } = await atAdvisories();
    await user.click(button('Take in newer records from a file'));
    expect(screen.queryByRole('alert')).toBeNull();
    doorway.answer('advisories:update', async () => ({ kind: 'refused', why: 'the file holds no records.' }));
    await user.click(button('Take in newer records from a file'));
    expect(screen.getByRole('alert').textContent).toBe('Nothing was changed: the file holds no records.');
    expect(doorway.calls.map(({ name }) => name)).not.toContain('patch:check');
  });

  it('says that the clock is wrong where the catalogue is newer than the PC', async () => {
    await atAdvisories('ahead');
    expect(see("45 advisories, up to 30 Jul 2026. This PC's clock is earlier than that.")).toBeTruthy();
  });

  it('without a catalogue says why, and shows no list', async () => {
    await atAdvisories('none');
    expect(see('There is no catalogue of advisories: it is damaged.')).toBeTruthy();
    expect(screen.queryByRole('list', { name: 'Advisories' })).toBeNull();
  });

  it('says that nothing was judged, and looks again when asked', async () => {
    const { doorway, user } = await atAdvisories(null);
    expect(see('Whether this PC is patched could not be judged.')).toBeTruthy();
    await user.click(button('Look again'));
    expect(doorway.calls.at(-1)?.name).toBe('patch:check');
  });

  it('shows the verdict on each with the reason, what to install and that it is exploited', async () => {
    await atAdvisories();
    const [first] = within(await screen.findByRole('list', { name: 'Advisories' })).getAllByRole('listitem');
    expect(first?.textContent).toMatch(
      /^VulnerableCVE-2020-0796: The hole CVE-2020-0796Samba 2:4\.17\.9 is installed\.Install: samba 2:4\.17\.12 or later\.Known to be exploited\./,
    );
    expect(first?.textContent).toContain('A shield shuts this way.');
    expect(first?.textContent).toContain(
      "Known to be exploited (in CISA's catalogue since 10 Feb 2022). The deadline for US agencies to mend it: 10 Aug 2022. Used by ransomware.",
    );
  });

  it('opens the sources of an advisory in the browser', async () => {
    const { doorway, user } = await atAdvisories();
    await screen.findByRole('list', { name: 'Advisories' });
    await user.click(screen.getAllByText('More about it')[0]!);
    await user.click(button('Read more: CVE-2020-0796'));
    expect(doorway.calls.at(-1)).toEqual({
      name: 'app:open-reference',
      args: ['https://www.cve.org/CVERecord?id=CVE-2020-0796'],
    });
  });

  it('can be searched, by verdict too, and turned page by page', async () => {
    const { user } = await atAdvisories();
    expect(await screen.findByText('45 of 45 advisories shown.')).toBeTruthy();
    await user.click(button('Later ones'));
    expect(focused()).toBe('21 to 40 of 45');
    await user.type(screen.getByLabelText('Search the advisories'), 'VULNERABLE exploited');
    expect(await screen.findByText('1 of 45 advisories shown.')).toBeTruthy();
    expect(list().textContent).toContain('CVE-2020-0796');
    await user.type(screen.getByLabelText('Search the advisories'), ' nothing');
    expect(await screen.findByText('No advisory contains this text.')).toBeTruthy();
  });

  it('shows another verdict as soon as the PC was looked at again', async () => {
    const { doorway } = await atAdvisories();
    await screen.findByRole('list', { name: 'Advisories' });
    await meanwhile(() => doorway.emit('pc:patch', shownPatch(patches.patched)));
    expect(await screen.findByText(/^Vulnerable to 0, not known of 0, patched against 45/)).toBeTruthy();
  });
});

describe('the picture of the course', () => {
  it('of all: how many have come this far, and how many of those are open here', async () => {
    await atAdvisories();
    expect(texts('How far the attacks are along')).toEqual([
      'Hole found0 holes',
      'Patch out0 holes',
      'Patch taken apartno record tells',
      'Exploit code0 holes',
      'Scanning0 holes',
      'Mass attack1 hole, 1 open here',
    ]);
  });

  it('of one: when each step was, what must have been, and what is not known of', async () => {
    await atAdvisories();
    await screen.findByRole('list', { name: 'Advisories' });
    expect(texts('How far the attack on CVE-2020-0796 is along')).toEqual([
      'Hole found10 Mar 2020',
      'Patch out12 Mar 2020',
      'Patch taken apartpassed',
      'Exploit codepassed',
      'Scanningpassed',
      'Mass attackexploited, known since 10 Feb 2022',
    ]);
    expect(texts('How far the attack on CVE-2023-1000 is along')[5]).toBe('Mass attacknot known of');
  });

  it.each([
    [[], null, ['ahead', 'ahead', 'ahead', 'ahead', 'ahead', 'ahead']],
    [[], 'published', ['told', 'ahead', 'ahead', 'ahead', 'ahead', 'ahead']],
    [['patch-out'], 'patch-out', ['passed', 'told', 'possible', 'ahead', 'ahead', 'ahead']],
    [['patch-out'], 'exploit-public', ['passed', 'told', 'passed', 'told', 'ahead', 'ahead']],
    [['published', 'scanning-seen'], null, ['told', 'passed', 'passed', 'passed', 'told', 'ahead']],
  ] as const)('of %j, furthest %s: %j', (told, stage, states) => {
    const course = told.map((one) => ({ stage: one, date: null, source: 'https://example.org' }));
    expect(standingOf(course, stage).map(({ state }) => state)).toEqual(states);
  });

  it('takes the earliest date where several records tell of one step', () => {
    const event = (date: string | null) => ({ stage: 'patch-out', date, source: 'https://example.org' }) as const;
    const dates = [event(null), event('2020-03-14'), event('2020-03-12')];
    expect(standingOf(dates, null)[1]?.date).toBe('2020-03-12');
  });
});
