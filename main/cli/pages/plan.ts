// A plan and an outcome for people. Pure.
import { message } from '../../model/message';
import type { Outcome } from '../../model/outcome';
import type { Plan } from '../../model/plan';
import { layShieldDetails } from './inspection';
import type { Page } from './layout';
import { outcomeSentence, shieldRows } from './words';

/** brief = what will be noticed; whole = also the shield's terms, every command and the text it is given. */
export function layPlan(page: Page, plan: Plan, detail: 'brief' | 'whole'): void {
  page.say(message(`page.plan.${plan.kind}`), { tone: 'strong' });
  if (plan.shield && detail === 'whole') page.table(shieldRows(plan.shield, plan.end));
  if (plan.replaces) page.say(message('page.plan.replaces', { id: plan.replaces.id }), { indent: 2 });
  page.heading(message('page.plan.notice'));
  for (const effect of plan.effects) page.bullet(effect);
  if (plan.warnings.length > 0) {
    page.heading(message('page.plan.mind'));
    for (const warning of plan.warnings) page.bullet(warning, 'warning');
  }
  if (detail === 'brief') return;
  page.heading(message('page.plan.changes'));
  if (plan.changes.length === 0) page.say(message('page.nothing'), { indent: 2 });
  for (const { what, command, input } of plan.changes) {
    page.bullet(what);
    page.verbatim(command);
    if (input !== null) page.verbatim(input.trimEnd());
  }
  if (plan.permission) page.say(plan.permission, { indent: 2 });
}

/** How it ended: what happened, what was changed, what to do; after a shield, the lines of its proof. */
export function layOutcome(page: Page, outcome: Outcome, act: Plan['kind'], call: (args: string) => string): void {
  const { text, tone } = outcomeSentence(outcome, act);
  page.say(text, { tone });
  if (outcome.kind === 'done') {
    for (const note of outcome.notes) page.say(note, { indent: 2 });
    if (act === 'shield') {
      layShieldDetails(page, outcome.shield, call);
      page.say(message('page.plan.take-away', { command: call('lift') }), { indent: 2 });
    }
    return;
  }
  page.say(outcome.what, { indent: 2 });
  page.say(outcome.todo, { indent: 2 });
  if (outcome.kind === 'failed-left') page.verbatim(outcome.clear);
}
