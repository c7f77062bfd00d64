// What the parts of the window's state are made with: the store itself, the doorway, and calls whose failure becomes trouble.
import type { StoreApi } from 'zustand/vanilla';
import type { Doorway, Outcome } from '../../preload/contract';
import { reasonOf } from '../doorway';
import { words } from '../words';
import { type Act, type ActName, type Place, placeOf, type WindowState } from './window-state';

export interface Tools extends Pick<StoreApi<WindowState>, 'setState' | 'getState' | 'subscribe'> {
  readonly doorway: Doorway;
  /** Runs one call; a rejection becomes trouble for people, and null. */
  ask<T>(what: string, todo: string, call: () => Promise<T>): Promise<T | null>;
  isBusy(): boolean;
  /** An act is under way from now on. Gives the place where it was begun. */
  begin(of: ActName): Place;
  ended(of: ActName, place: Place, outcome: Outcome): Act;
}

export function toolsOf(
  { setState, getState, subscribe }: Pick<StoreApi<WindowState>, 'setState' | 'getState' | 'subscribe'>,
  doorway: Doorway,
): Tools {
  return {
    setState,
    getState,
    subscribe,
    doorway,
    async ask(what, todo, call) {
      try {
        return await call();
      } catch (error) {
        setState({ trouble: { title: words.trouble.title, what, todo, detail: reasonOf(error) } });
        return null;
      }
    },
    isBusy: () => getState().act.kind === 'running' || getState().act.kind === 'planning',
    begin(of) {
      const place = placeOf(getState());
      setState({ act: { kind: 'running', of, place, at: null, isCancelling: false }, trouble: null });
      return place;
    },
    ended: (of, place, outcome) => ({ kind: 'ended', of, place, outcome, isSeen: placeOf(getState()) === place }),
  };
}
