// Tells how far a job is without loading the page again.  Without this it loads anew by itself.

const page = document.querySelector("[data-progress]");
const pause = 1000;
const longest = 15000;

function part(name) {
  return page.querySelector(`[data-job="${name}"]`);
}

// A text that is read aloud is touched only where it changes.
function say(name, text) {
  const place = part(name);
  if (place && place.textContent !== text) place.textContent = text;
}

function show(job) {
  for (const name of ["state", "stage", "figures", "times", "warning"]) say(name, job[name]);
  part("warning").hidden = !job.warning;
  const bar = part("bar");
  if (!bar) return;
  if (job.total) {
    bar.max = job.total;
    bar.value = job.done;
  } else {
    bar.removeAttribute("value");
  }
}

async function ask(wait) {
  let next = pause;
  try {
    const answer = await fetch(page.dataset.progress, { headers: { Accept: "application/json" } });
    if (answer.status >= 500) throw new Error(answer.statusText);
    const isJob = answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json");
    const job = isJob && (await answer.json());
    if (!job || !job.open) {
      // Ended, or signed out meanwhile: the page itself knows what to show.
      location.reload();
      return;
    }
    show(job);
  } catch {
    // The server is being started again: asked ever more rarely until it is back.
    next = Math.min(wait * 2, longest);
  }
  setTimeout(ask, next, next);
}

setTimeout(ask, pause, pause);
