// Uploads of evidence without leaving the page: chosen, or dropped on a form of the table.
// Every form works without this too.

const formOf = (node) => node.closest?.("[data-evidence] form[data-upload]");

function item(text, className) {
  const line = document.createElement("li");
  line.textContent = text;
  line.className = className;
  return line;
}

function told(files) {
  const list = document.createElement("ul");
  for (const file of files) {
    const name = file.name ? `${file.name}: ` : "";
    list.append(item(name + file.message, file.kept ? "is-kept" : "is-refused"));
    for (const found of file.findings) {
      list.append(item(`${found.message} ${found.hint}`, `is-${found.severity}`));
    }
  }
  return list;
}

function showAnew(section, answer) {
  const fresh = new DOMParser().parseFromString(answer.table, "text/html");
  const next = fresh.querySelector("[data-evidence]");
  // Loaded already; a script that came by a parser would not run anyway.
  next.querySelectorAll("script, link").forEach((node) => node.remove());
  section.querySelectorAll("script, link").forEach((node) => next.prepend(node));
  section.replaceWith(document.adoptNode(next));
  const results = next.querySelector("[data-results]");
  results.replaceChildren(told(answer.files));
  results.focus();
  document.dispatchEvent(new CustomEvent("evidence-changed", { detail: answer.files }));
}

function showFailure(section) {
  const failed = { name: "", message: section.dataset.failed, kept: false, findings: [] };
  section.querySelector("[data-results]").replaceChildren(told([failed]));
}

function send(form, files) {
  const section = form.closest("[data-evidence]");
  const content = new FormData(form);
  if (files) {
    content.delete("file");
    for (const file of files) content.append("file", file, file.name);
  }
  const progress = form.querySelector("progress");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    if (progress && event.lengthComputable) progress.value = (100 * event.loaded) / event.total;
  });
  request.addEventListener("loadend", () => {
    if (request.response?.table) {
      showAnew(section, request.response);
      return;
    }
    if (progress) progress.hidden = true;
    form.querySelectorAll("button").forEach((button) => (button.disabled = false));
    showFailure(section);
  });
  if (progress) progress.hidden = false;
  form.querySelectorAll("button").forEach((button) => (button.disabled = true));
  section.querySelector("[data-results]").textContent = section.dataset.sending;
  request.send(content);
}

document.addEventListener("submit", (event) => {
  const form = formOf(event.target);
  if (!form) return;
  event.preventDefault();
  if (!form.dataset.confirm || window.confirm(form.dataset.confirm)) send(form);
});

document.addEventListener("change", (event) => {
  const form = formOf(event.target);
  if (form && event.target.type === "file" && event.target.files.length) form.requestSubmit();
});

document.addEventListener("dragover", (event) => {
  const form = formOf(event.target);
  if (!form?.querySelector("input[type=file]")) return;
  event.preventDefault();
  form.classList.add("is-over");
});

document.addEventListener("dragleave", (event) => formOf(event.target)?.classList.remove("is-over"));

document.addEventListener("drop", (event) => {
  const form = formOf(event.target);
  const input = form?.querySelector("input[type=file]");
  if (!input || !event.dataTransfer.files.length) return;
  event.preventDefault();
  form.classList.remove("is-over");
  send(form, input.multiple ? event.dataTransfer.files : [event.dataTransfer.files[0]]);
});
