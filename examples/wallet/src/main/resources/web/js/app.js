const api = document.body.dataset.api;
const byId = (id) => document.getElementById(id);
const failure = byId("failure");
const entrance = byId("entrance");
const wallet = byId("wallet");
const movement = byId("movement");
const statement = byId("statement");
const ordered = byId("ordered");
const signOut = byId("sign-out");

let renewing = null;

/** Sends a command and gives back its result; throws an Error with a text for people. */
async function command(code, input, headers = {}) {
  const token = sessionStorage.getItem("token");
  let response = await send(code, input, headers);
  if (response.status === 401 && token && (await renewed(token))) {
    response = await send(code, input, headers);
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) {
    return answer;
  }
  if (response.status === 401 && token) {
    leave();
  }
  throw new Error(describe(answer, response.status));
}

async function send(code, input, headers) {
  const token = sessionStorage.getItem("token");
  try {
    return await fetch(`${api}/${code}`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      body: JSON.stringify(input),
    });
  } catch {
    throw new Error("The server cannot be reached. Try again in a moment.");
  }
}

/** Says whether there is another token now; one renewal for all that wait, since a refresh token that comes twice ends the session. */
async function renewed(token) {
  if (sessionStorage.getItem("token") === token) {
    renewing ??= renew().finally(() => (renewing = null));
    await renewing;
  }
  return ![null, token].includes(sessionStorage.getItem("token"));
}

async function renew() {
  const response = await send("accounts/refresh", { refreshToken: sessionStorage.getItem("refreshToken") ?? "" }, {});
  if (response.ok) {
    enter(await response.json());
  }
}

function enter({ token, refreshToken }) {
  sessionStorage.setItem("token", token);
  sessionStorage.setItem("refreshToken", refreshToken);
}

function describe(problem, status) {
  const fields = (problem.errors ?? []).map((error) => `${error.pointer ?? ""} ${error.message ?? error.detail ?? ""}`.trim());
  return [problem.detail ?? problem.title ?? `The server answered ${status}.`, ...fields].join(" ");
}

async function attempt(form, work) {
  failure.hidden = true;
  ordered.textContent = "";
  const buttons = form.querySelectorAll("button");
  buttons.forEach((button) => (button.disabled = true));
  try {
    await work();
  } catch (error) {
    failure.textContent = error.message;
    failure.hidden = false;
  } finally {
    buttons.forEach((button) => (button.disabled = false));
  }
}

async function showWallet() {
  const [{ currencies }, { balances }] = await Promise.all([command("ledger/currencies", {}), command("ledger/balance", {})]);
  for (const { elements: { currency: select } } of [movement, statement]) {
    const chosen = select.value;
    select.replaceChildren(...currencies.map(({ code, name }) => new Option(`${code} · ${name}`, code)));
    select.value = chosen || currencies[0].code;
  }
  byId("balances").replaceChildren(...balances.flatMap(({ currency, balance }) => [term("dt", currency), term("dd", balance)]));
  show(true);
}

function term(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

function show(signedIn) {
  entrance.hidden = signedIn;
  wallet.hidden = !signedIn;
  signOut.hidden = !signedIn;
}

function leave() {
  sessionStorage.removeItem("token");
  sessionStorage.removeItem("refreshToken");
  show(false);
}

entrance.addEventListener("submit", (event) => {
  event.preventDefault();
  const credentials = Object.fromEntries(new FormData(entrance));
  attempt(entrance, async () => {
    if (event.submitter?.name === "register") {
      await command("accounts/register", credentials);
    }
    enter(await command("accounts/sign-in", credentials));
    await showWallet();
    entrance.reset();
  });
});

movement.addEventListener("submit", (event) => {
  event.preventDefault();
  const { amount, currency } = Object.fromEntries(new FormData(movement));
  const code = event.submitter?.name === "withdraw" ? "ledger/withdraw" : "ledger/deposit";
  attempt(movement, async () => {
    await command(code, { amount, currency }, { "Idempotency-Key": crypto.randomUUID() });
    movement.elements.amount.value = "";
    await showWallet();
  });
});

statement.addEventListener("submit", (event) => {
  event.preventDefault();
  const { currency } = Object.fromEntries(new FormData(statement));
  attempt(statement, async () => {
    const { job, queued } = await command("ledger/statement", { currency });
    ordered.textContent = queued ? `Statement ${job} of ${currency} is on its way.` : `Statement ${job} of ${currency} is on its way already.`;
  });
});

signOut.addEventListener("click", () => {
  const done = command("accounts/sign-out", {}).catch(() => {});
  done.then(leave);
});

if (sessionStorage.getItem("token")) {
  attempt(entrance, showWallet).then(() => show(sessionStorage.getItem("token") !== null));
} else {
  show(false);
}
