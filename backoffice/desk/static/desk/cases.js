// Tells at once what the rules say of a draft as it is typed.  The page works without this too.

const form = document.getElementById("case-form");
const pause = 400;
let timer;
let running;
let isChanged = false;

function show(answer) {
  for (const [field, html] of Object.entries(answer.rows)) {
    const said = form.querySelector(`[data-row="${CSS.escape(field)}"] [data-findings]`);
    if (said) said.innerHTML = html;
  }
  for (const [name, html] of Object.entries(answer.parts)) {
    const part = document.querySelector(`[data-part="${name}"]`);
    if (part) part.innerHTML = html;
  }
  form.querySelector("[data-cause]").hidden = !answer.cause;
}

async function check() {
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(form.dataset.check, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      signal: running.signal,
      headers: { Accept: "application/json" },
    });
    if (answer.ok) show(await answer.json());
  } catch (fault) {
    // Offline, or overtaken by the next check: saving will tell.
    if (fault.name !== "AbortError") console.warn(fault);
  }
}

function checkSoon() {
  clearTimeout(timer);
  timer = setTimeout(check, pause);
}

form.addEventListener("input", (event) => {
  isChanged = true;
  const row = event.target.closest("[data-row]");
  const tick = row?.querySelector('input[type="checkbox"]');
  if (tick && event.target !== tick && event.target.value) tick.checked = true;
  checkSoon();
});
form.addEventListener("submit", () => { isChanged = false; });
document.addEventListener("evidence-changed", check);
window.addEventListener("beforeunload", (event) => {
  if (isChanged) event.preventDefault();
});
