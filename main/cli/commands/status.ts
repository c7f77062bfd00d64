// `status`: the shield alone.
import type { Options } from '../arguments';
import type { Desk } from '../context';
import { statusDocument } from '../documents';
import { shieldDoubts } from '../doubts';
import { type ExitCode, exitForShield } from '../exit-codes';
import { layDoubts } from '../pages/doubts';
import { layShieldDetails } from '../pages/inspection';
import { caller, shieldSentence } from '../pages/words';

export async function status(desk: Desk, { json, simulate }: Options): Promise<ExitCode> {
  const { terminal } = desk;
  const engine = await desk.openEngine();
  const endProgress = terminal.progress('looking for the shield ...');
  const { at, shield } = await engine.status();
  endProgress();
  const doubts = shieldDoubts(shield);
  if (json) terminal.printJson(statusDocument({ at, simulated: engine.simulated }, shield, doubts));
  else
    terminal.show((page) => {
      const { text, tone } = shieldSentence(shield);
      page.say(text, { tone });
      layShieldDetails(page, shield, caller(simulate));
      layDoubts(page, doubts);
    });
  return exitForShield(shield.state);
}
