// The table of verdicts: a PC, a hole, what has to be said, and the record or rule that says so.
import { describe, expect, it } from 'vitest';
import type { AdvisoryVerdict, PcForPatch } from '../../../main/model/advisory';
import { judgeAdvisory } from '../../../main/patch/judge/judge';
import { bundledCatalogue, debian, linux, pcLike, server, windows } from './bundled';

const catalogue = bundledCatalogue();

type Row = readonly [PcForPatch, string, AdvisoryVerdict['state'], string | null, string];

function judged(pc: PcForPatch, id: string): AdvisoryVerdict {
  const verdict = judgeAdvisory(catalogue, id, pc);
  if (!verdict) throw new Error(`no ${id}`);
  return verdict;
}

/** PC, hole, state, fixed in, source. */
const rows: Readonly<Record<string, readonly Row[]>> = {
  'Windows, by the entry of the exact build': [
    [windows('18362.700'), 'CVE-2020-0796', 'vulnerable', '10.0.18362.720', 'supplement: KB4551762'],
    [windows('18362.719'), 'CVE-2020-0796', 'vulnerable', '10.0.18362.720', 'supplement: KB4551762'],
    [windows('18362.720'), 'CVE-2020-0796', 'patched', '10.0.18362.720', 'supplement: KB4551762'],
    [windows('18363.720'), 'CVE-2020-0796', 'patched', '10.0.18363.720', 'supplement: KB4551762'],
    [windows('18363.1556'), 'CVE-2020-0796', 'patched', '10.0.18363.720', 'supplement: KB4551762'],
    [windows('17763.1'), 'CVE-2020-0796', 'not-affected', null, 'published record: 1903 and 1909 only'],
    [windows('19041.1'), 'CVE-2020-0796', 'not-affected', null, 'published record: 1903 and 1909 only'],
    [
      pcLike({ os: 'windows', build: '6.1.7601.24000' }),
      'CVE-2020-0796',
      'not-affected',
      null,
      'published record: 1903 and 1909 only',
    ],
    [windows('19045.3086'), 'CVE-2025-33073', 'vulnerable', '10.0.19045.5965', 'CVE-2025-33073'],
    [windows('19045.5964'), 'CVE-2025-33073', 'vulnerable', '10.0.19045.5965', 'CVE-2025-33073'],
    [windows('19045.5965'), 'CVE-2025-33073', 'patched', '10.0.19045.5965', 'CVE-2025-33073'],
    [
      windows('22631.5472'),
      'CVE-2025-33073',
      'patched',
      '10.0.22631.5472',
      'CVE-2025-33073 ("Windows 11 Version 23H2")',
    ],
    [
      windows('22631.5471', { arch: 'arm64' }),
      'CVE-2025-33073',
      'vulnerable',
      '10.0.22631.5472',
      'CVE-2025-33073 ("version 22H3")',
    ],
    [windows('26200.4349'), 'CVE-2025-33073', 'not-affected', null, 'CVE-2025-33073: 25H2 came out fixed'],
    [windows('26200.4348'), 'CVE-2025-33073', 'unknown', null, 'a preview of 25H2, older than the fix of 24H2'],
    [windows('26200.6899'), 'CVE-2025-58726', 'patched', '10.0.26200.6899', 'CVE-2025-58726'],
    [windows('26200.6898'), 'CVE-2025-58726', 'vulnerable', '10.0.26200.6899', 'CVE-2025-58726'],
    [windows('22000.856'), 'CVE-2022-35804', 'patched', '10.0.22000.856', 'CVE-2022-35804'],
    [windows('22000.855'), 'CVE-2022-35804', 'vulnerable', '10.0.22000.856', 'CVE-2022-35804'],
    [windows('19045.1'), 'CVE-2022-35804', 'not-affected', null, 'CVE-2022-35804: 21H2 only'],
    [windows('17763.2028'), 'CVE-2021-34527', 'vulnerable', '10.0.17763.2029', 'CVE-2021-34527 (from "10.0.0")'],
    [windows('17763.2029'), 'CVE-2021-34527', 'patched', '10.0.17763.2029', 'CVE-2021-34527'],
    // From "10.0.0" on to less than 10.0.17763.2029: within this build only, whatever the numbers of others are.
    [windows('14393.9999'), 'CVE-2021-34527', 'patched', '10.0.14393.4470', 'CVE-2021-34527'],
    [windows('22621.673'), 'CVE-2021-34527', 'vulnerable', '10.0.22621.674', 'CVE-2021-34527'],
    [windows('10240.17319'), 'CVE-2017-0144', 'patched', '10.0.10240.17319', 'supplement: KB4012606'],
    [windows('10586.838'), 'CVE-2017-0145', 'vulnerable', '10.0.10586.839', 'supplement: KB4013198'],
    [windows('14393.953'), 'CVE-2017-0143', 'patched', '10.0.14393.953', 'supplement: KB4013429'],
    [windows('14393.952'), 'CVE-2017-0148', 'vulnerable', '10.0.14393.953', 'supplement: KB4013429'],
    [windows('15063.0'), 'CVE-2017-0144', 'not-affected', null, 'published record: up to 1607'],
    [windows('26100.1'), 'CVE-2017-0147', 'not-affected', null, 'published record: up to 1607'],
    [
      windows('19044.1645', { arch: 'x64' }),
      'CVE-2022-24500',
      'patched',
      '10.0.19044.1645',
      'CVE-2022-24500 (its platforms leave x64 out)',
    ],
    [windows('19045.1'), 'CVE-2008-4250', 'not-affected', null, 'MS08-067, years before Windows 10'],
  ],
  'Windows servers': [
    [server('20348.3806'), 'CVE-2025-33073', 'vulnerable', '10.0.20348.3807', 'CVE-2025-33073'],
    [server('20348.3807'), 'CVE-2025-33073', 'patched', '10.0.20348.3807', 'CVE-2025-33073'],
    [
      server('17763.7434', { installationType: 'Server Core' }),
      'CVE-2025-33073',
      'patched',
      '10.0.17763.7434',
      'CVE-2025-33073',
    ],
    [
      server('25398.1250', { installationType: 'Server Core' }),
      'CVE-2024-43642',
      'vulnerable',
      '10.0.25398.1251',
      'CVE-2024-43642',
    ],
    [server('14393.6084'), 'CVE-2022-38023', 'vulnerable', '10.0.14393.6085', 'CVE-2022-38023'],
    [windows('14393.1'), 'CVE-2022-38023', 'not-affected', null, 'CVE-2022-38023: domain controllers only'],
    [windows('19045.1'), 'CVE-2020-1472', 'not-affected', null, 'CVE-2020-1472: domain controllers only'],
    [server('17763.1'), 'CVE-2020-1472', 'unknown', null, 'CVE-2020-1472: "publication" instead of versions'],
    [server('20348.1'), 'CVE-2020-1472', 'not-affected', null, 'supplement: servers up to 20H2'],
    // Two numbers for one build: one for the hotpatch's baseline, one for all.
    [
      server('20348.950', { edition: 'ServerTurbine' }),
      'CVE-2022-37958',
      'unknown',
      '10.0.20348.1006',
      'CVE-2022-37958',
    ],
    [server('20348.900'), 'CVE-2022-37958', 'vulnerable', '10.0.20348.1006', 'CVE-2022-37958'],
    [server('20348.1006'), 'CVE-2022-37958', 'patched', '10.0.20348.1006', 'CVE-2022-37958'],
  ],
  'Windows, where it can not be told': [
    [windows('18362.959'), 'CVE-2020-1206', 'unknown', null, 'CVE-2020-1206: no versions'],
    [windows('19042.1'), 'CVE-2020-1206', 'not-affected', null, 'CVE-2020-1206: up to 2004'],
    [windows('18362.1'), 'CVE-2025-33073', 'unknown', null, 'served no more when it came out'],
    [windows('22000.1'), 'CVE-2025-58726', 'unknown', null, 'served no more when it came out'],
    [windows('17763.1'), 'CVE-2024-43642', 'not-affected', null, 'CVE-2024-43642: served then, and not named'],
    [windows('27934.1000'), 'CVE-2025-33073', 'unknown', null, 'a preview build'],
    [windows('26120.4000'), 'CVE-2025-58726', 'unknown', null, 'a preview build'],
    [windows('26100.9999', { preview: true }), 'CVE-2025-58726', 'unknown', null, 'a preview build'],
    [
      pcLike({ os: 'windows', build: '10.0.19045' }),
      'CVE-2025-33073',
      'unknown',
      '10.0.19045.5965',
      'no update number',
    ],
    [
      windows('19045.6000', { restartPending: true }),
      'CVE-2025-33073',
      'unknown',
      '10.0.19045.5965',
      'windows.md 8: a pending restart',
    ],
    [
      windows('19045.5000', { restartPending: true }),
      'CVE-2025-33073',
      'vulnerable',
      '10.0.19045.5965',
      'windows.md 8',
    ],
    [windows('19045.6000', { restartPending: false }), 'CVE-2025-33073', 'patched', '10.0.19045.5965', 'windows.md 8'],
    [server('26100.6500'), 'CVE-2025-55234', 'unknown', '10.0.26100.6584', 'Server 2025 may be hotpatched'],
    [
      windows('26100.6500', { edition: 'Enterprise' }),
      'CVE-2025-55234',
      'unknown',
      '10.0.26100.6584',
      '11 Enterprise 24H2 may be hotpatched',
    ],
    [windows('26100.6500'), 'CVE-2025-55234', 'vulnerable', '10.0.26100.6584', 'Pro can not be hotpatched'],
    [
      pcLike({ os: 'windows', build: '10.0.26100.6500', installationType: 'Client' }),
      'CVE-2025-55234',
      'unknown',
      '10.0.26100.6584',
      'edition not told',
    ],
    [
      windows('26100.6500', { edition: 'Enterprise', hotpatch: false }),
      'CVE-2025-55234',
      'vulnerable',
      '10.0.26100.6584',
      'not set up for it',
    ],
    [server('26100.6898'), 'CVE-2025-58726', 'unknown', '10.0.26100.6899', 'Server 2025 may be hotpatched'],
    [server('26100.4651'), 'CVE-2025-58726', 'vulnerable', '10.0.26100.6899', 'below the baseline of July'],
    [server('26100.1'), 'CVE-2025-55234', 'vulnerable', '10.0.26100.6584', 'below the baseline of July'],
    [
      server('20348.4000', { edition: 'ServerTurbine' }),
      'CVE-2025-55234',
      'unknown',
      '10.0.20348.4171',
      'Azure Edition may be hotpatched',
    ],
    [server('20348.4000'), 'CVE-2025-55234', 'vulnerable', '10.0.20348.4171', 'Standard can not be hotpatched'],
    [server('26100.6584'), 'CVE-2025-55234', 'patched', '10.0.26100.6584', 'CVE-2025-55234'],
    [windows('19045.1'), 'CVE-2023-23397', 'unknown', null, 'CVE-2023-23397: Outlook'],
    [pcLike({ os: 'windows', build: '6.1.7601.27769' }), 'CVE-2025-33073', 'unknown', null, 'windows.md 8: below 10'],
    [
      pcLike({ os: 'windows', build: '6.1.7601.24000', updates: ['KB4012215'] }),
      'CVE-2017-0144',
      'patched',
      null,
      'MS17-010',
    ],
    [
      pcLike({ os: 'windows', build: '6.1.7601.24000', updates: ['KB4012216'] }),
      'CVE-2017-0144',
      'unknown',
      null,
      "MS17-010: another Windows' update",
    ],
    [
      pcLike({ os: 'windows', build: '6.1.7601.24000' }),
      'CVE-2017-0144',
      'unknown',
      null,
      'MS17-010: updates not read',
    ],
    [pcLike({ os: 'windows', build: '5.1.2600', updates: ['KB958644'] }), 'CVE-2008-4250', 'patched', null, 'MS08-067'],
    [pcLike({ os: 'windows', build: '6.0.6002', updates: ['KB975517'] }), 'CVE-2009-3103', 'patched', null, 'MS09-050'],
    [
      pcLike({ os: 'windows', build: '5.1.2600' }),
      'CVE-2009-3103',
      'not-affected',
      null,
      'MS09-050: no SMB2 before Vista',
    ],
  ],
  'Debian, by source version within the release': [
    [
      debian('12', '2:4.17.12+dfsg-0+deb12u1'),
      'CVE-2023-3961',
      'patched',
      '2:4.17.12+dfsg-0+deb12u1',
      "Debian's changelog",
    ],
    [
      debian('12', '2:4.17.12+dfsg-0+deb12u1+b1'),
      'CVE-2023-3961',
      'patched',
      '2:4.17.12+dfsg-0+deb12u1',
      'a binNMU is the same source',
    ],
    [
      debian('12', '2:4.17.12+dfsg-0+deb12u1~bpo11+1'),
      'CVE-2023-3961',
      'vulnerable',
      '2:4.17.12+dfsg-0+deb12u1',
      'deb-version(7): ~',
    ],
    [
      debian('12', '2:4.17.10+dfsg-0+deb12u1'),
      'CVE-2023-3961',
      'vulnerable',
      '2:4.17.12+dfsg-0+deb12u1',
      "Debian's changelog",
    ],
    [
      debian('12', '4.17.12+dfsg-0+deb12u1'),
      'CVE-2023-3961',
      'vulnerable',
      '2:4.17.12+dfsg-0+deb12u1',
      'deb-version(7): the epoch',
    ],
    [
      debian('12', '2:4.17.9+dfsg-0+deb12u3'),
      'CVE-2023-34966',
      'vulnerable',
      '2:4.17.10+dfsg-0+deb12u1',
      "Debian's changelog",
    ],
    [
      debian('12', '2:4.17.12+dfsg-0+deb12u2'),
      'CVE-2025-10230',
      'vulnerable',
      '2:4.17.12+dfsg-0+deb12u3',
      "Debian's changelog",
    ],
    [
      debian('12', '2:4.17.12+dfsg-0+deb12u4'),
      'CVE-2026-4480',
      'patched',
      '2:4.17.12+dfsg-0+deb12u4',
      "Debian's changelog",
    ],
    [debian('12', '2:4.17.12+dfsg-0+deb12u1'), 'CVE-2021-44142', 'patched', '2:4.16.0+dfsg-2', "Debian's tracker"],
    [
      debian('11', '2:4.13.13+dfsg-1~deb11u2'),
      'CVE-2021-44142',
      'vulnerable',
      '2:4.13.13+dfsg-1~deb11u3',
      'DSA-5071-1',
    ],
    [debian('11', '2:4.13.13+dfsg-1~deb11u3'), 'CVE-2021-44142', 'patched', '2:4.13.13+dfsg-1~deb11u3', 'DSA-5071-1'],
    // What is fixed in the next release is not fixed in this one.
    [debian('10', '2:4.9.5+dfsg-5+deb10u5'), 'CVE-2026-4480', 'unknown', null, 'no record of Debian 10'],
    [debian('11', '2:4.13.13+dfsg-1~deb11u8'), 'CVE-2022-38023', 'vulnerable', null, "Debian's tracker: ignored in 11"],
    [debian('11', '2:4.13.13+dfsg-1~deb11u8'), 'CVE-2023-3961', 'not-affected', null, "Debian's tracker: not in 11"],
    [
      debian('13', '2:4.22.8+dfsg-0+deb13u2'),
      'CVE-2026-4480',
      'patched',
      '2:4.22.8+dfsg-0+deb13u2',
      "Debian's changelog",
    ],
    [debian('14', '2:4.24.0+dfsg-1'), 'CVE-2023-3961', 'unknown', null, 'no record of Debian 14'],
    [debian('', '2:4.24.0+dfsg-1'), 'CVE-2023-3961', 'unknown', null, 'testing has no release number'],
    [linux('debian', '12', { samba: null }), 'CVE-2023-3961', 'not-affected', null, 'not installed'],
    [linux('debian', '12', {}), 'CVE-2023-3961', 'unknown', null, 'not told'],
    [pcLike({ os: 'linux', distro: 'debian', release: '12' }), 'CVE-2023-3961', 'unknown', null, 'not told'],
    [
      linux('debian', '12', { smbclient: '2:4.17.7+dfsg-1' }),
      'CVE-2023-3961',
      'vulnerable',
      '2:4.17.12+dfsg-0+deb12u1',
      'built from the same source',
    ],
    [debian('12', 'not a version'), 'CVE-2023-3961', 'unknown', null, 'deb-version(7)'],
    [debian('12', '2:4.17.12+dfsg-0+deb12u4'), 'CVE-2020-0796', 'not-affected', null, 'a hole of Windows'],
    [windows('19045.1'), 'CVE-2023-3961', 'not-affected', null, 'a hole of Samba'],
  ],
  'Ubuntu, Red Hat, AlmaLinux, others': [
    [
      linux('ubuntu', '20.04', { samba: '2:4.13.14+dfsg-0ubuntu0.20.04.4' }),
      'CVE-2021-44142',
      'vulnerable',
      '2:4.13.17~dfsg-0ubuntu0.21.04.1',
      'USN-5260-1',
    ],
    [
      linux('ubuntu', '20.04', { samba: '2:4.13.17~dfsg-0ubuntu0.21.04.1' }),
      'CVE-2021-44142',
      'patched',
      '2:4.13.17~dfsg-0ubuntu0.21.04.1',
      'USN-5260-1',
    ],
    [
      linux('ubuntu', '22.04', { samba: '2:4.15.13+dfsg-0ubuntu1.1' }),
      'CVE-2023-34966',
      'vulnerable',
      '2:4.15.13+dfsg-0ubuntu1.2',
      'USN-6238-1',
    ],
    [
      linux('ubuntu', '22.04', { samba: '2:4.15.13+dfsg-0ubuntu1.10' }),
      'CVE-2023-34966',
      'patched',
      '2:4.15.13+dfsg-0ubuntu1.2',
      'USN-6238-1',
    ],
    [
      linux('ubuntu', '24.04', { samba: '2:4.19.5+dfsg-4ubuntu9' }),
      'CVE-2023-34966',
      'unknown',
      null,
      'USN-6238-1 does not name 24.04',
    ],
    [
      linux('ubuntu', '16.04', { samba: '2:4.3.11+dfsg-0ubuntu0.16.04.34' }),
      'CVE-2021-44142',
      'vulnerable',
      '2:4.3.11+dfsg-0ubuntu0.16.04.34+esm1',
      'UBUNTU-CVE-2021-44142 (Pro)',
    ],
    [
      linux('ubuntu', '16.04', { samba: '2:4.3.11+dfsg-0ubuntu0.16.04.34+esm1' }),
      'CVE-2021-44142',
      'patched',
      '2:4.3.11+dfsg-0ubuntu0.16.04.34+esm1',
      'UBUNTU-CVE-2021-44142 (Pro)',
    ],
    [
      linux('ubuntu', '18.04', { samba: '2:4.7.6+dfsg~ubuntu-0ubuntu2.27' }),
      'CVE-2021-44142',
      'vulnerable',
      '2:4.7.6+dfsg~ubuntu-0ubuntu2.28',
      'UBUNTU-CVE-2021-44142',
    ],
    [
      linux('ubuntu', '22.04', { samba: '2:4.15.9+dfsg-0ubuntu0.3' }),
      'CVE-2022-38023',
      'vulnerable',
      '2:4.15.13+dfsg-0ubuntu1',
      'UBUNTU-CVE-2022-38023',
    ],
    [
      linux('ubuntu', '22.04', { samba: '2:4.15.13+dfsg-0ubuntu1.9' }),
      'CVE-2025-10230',
      'vulnerable',
      '2:4.15.13+dfsg-0ubuntu1.10',
      'UBUNTU-CVE-2025-10230',
    ],
    [
      linux('ubuntu', '24.04', { samba: '2:4.19.5+dfsg-4ubuntu9.3' }),
      'CVE-2025-10230',
      'vulnerable',
      '2:4.19.5+dfsg-4ubuntu9.4',
      'UBUNTU-CVE-2025-10230',
    ],
    [
      linux('ubuntu', '24.04', { samba: '2:4.19.5+dfsg-4ubuntu9.4' }),
      'CVE-2025-10230',
      'patched',
      '2:4.19.5+dfsg-4ubuntu9.4',
      'UBUNTU-CVE-2025-10230',
    ],
    [
      linux('ubuntu', '24.04', { samba: '2:4.19.5+dfsg-4ubuntu9.4' }),
      'CVE-2026-4480',
      'vulnerable',
      '2:4.19.5+dfsg-4ubuntu9.6',
      'UBUNTU-CVE-2026-4480',
    ],
    [
      linux('ubuntu', '24.04', { samba: '2:4.19.5+dfsg-4ubuntu9.6' }),
      'CVE-2026-4408',
      'patched',
      '2:4.19.5+dfsg-4ubuntu9.6',
      'UBUNTU-CVE-2026-4408',
    ],
    [
      linux('ubuntu', '25.10', { samba: '2:4.22.3+dfsg-4ubuntu2.2' }),
      'CVE-2026-4480',
      'vulnerable',
      '2:4.22.3+dfsg-4ubuntu2.4',
      'UBUNTU-CVE-2026-4480',
    ],
    [
      linux('ubuntu', '26.04', { samba: '2:4.23.6+dfsg-1ubuntu2.1' }),
      'CVE-2026-4480',
      'patched',
      '2:4.23.6+dfsg-1ubuntu2.1',
      'UBUNTU-CVE-2026-4480',
    ],
    [
      linux('ubuntu', '20.04', { samba: '2:4.15.13+dfsg-0ubuntu0.20.04.8' }),
      'CVE-2026-4480',
      'vulnerable',
      '2:4.15.13+dfsg-0ubuntu0.20.04.8+esm2',
      'UBUNTU-CVE-2026-4480 (Pro)',
    ],
    [
      linux('ubuntu', '20.04', { samba: '2:4.15.13+dfsg-0ubuntu0.20.04.8+esm2' }),
      'CVE-2026-4480',
      'patched',
      '2:4.15.13+dfsg-0ubuntu0.20.04.8+esm2',
      'UBUNTU-CVE-2026-4480 (Pro)',
    ],
    [
      linux('ubuntu', '20.04', { samba: '2:4.15.13+dfsg-0ubuntu0.20.04.8+esm2' }),
      'CVE-2026-4408',
      'vulnerable',
      null,
      'UBUNTU-CVE-2026-4408: no fix for 20.04',
    ],
    [
      linux('ubuntu', '16.04', { samba: '2:4.3.11+dfsg-0ubuntu0.16.04.7' }),
      'CVE-2017-7494',
      'patched',
      '2:4.3.11+dfsg-0ubuntu0.16.04.7',
      'UBUNTU-CVE-2017-7494',
    ],
    [
      linux('ubuntu', '18.04', { samba: '2:4.7.6+dfsg~ubuntu-0ubuntu2.19' }),
      'CVE-2020-1472',
      'vulnerable',
      '2:4.7.6+dfsg~ubuntu-0ubuntu2.20',
      'UBUNTU-CVE-2020-1472',
    ],
    [
      linux('ubuntu', '24.04', { samba: '2:4.19.5+dfsg-4ubuntu9.6' }),
      'CVE-2017-7494',
      'unknown',
      null,
      'UBUNTU-CVE-2017-7494 does not name 24.04',
    ],
    [
      linux('rhel', '9.3', { samba: '0:4.18.6-100.el9_3' }),
      'CVE-2023-3961',
      'vulnerable',
      '0:4.18.6-101.el9_3',
      'CVE-2023-3961',
    ],
    [
      linux('rhel', '9.3', { samba: '0:4.18.6-101.el9_3' }),
      'CVE-2023-3961',
      'patched',
      '0:4.18.6-101.el9_3',
      'CVE-2023-3961',
    ],
    [linux('rhel', '9.3', { samba: '4.18.6' }), 'CVE-2023-3961', 'unknown', null, 'without its release'],
    [linux('rhel', '9.3', { samba: '4.18.5' }), 'CVE-2023-3961', 'vulnerable', '0:4.18.6-101.el9_3', 'CVE-2023-3961'],
    [
      linux('rhel', '9.2', { samba: '0:4.17.5-104.el9_2' }),
      'CVE-2023-3961',
      'patched',
      '0:4.17.5-104.el9_2',
      'CVE-2023-3961 (9.2 EUS)',
    ],
    [
      linux('rhel', '9.2', { samba: '0:4.17.5-103.el9_2', libsmbclient: '0:4.17.5-104.el9_2' }),
      'CVE-2023-3961',
      'vulnerable',
      '0:4.18.6-101.el9_3',
      'CVE-2023-3961: one package of two is not fixed',
    ],
    [
      linux('rhel', '9.2', { samba: '0:4.17.5-103.el9_2' }),
      'CVE-2023-3961',
      'vulnerable',
      '0:4.18.6-101.el9_3',
      'CVE-2023-3961',
    ],
    [
      linux('rhel', '7.9', { samba: '0:4.10.16-24.el7_9' }),
      'CVE-2023-3961',
      'not-affected',
      null,
      'CVE-2023-3961: 7 is unaffected',
    ],
    [
      linux('rhel', '8.9', { samba: '0:4.18.6-2.el8_9' }),
      'CVE-2023-34966',
      'vulnerable',
      null,
      'CVE-2023-34966: no fix for 8',
    ],
    [
      linux('almalinux', '8.5', { samba: '0:4.14.5-2.el8' }),
      'CVE-2021-44142',
      'vulnerable',
      '4.14.5-9.el8_5',
      'ALSA-2022:0332',
    ],
    [
      linux('almalinux', '8.5', { samba: '0:4.14.5-9.el8_5' }),
      'CVE-2021-44142',
      'patched',
      '4.14.5-9.el8_5',
      'ALSA-2022:0332',
    ],
    [
      linux('almalinux', '8.5', { samba: '1:4.10.0-1.el8' }),
      'CVE-2021-44142',
      'unknown',
      null,
      'ALSA-2022:0332 has no epoch',
    ],
    [
      linux('almalinux', '9.4', { samba: '0:4.19.4-105.el9_4' }),
      'CVE-2021-44142',
      'unknown',
      null,
      'no record of AlmaLinux 9',
    ],
    [
      linux('almalinux', '9.3', { samba: '0:4.18.6-100.el9' }),
      'CVE-2023-3961',
      'vulnerable',
      '4.18.6-101.el9_3.alma.1',
      'ALSA-2023:6744',
    ],
    [
      linux('almalinux', '9.3', { samba: '0:4.18.6-101.el9_3.alma.1' }),
      'CVE-2023-3961',
      'patched',
      '4.18.6-101.el9_3.alma.1',
      'ALSA-2023:6744',
    ],
    [
      linux('almalinux', '8.9', { samba: '0:4.18.6-1.el8' }),
      'CVE-2023-3961',
      'vulnerable',
      '4.18.6-2.el8_9.alma.1',
      'ALSA-2023:7467',
    ],
    [
      linux('almalinux', '9.2', { samba: '0:4.17.5-103.el9_2.alma.1' }),
      'CVE-2023-34966',
      'vulnerable',
      '4.18.6-100.el9',
      'ALSA-2023:6667',
    ],
    [
      linux('almalinux', '8.9', { samba: '0:4.18.6-1.el8' }),
      'CVE-2023-34966',
      'patched',
      '4.18.6-1.el8',
      'ALSA-2023:7139',
    ],
    [
      linux('almalinux', '8.7', { samba: '0:4.16.4-3.el8_7' }),
      'CVE-2022-38023',
      'vulnerable',
      '4.16.4-4.el8_7',
      'ALSA-2023:0838',
    ],
    [
      linux('almalinux', '9.4', { samba: '0:4.19.4-105.el9_4' }),
      'CVE-2022-38023',
      'patched',
      '4.16.4-103.el9_1',
      'ALSA-2023:2127',
    ],
    [linux('raspbian', '12', { samba: '2:4.17.12+dfsg-0+deb12u1' }), 'CVE-2023-3961', 'unknown', null, 'a derivative'],
    [linux('linuxmint', '22', { samba: '2:4.19.5+dfsg-4ubuntu9' }), 'CVE-2023-3961', 'unknown', null, 'a derivative'],
    [linux('arch', '', { samba: '4.19.1' }), 'CVE-2023-3961', 'patched', '4.19.1', "upstream's own version"],
    [linux('arch', '', { samba: '4.18.7' }), 'CVE-2023-3961', 'vulnerable', '4.18.8', "upstream's own version"],
    [linux('arch', '', { samba: '4.16.11' }), 'CVE-2023-3961', 'vulnerable', '4.19.1', 'a branch without a fix'],
    [linux('arch', '', { samba: '4.14.12' }), 'CVE-2021-44142', 'patched', '4.14.12', 'each branch has its own fix'],
    [linux('arch', '', { samba: '4.7.0' }), 'CVE-2017-7494', 'patched', '4.6.4', 'supplement: later than all branches'],
    [
      linux('arch', '', { samba: '4.22.5' }),
      'CVE-2025-10230',
      'unknown',
      null,
      'the record contradicts itself (4.22.0 to 4.21.5)',
    ],
    [linux('arch', '', { samba: '4.19.1-1' }), 'CVE-2023-3961', 'unknown', null, "not upstream's own version"],
  ],
  "the kernel's own server": [
    [linux('debian', '12', { linux: '6.1.36-1' }), 'CVE-2023-32250', 'vulnerable', '6.1.37-1', "Debian's changelog"],
    [linux('debian', '12', { linux: '6.1.37-1' }), 'CVE-2023-32250', 'patched', '6.1.37-1', "Debian's changelog"],
    [linux('debian', '12', { linux: '6.1.158-1' }), 'CVE-2025-37899', 'vulnerable', '6.1.159-1', "Debian's changelog"],
    [
      linux('debian', '11', { linux: '5.10.262-1' }),
      'CVE-2022-47939',
      'not-affected',
      null,
      "Debian's tracker: not present",
    ],
    [
      linux('debian', '11', { linux: '5.10.262-1' }),
      'CVE-2025-37899',
      'not-affected',
      null,
      "Debian's tracker: not in 11",
    ],
    [
      linux('debian', '11', { 'linux-6.1': '6.1.158-1~deb11u1' }),
      'CVE-2025-37899',
      'vulnerable',
      '6.1.159-1~deb11u1',
      'DLA-4436-1',
    ],
    [linux('debian', '10', { linux: '4.19.316-1' }), 'CVE-2025-37899', 'unknown', null, 'no record of Debian 10'],
    [linux('debian', '13', { linux: '6.12.29-1' }), 'CVE-2025-37899', 'patched', '6.12.29-1', "Debian's tracker"],
    [linux('debian', '13', { linux: '6.12.29-1' }), 'CVE-2023-32250', 'patched', '6.3.7-1', "Debian's tracker"],
    [
      linux('debian', '12', { 'linux-image-6.1.0-10-amd64': '6.1.37-1' }),
      'CVE-2023-32250',
      'unknown',
      null,
      'installed is not running',
    ],
    [
      linux('ubuntu', '22.04', { linux: '5.15.0-52.58' }),
      'CVE-2022-47939',
      'vulnerable',
      '5.15.0-53.59',
      'UBUNTU-CVE-2022-47939',
    ],
    [
      linux('ubuntu', '22.04', { linux: '5.15.0-53.59' }),
      'CVE-2022-47939',
      'patched',
      '5.15.0-53.59',
      'UBUNTU-CVE-2022-47939',
    ],
    [
      linux('ubuntu', '24.04', { linux: '6.8.0-45.45' }),
      'CVE-2022-47939',
      'patched',
      '6.5.0-9.9',
      'UBUNTU-CVE-2022-47939',
    ],
    [
      linux('ubuntu', '22.04', { 'linux-hwe-5.19': '5.19.0-50.50' }),
      'CVE-2022-47939',
      'unknown',
      null,
      'another kernel of 22.04',
    ],
    [
      linux('ubuntu', '22.04', { linux: '5.15.0-92.102' }),
      'CVE-2023-32250',
      'vulnerable',
      '5.15.0-94.104',
      'UBUNTU-CVE-2023-32250',
    ],
    [
      linux('ubuntu', '22.04', { linux: '5.15.0-94.104' }),
      'CVE-2023-32250',
      'patched',
      '5.15.0-94.104',
      'UBUNTU-CVE-2023-32250',
    ],
    [
      linux('ubuntu', '22.04', { 'linux-hwe-6.2': '6.2.0-31.31~22.04.1' }),
      'CVE-2023-32250',
      'vulnerable',
      '6.2.0-32.32~22.04.1',
      'UBUNTU-CVE-2023-32250',
    ],
    [
      linux('ubuntu', '22.04', { 'linux-hwe-5.19': '5.19.0-50.50' }),
      'CVE-2023-32250',
      'vulnerable',
      null,
      'UBUNTU-CVE-2023-32250: never fixed',
    ],
    [
      linux('ubuntu', '24.04', { linux: '6.8.0-31.31' }),
      'CVE-2023-32250',
      'patched',
      '6.5.0-9.9',
      'UBUNTU-CVE-2023-32250',
    ],
    [
      linux('ubuntu', '24.04', { 'linux-hwe-6.14': '6.14.0-29.29~24.04.1' }),
      'CVE-2023-32250',
      'unknown',
      null,
      'a kernel newer than the record',
    ],
    [
      linux('ubuntu', '25.04', { linux: '6.14.0-23.23' }),
      'CVE-2025-37899',
      'vulnerable',
      '6.14.0-24.24',
      'UBUNTU-CVE-2025-37899',
    ],
    [
      linux('ubuntu', '25.04', { linux: '6.14.0-24.24' }),
      'CVE-2025-37899',
      'patched',
      '6.14.0-24.24',
      'UBUNTU-CVE-2025-37899',
    ],
    [
      linux('ubuntu', '24.04', { linux: '6.8.0-85.85' }),
      'CVE-2025-37899',
      'vulnerable',
      null,
      'UBUNTU-CVE-2025-37899: not fixed by then',
    ],
    [
      linux('ubuntu', '24.04', { 'linux-oem-6.14': '6.14.0-1007.7' }),
      'CVE-2025-37899',
      'patched',
      '6.14.0-1007.7',
      'UBUNTU-CVE-2025-37899',
    ],
    [
      linux('ubuntu', '22.04', { linux: '5.15.0-157.167' }),
      'CVE-2025-37899',
      'unknown',
      null,
      '22.04 was left out of the copy',
    ],
    [
      linux('rhel', '9.3', { kernel: '5.14.0-362.8.1.el9_3' }),
      'CVE-2023-32250',
      'not-affected',
      null,
      'CVE-2023-32250: 9 is unaffected',
    ],
    [linux('arch', '', {}, { kernel: '6.12.28' }), 'CVE-2025-37899', 'patched', '6.12.28', "upstream's own release"],
    [linux('arch', '', {}, { kernel: '6.6.118' }), 'CVE-2025-37899', 'vulnerable', '6.6.119', "upstream's own release"],
    [linux('arch', '', {}, { kernel: '5.10.200' }), 'CVE-2025-37899', 'not-affected', null, 'older than ksmbd (5.15)'],
    [linux('arch', '', {}, { kernel: '6.18.0' }), 'CVE-2025-37899', 'patched', '6.15', "upstream's own release"],
    [
      linux('arch', '', {}, { kernel: '6.12.28-arch1-1' }),
      'CVE-2025-37899',
      'unknown',
      null,
      "not upstream's own release",
    ],
  ],
};

