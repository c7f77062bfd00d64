// All that the window knows and is doing: facts as they arrive, verdicts, the plan shown, the act under way, troubles.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  About,
  ActStep,
  DoorVerdict,
  Doorway,
  FactName,
  Facts,
  Finding,
  Outcome,
  Plan,
  Planned,
  Review,
  ReviewText,
  Seen,
  ShieldVerdict,
  Told,
  WishForm,
} from '../preload/contract';
import { reasonOf } from './doorway';
import type { Draft } from './guide/wish-draft';
import { words } from './words';

export type Step = 'check' | 'shield' | 'patch' | 'lift';
export const steps: readonly Step[] = ['check', 'shield', 'patch', 'lift'];

export type ActName = 'shield' | 'lift' | 'settle' | 'look';

/** Where in the window something is. */
export type Place = Step | 'firewall' | 'details';

/** The one act that may be under way at a time. */
export type Act =
  | { readonly kind: 'none' }
  | { readonly kind: 'planning'; readonly of: 'shield' | 'lift' }
  /** The plan could not be made; `outcome` says why. */
  | { readonly kind: 'not-planned'; readonly of: 'shield' | 'lift'; readonly outcome: Told }
  | { readonly kind: 'planned'; readonly token: string; readonly plan: Plan }
  | Running
  /** `isSeen` = its place has been on show since it ended. */
  | {
      readonly kind: 'ended';
      readonly of: ActName;
      readonly place: Place;
      readonly outcome: Outcome;
      readonly isSeen: boolean;
    };

interface Running {
  readonly kind: 'running';
  readonly of: ActName;
  /** Where it was begun: there its outcome is shown. */
  readonly place: Place;
  readonly at: ActStep | null;
  readonly isCancelling: boolean;
}

/** A call that the app did not answer: what happened, what to do, and the app's own words. */
interface Trouble extends Told {
  readonly detail: string;
}

export interface WindowState {
  readonly about: About | null;
  readonly isNoteHidden: boolean;
  readonly view: 'guide' | 'firewall' | 'details';
  readonly step: Step;
  /** Whether somebody moved to where the window is now: then the new heading takes the focus. */
  readonly hasMoved: boolean;
  readonly isChecking: boolean;
  readonly isStopped: boolean;
  /** ISO 8601 UTC, of the last check that came to its end. */
  readonly checkedAt: string | null;
  /** Facts that came in since the check that is running, or the last one, began. */
  readonly arrived: readonly FactName[];
  readonly facts: Partial<Facts>;
  /** null = not judged yet. */
  readonly door: DoorVerdict | null;
  readonly shield: ShieldVerdict | null;
  readonly findings: readonly Finding[];
  /** null = the rules were not read, or not judged yet. */
  readonly review: Review | null;
  /** The shield form as it stands; null = nobody has touched it. */
  readonly draft: Draft | null;
  readonly act: Act;
  readonly trouble: Trouble | null;

  /** Listens to the app, and starts the first check. Returns the function that stops listening. */
  open(): () => void;
  show(step: Step): void;
  showFirewall(): void;
  showDetails(): void;
  check(): Promise<void>;
  stopCheck(): Promise<void>;
  look(): Promise<void>;
  setDraft(draft: Draft): void;
  plan(wish: WishForm): Promise<void>;
  planLift(): Promise<void>;
  carryOut(): Promise<void>;
  settle(): Promise<void>;
  cancel(): Promise<void>;
  /** Drops the plan shown, or puts the outcome away. */
  closeAct(): void;
  openReference(url: string): Promise<void>;
  closeTrouble(): void;
  hideNote(): void;
}

export const placeOf = ({ view, step }: Pick<WindowState, 'view' | 'step'>): Place => (view === 'guide' ? step : view);

export type WindowStore = StoreApi<WindowState>;

