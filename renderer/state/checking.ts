// What is known of the PC: the check, the look with permission, and facts and verdicts as they arrive.
import type { Events, Seen, ShieldVerdict } from '../../preload/contract';
import { words } from '../words';
import type { Tools } from './tools';
import type { Checking, ReasonShown, WindowState } from './window-state';

/** Up as far as is known; what differs is who saw it last. */
const isHeld = ({ state }: ShieldVerdict): boolean => state === 'up' || state === 'kept' || state === 'recorded';

/** What a shield is up for, and the verdict by which that can be judged; null = one of them is missing. */
function reasonIn({ shield, patch }: WindowState): Pick<ReasonShown, 'reason' | 'patch'> | null {
  const reason = shield?.shield?.reason ?? null;
  return reason === null || !patch?.catalogue ? null : { reason, patch: patch.number };
}

interface CheckingParts {
  readonly state: Checking;
  /** Takes what the app tells meanwhile. Returns the function that stops listening. */
  listen(): () => void;
}

export function createChecking({
  setState,
  getState,
  subscribe,
  doorway,
  ask,
  isBusy,
  begin,
  ended,
}: Tools): CheckingParts {
  let wantsAnotherCheck = false;
  let wantsAnotherPatchCheck = false;

  const take = ({ facts, verdicts, review, patch, at }: Seen): void =>
    setState((now) => ({
      facts: { ...now.facts, ...facts },
      ...verdicts,
      review: review === undefined ? now.review : review,
      patch: patch === undefined ? now.patch : patch,
      checkedAt: at,
    }));

  const takeFact = ({ name, fact }: Events['pc:fact']): void =>
    setState(({ facts, arrived }) => ({
      facts: { ...facts, [name]: fact },
      arrived: arrived.includes(name) ? arrived : [...arrived, name],
    }));

  // What was read before a change tells nothing after it.
  const takeVerdicts = ({ door, shield, findings }: Events['pc:verdicts']): void => {
    if (wantsAnotherCheck) return;
    // Half a reading does not unsay a known shield.
    setState((now) => ({ door, findings, shield: now.shield && shield.state === 'unknown' ? now.shield : shield }));
  };
  const takeReview = (review: Events['pc:review']): void => {
    if (!wantsAnotherCheck) setState({ review });
  };

  const takePatch = (patch: Events['pc:patch']): void => {
    // Half a reading does not unsay what is known.
    if (patch) setState({ patch });
  };
  /** The keeper acts while nobody looks: where that changed how the shield stands, the door is judged anew. */
  const takeShield = (shield: Events['shield:seen']): void => {
    const { shield: before, act } = getState();
    // What a change of our own did comes with its outcome.
    if (act.kind === 'running' || shield.state === 'unknown') return;
    const isSameShield = JSON.stringify(before?.shield ?? null) === JSON.stringify(shield.shield);
    const isAsBefore =
      before !== null && isSameShield && (before.state === shield.state || (isHeld(before) && isHeld(shield)));
    // The rules themselves, seen with permission, are worth more than the note about them.
    const wasSeen = isAsBefore && before.state === 'up' && shield.state !== 'up';
    setState({
      shield: wasSeen ? { ...before, kept: shield.kept } : shield,
      // How a change ended is no news any more once the shield is another one.
      ...(isAsBefore || act.kind !== 'ended' ? {} : { act: { kind: 'none' } }),
    });
    if (before && before.state !== 'unknown' && !isAsBefore) void getState().check();
  };
  /** What the shield is up for, by the last verdict. */
  const showReason = async (): Promise<void> => {
    const wanted = reasonIn(getState());
    if (wanted === null) {
      setState({ reason: null });
      return;
    }
    const found = await ask(words.trouble.advisories, words.trouble.retry, () =>
      doorway.call('advisories:show', wanted.patch, wanted.reason),
    );
    const now = reasonIn(getState());
    if (now?.patch === wanted.patch && now.reason === wanted.reason) setState({ reason: { ...wanted, found } });
  };
  /** Whoever comes back to the window may have installed something meanwhile. */
  const checkPatchIfKnown = (): void => {
    if (getState().checkedAt !== null) void getState().checkPatch();
  };

  return {
    listen() {
      const stops = [
        doorway.on('pc:fact', takeFact),
        doorway.on('pc:verdicts', takeVerdicts),
        doorway.on('pc:review', takeReview),
        doorway.on('pc:patch', takePatch),
        doorway.on('pc:software-changed', checkPatchIfKnown),
        doorway.on('shield:seen', takeShield),
        subscribe((now, before) => {
          const [wanted, last] = [reasonIn(now), reasonIn(before)];
          if (wanted?.patch !== last?.patch || wanted?.reason !== last?.reason) void showReason();
        }),
      ];
      addEventListener('focus', checkPatchIfKnown);
      return () => {
        for (const stop of stops) stop();
        removeEventListener('focus', checkPatchIfKnown);
      };
    },
    state: {
      isChecking: false,
      isStopped: false,
      checkedAt: null,
      arrived: [],
      facts: {},
      door: null,
      shield: null,
      findings: [],
      review: null,
      patch: null,
      isCheckingPatch: false,
      reason: null,

      async check() {
        const { act, isChecking } = getState();
        if (act.kind === 'running' && act.of === 'look') return;
        if (isChecking) {
          wantsAnotherCheck = true;
          return;
        }
        do {
          wantsAnotherCheck = false;
          setState({ isChecking: true, isStopped: false, arrived: [], door: null, review: null });
          const seen = await ask(words.trouble.check, words.trouble.retry, () => doorway.call('pc:inspect'));
          if (seen && !wantsAnotherCheck) take(seen);
        } while (wantsAnotherCheck);
        setState({ isChecking: false });
        if (wantsAnotherPatchCheck) await getState().checkPatch();
      },

      async stopCheck() {
        setState({ isStopped: true });
        await ask(words.trouble.stop, words.trouble.wait, () => doorway.call('pc:stop'));
      },

      async look() {
        if (isBusy() || getState().isChecking) return;
        const place = begin('look');
        const looked = await ask(words.trouble.look, words.trouble.retry, () => doorway.call('pc:look'));
        if (looked && 'seen' in looked) take(looked.seen);
        setState({ act: looked && 'outcome' in looked ? ended('look', place, looked.outcome) : { kind: 'none' } });
      },

      async checkPatch() {
        if (getState().isChecking || getState().isCheckingPatch) {
          wantsAnotherPatchCheck = true;
          return;
        }
        do {
          wantsAnotherPatchCheck = false;
          setState({ isCheckingPatch: true });
          const seen = await ask(words.trouble.patch, words.trouble.retry, () => doorway.call('patch:check'));
          setState((now) => ({
            isCheckingPatch: false,
            ...(seen ? { facts: { ...now.facts, ...seen.facts }, patch: seen.patch } : {}),
          }));
        } while (wantsAnotherPatchCheck);
      },

      findAdvisories: (query) =>
        ask(words.trouble.advisories, words.trouble.retry, () => doorway.call('advisories:find', query)),
      async updateAdvisories() {
        const taken = await ask(words.trouble.records, words.trouble.retry, () => doorway.call('advisories:update'));
        if (taken?.kind === 'taken') await getState().checkPatch();
        return taken;
      },
      async openUpdates() {
        await ask(words.trouble.updates, words.trouble.updatesTodo, () => doorway.call('app:open-updates'));
      },

      findRules: (query) => ask(words.trouble.rules, words.trouble.retry, () => doorway.call('firewall:rules', query)),
    },
  };
}