describe.each(Object.entries(rows))('%s', (_, group) => {
  it.each(group.map(([pc, id, state, fixedIn, source]) => [id, state, source, pc, fixedIn] as const))(
    '%s is %s: %s',
    (id, state, source, pc, fixedIn) => {
      const verdict = judged(pc, id);
      expect([source, verdict.state, verdict.fixedIn], verdict.because).toEqual([source, state, fixedIn]);
      expect(verdict.because).toMatch(/\.$/);
    },
  );
});

it('has at least 60 rows', () => {
  expect(Object.values(rows).flat().length).toBeGreaterThanOrEqual(60);
});

it('says of what had no fix on which day, and by which record', () => {
  const because = (pc: PcForPatch, id: string) => judged(pc, id).because;
  expect(because(linux('ubuntu', '24.04', { linux: '6.8.0-85.85' }), 'CVE-2025-37899')).toBe(
    'linux 6.8.0-85.85 runs, and Ubuntu 24.04 had no fixed version on 2025-10-01, says UBUNTU-CVE-2025-37899.',
  );
  expect(because(linux('rhel', '8.9', { samba: '0:4.18.6-1.el8' }), 'CVE-2023-34966')).toContain(
    'Red Hat Enterprise Linux 8.9 had no fixed version on 2023-11-07, says CVE-2023-34966.',
  );
});

describe('a door that is closed', () => {
  it('is said together with that nothing is patched', () => {
    const verdict = judged(windows('14393.1', { smb1: false }), 'CVE-2017-0144');
    expect(verdict.state).toBe('vulnerable');
    expect(verdict.doorClosed).toBe('SMBv1 is off.');
    expect(verdict.because).toContain('closes this door, and patches nothing');
  });

  it('is nothing to speak of where the PC is patched, or the hole is not reached through it', () => {
    expect(judged(windows('14393.953', { smb1: false }), 'CVE-2017-0144').doorClosed).toBeNull();
    expect(judged(windows('19045.1', { smbServer: false }), 'CVE-2025-33073').doorClosed).toBeNull();
  });

  it('is not closed by what another hole needs', () => {
    expect(judged(windows('18362.1', { smb1: false }), 'CVE-2020-0796').doorClosed).toBeNull();
    expect(judged(windows('18362.1', { compression: false }), 'CVE-2020-0796').doorClosed).toBe(
      'SMB compression is off.',
    );
    expect(judged(windows('18362.1', { compression: true }), 'CVE-2020-0796').doorClosed).toBeNull();
  });
});
