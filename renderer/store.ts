// The window's store: its parts put together, and the way components get at it.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Doorway } from '../preload/contract';
import { createActing } from './state/acting';
import { createChecking } from './state/checking';
import { toolsOf } from './state/tools';
import { placeOf, type WindowState } from './state/window-state';
import { words } from './words';

export type WindowStore = StoreApi<WindowState>;

export function createWindowStore(doorway: Doorway): WindowStore {
  return createStore<WindowState>()((setState, getState, { subscribe }) => {
    const tools = toolsOf({ setState, getState, subscribe }, doorway);
    const checking = createChecking(tools);
    const acting = createActing(tools);

    const goTo = (to: Pick<WindowState, 'view'> & Partial<Pick<WindowState, 'step'>>): void =>
      setState((now) => {
        const { act } = now;
        const isThere = act.kind === 'ended' && act.place === placeOf({ ...now, ...to });
        return { ...to, hasMoved: true, ...(isThere ? { act: { ...act, isSeen: true } } : {}) };
      });
    const greet = async (): Promise<void> => {
      const about = await tools.ask(words.trouble.about, words.trouble.reopen, () => doorway.call('app:about'));
      if (about) setState({ about });
    };

    return {
      about: null,
      isNoteHidden: false,
      trouble: null,
      view: 'guide',
      step: 'check',
      hasMoved: false,
      ...checking.state,
      ...acting.state,

      open() {
        const stops = [checking.listen(), acting.listen()];
        void greet();
        void getState().check();
        return () => {
          for (const stop of stops) stop();
        };
      },

      show: (step) => goTo({ view: 'guide', step }),
      showPage: (page) => goTo({ view: page }),

      async openReference(url) {
        await tools.ask(words.trouble.reference, words.trouble.copyReference(url), () =>
          doorway.call('app:open-reference', url),
        );
      },

      closeTrouble: () => setState({ trouble: null }),
      hideNote: () => setState({ isNoteHidden: true }),
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