export function createWindowStore(doorway: Doorway): WindowStore {
  return createStore<WindowState>()((set, get) => {
    let wantsAnotherCheck = false;

    /** Runs one call; a rejection becomes trouble for people, and null. */
    const ask = async <T>(what: string, todo: string, call: () => Promise<T>): Promise<T | null> => {
      try {
        return await call();
      } catch (error) {
        set({ trouble: { title: words.trouble.title, what, todo, detail: reasonOf(error) } });
        return null;
      }
    };

    let lastReview: { readonly text: ReviewText; readonly review: Review | null } = { text: 'null', review: null };
    /** The same text gives the same object, so that nothing is drawn or worked out again. */
    const reviewOf = (text: ReviewText): Review | null => {
      if (text !== lastReview.text) lastReview = { text, review: JSON.parse(text) };
      return lastReview.review;
    };

    const take = ({ facts, verdicts, review, at }: Seen): void =>
      set((now) => ({
        facts: { ...now.facts, ...facts },
        ...verdicts,
        review: review === null ? now.review : reviewOf(review),
        checkedAt: at,
      }));

    const isBusy = (): boolean => get().act.kind === 'running' || get().act.kind === 'planning';

    /** Gives the place where it was begun. */
    const begin = (of: ActName): Place => {
      const place = placeOf(get());
      set({ act: { kind: 'running', of, place, at: null, isCancelling: false }, trouble: null });
      return place;
    };
    const ended = (of: ActName, place: Place, outcome: Outcome): Act => ({
      kind: 'ended',
      of,
      place,
      outcome,
      isSeen: placeOf(get()) === place,
    });
    const goTo = (to: Pick<WindowState, 'view'> & Partial<Pick<WindowState, 'step'>>): void =>
      set((now) => {
        const { act } = now;
        const isThere = act.kind === 'ended' && act.place === placeOf({ ...now, ...to });
        return { ...to, hasMoved: true, ...(isThere ? { act: { ...act, isSeen: true } } : {}) };
      });

    const run = async (of: ActName, call: () => Promise<Outcome>): Promise<void> => {
      const place = begin(of);
      const outcome = await ask(words.trouble.act, words.trouble.actTodo, call);
      // What was known about the door before a change is not an answer any more, however the change ended.
      set({ act: outcome ? ended(of, place, outcome) : { kind: 'none' }, door: null, review: null });
      if (outcome && 'shield' in outcome && outcome.shield) set({ shield: outcome.shield });
      if (outcome?.kind === 'done') set({ draft: null });
      await get().check();
    };

    const plan = async (of: 'shield' | 'lift', call: () => Promise<Planned>): Promise<void> => {
      if (isBusy()) return;
      set({ act: { kind: 'planning', of }, trouble: null });
      const planned = await ask(words.trouble.plan, words.trouble.retry, call);
      if (!planned) set({ act: { kind: 'none' } });
      else if (planned.kind === 'plan') set({ act: { kind: 'planned', token: planned.token, plan: planned.plan } });
      else set({ act: { kind: 'not-planned', of, outcome: planned } });
    };

    return {
      about: null,
      isNoteHidden: false,
      view: 'guide',
      step: 'check',
      hasMoved: false,
      isChecking: false,
      isStopped: false,
      checkedAt: null,
      arrived: [],
      facts: {},
      door: null,
      shield: null,
      findings: [],
      review: null,
      draft: null,
      act: { kind: 'none' },
      trouble: null,

      open() {
        const stops = [
          doorway.on('pc:fact', ({ name, fact }) =>
            set(({ facts, arrived }) => ({
              facts: { ...facts, [name]: fact },
              arrived: arrived.includes(name) ? arrived : [...arrived, name],
            })),
          ),
          doorway.on('pc:verdicts', ({ door, shield, findings }) =>
            set((now) =>
              // What was read before a change tells nothing after it; and half a reading does not unsay a known shield.
              wantsAnotherCheck
                ? {}
                : { door, findings, shield: now.shield && shield.state === 'unknown' ? now.shield : shield },
            ),
          ),
          doorway.on('pc:review', (text) => set(wantsAnotherCheck ? {} : { review: reviewOf(text) })),
          doorway.on('shield:step', (at) => set(({ act }) => (act.kind === 'running' ? { act: { ...act, at } } : {}))),
        ];
        const greet = async (): Promise<void> => {
          const about = await ask(words.trouble.about, words.trouble.reopen, () => doorway.call('app:about'));
          if (about) set({ about });
        };
        void greet();
        void get().check();
        return () => {
          for (const stop of stops) stop();
        };
      },

      show: (step) => goTo({ view: 'guide', step }),
      showFirewall: () => goTo({ view: 'firewall' }),
      showDetails: () => goTo({ view: 'details' }),

      async check() {
        const { act, isChecking } = get();
        if (act.kind === 'running' && act.of === 'look') return;
        if (isChecking) {
          wantsAnotherCheck = true;
          return;
        }
        do {
          wantsAnotherCheck = false;
          set({ isChecking: true, isStopped: false, arrived: [], door: null, review: null });
          const seen = await ask(words.trouble.check, words.trouble.retry, () => doorway.call('pc:inspect'));
          if (seen && !wantsAnotherCheck) take(seen);
        } while (wantsAnotherCheck);
        set({ isChecking: false });
      },

      async stopCheck() {
        set({ isStopped: true });
        await ask(words.trouble.stop, words.trouble.wait, () => doorway.call('pc:stop'));
      },

      async look() {
        if (isBusy() || get().isChecking) return;
        const place = begin('look');
        const looked = await ask(words.trouble.look, words.trouble.retry, () => doorway.call('pc:look'));
        if (looked && 'seen' in looked) take(looked.seen);
        set({
          act: looked && 'outcome' in looked ? ended('look', place, looked.outcome) : { kind: 'none' },
        });
      },

      setDraft: (draft) => set({ draft }),
      plan: (wish) => plan('shield', () => doorway.call('shield:plan', wish)),
      planLift: () => plan('lift', () => doorway.call('shield:plan-lift')),

      async carryOut() {
        const { act } = get();
        if (act.kind !== 'planned') return;
        await run(act.plan.kind, () => doorway.call('shield:carry-out', act.token));
      },

      async settle() {
        if (!isBusy()) await run('settle', () => doorway.call('shield:settle'));
      },

      async cancel() {
        const { act } = get();
        if (act.kind !== 'running') return;
        set({ act: { ...act, isCancelling: true } });
        await ask(words.trouble.cancel, words.trouble.wait, () => doorway.call('shield:cancel'));
      },

      closeAct: () => set(({ act }) => (act.kind === 'running' ? {} : { act: { kind: 'none' } })),

      async openReference(url) {
        await ask(words.trouble.reference, words.trouble.copyReference(url), () =>
          doorway.call('app:open-reference', url),
        );
      },

      closeTrouble: () => set({ trouble: null }),
      hideNote: () => set({ isNoteHidden: true }),
    };
  });
}

export const StoreContext = createContext<WindowStore | null>(null);

/** A part of the window's state; the component renders again only when that part changes. */
export function useWindow<T>(select: (state: WindowState) => T): T {
  const store = useContext(StoreContext);
  if (!store) throw new Error('useWindow needs a StoreContext around it.');
  return useStore(store, select);
}
