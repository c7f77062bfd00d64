// Every sentence about an act: while it is under way, and how it ended.
import type { ActStep, Outcome } from '../../preload/contract';
import type { ActName } from '../state/window-state';

export const actWords = {
  title: {
    shield: 'Shutting the door',
    lift: 'Taking the shield down',
    settle: 'Finishing or undoing the change',
    look: "Looking at the firewall's rules",
  } satisfies Record<ActName, string>,
  steps: {
    'asking-permission': 'Asking for permission',
    changing: 'Changing the rules',
    'reading-again': 'Reading the rules again, to prove it',
  } satisfies Record<ActStep, string>,
  changingByLook: 'Reading the rules',
  now: 'now',
  done: 'done',
  later: 'still to come',
  answerPrompt: 'Please answer the question for permission that your PC shows.',
  cancel: 'Cancel',
  cancelling: 'Cancelling',
  noStop: "This can't be stopped half-way. It takes a moment only.",
};

export const outcomeWords = {
  kind: {
    done: 'Done',
    unknown: 'Not certain',
    refused: 'Not done',
    'not-permitted': 'No permission',
    'failed-undone': 'Failed, and put back',
    'failed-left': 'Failed, and something is left',
  } satisfies Record<Outcome['kind'], string>,
  up: 'The door is shut, and this is proven.',
  down: 'The shield is down.',
  settled: 'Nothing is left unfinished.',
  notUp: 'The change was made.',
  unchangedShield: 'This shield was up already. Nothing was changed.',
  unchangedLift: 'There was no shield to take down. Nothing was changed.',
  unchanged: 'Nothing had to be changed.',
  restAsBefore: 'The rest of your firewall is as before.',
  nothingChanged: 'Nothing was changed.',
  allAsBefore: 'Everything is as it was before.',
  leftOver: 'Something was left behind. An administrator can clear it with this command:',
  maybe: 'The change was made, but Breakwater could not tell whether all is as it should be.',
  elsewhere: (kind: string, title: string): string => `${kind}: ${title}`,
  show: 'Show how it ended',
  saw: 'What Breakwater did',
  todo: 'What to do',
};
