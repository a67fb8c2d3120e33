/** Money: balances, deposits, withdrawals, transfers, statements. */

import { command, newKey, Refusal } from {{ file('js/api.js') }};
import { byId, complain, element, onSubmit } from {{ file('js/dom.js') }};
import { meet } from {{ file('js/people.js') }};

const wallet = byId("wallet");
const forms = [byId("movement"), byId("transfer"), byId("statement")];
const [movement, transfer, statement] = forms;

let intention = { what: "", key: "" };

/** Moves money once: as long as it is not known whether it was moved, another try of the same has the same key. */
async function once(code, input) {
  const what = JSON.stringify([code, input]);
  intention = intention.what === what ? intention : { what, key: newKey() };
  try {
    await command(code, input, { key: intention.key });
  } catch (error) {
    if (!(error instanceof Refusal) || error.status >= 500) {
      throw error;
    }
    intention = { what: "", key: "" };
    throw error;
  }
  intention = { what: "", key: "" };
}

async function look() {
  const [{ currencies }, { balances }] = await Promise.all([
    command("ledger/currencies", {}, { again: true }),
    command("ledger/balance", {}, { again: true }),
  ]);
  for (const { elements: { currency: select } } of forms) {
    const chosen = select.value;
    select.replaceChildren(...currencies.map(({ code, name }) => new Option(`${code} · ${name}`, code)));
    select.value = chosen || currencies[0].code;
  }
  const pairs = balances.map(({ currency, balance }) => [element("dt", {}, currency), element("dd", {}, balance)]);
  byId("balances").replaceChildren(...pairs.flat());
}

onSubmit(movement, async ({ amount, currency }, button) => {
  await once(button === "withdraw" ? "ledger/withdraw" : "ledger/deposit", { amount, currency });
  movement.elements.amount.value = "";
  await look();
});

onSubmit(transfer, async ({ email, amount, currency }) => {
  const to = await meet(email);
  await once("ledger/transfer", { to, amount, currency });
  transfer.elements.amount.value = "";
  byId("transferred").textContent = `${amount} ${currency} went to ${email}.`;
  await look();
});

onSubmit(statement, async ({ currency }) => {
  const { job, queued } = await command("ledger/statement", { currency });
  byId("ordered").textContent = queued ? `Statement ${job} of ${currency} is on its way.` : `Statement ${job} of ${currency} is on its way already.`;
});

let shown = false;

/** Shows how things stand, as soon as it is known. */
export async function show() {
  shown = true;
  await look().catch((error) => shown && complain(movement, error));
  wallet.hidden = !shown;
}

export function hide() {
  shown = false;
  wallet.hidden = true;
}
