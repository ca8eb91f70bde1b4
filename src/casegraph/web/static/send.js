// Files and folders that are dropped anywhere on the page, or chosen, are sent with a bar that shows how far it is.
// Without this the form sends files by itself.
const MOST = 2000; // as the server
const form = document.querySelector("form.sending");
const told = form?.querySelector(".told");
const bar = form?.querySelector("progress");

function say(words, bad = false) {
  told.hidden = false;
  told.classList.toggle("bad", bad);
  told.textContent = words;
}

/** All files below an entry of a drop, with their paths. */
async function below(entry, path, found) {
  if (entry.isFile) {
    const file = await new Promise((give, fail) => entry.file(give, fail));
    found.push([file, path + entry.name]);
  } else if (entry.isDirectory) {
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((give, fail) => reader.readEntries(give, fail)); // a hundred at a time
      if (!some.length) break;
      for (const one of some) await below(one, `${path}${entry.name}/`, found);
    }
  }
}

async function dropped(transfer) {
  const found = [];
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile()); // at once: the drop is over soon
  for (const one of entries) {
    if (one instanceof File) found.push([one, one.name]);
    else if (one) await below(one, "", found);
  }
  return found;
}

function send(files) {
  if (!files.length) return;
  if (files.length > MOST) {
    say(`Up to ${MOST.toLocaleString("en")} files can be sent at a time; casegraph add takes any number.`, true);
    return;
  }
  const data = new FormData();
  data.append("token", form.elements.token.value); // first: nothing is written before it has come
  for (const [file, name] of files) data.append("files", file, name);
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) Object.assign(bar, { max: event.total, value: event.loaded });
  });
  request.addEventListener("load", () => {
    if (request.status === 200) {
      location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    failed(page.querySelector("h1")?.textContent);
  });
  request.addEventListener("error", () => failed("The server did not take them; look whether it is still running"));
  form.querySelector("button").disabled = true;
  bar.hidden = false;
  bar.removeAttribute("value");
  say(`Sending ${files.length.toLocaleString("en")} ${files.length === 1 ? "file" : "files"}`);
  request.open("POST", form.action);
  request.send(data);
}

function failed(words) {
  form.querySelector("button").disabled = false;
  bar.hidden = true;
  say(`${words || "They were not taken"}.`, true);
}

if (form) {
  const [input, folder] = form.querySelectorAll("input[type=file]");
  if ("webkitdirectory" in folder) folder.closest("label").hidden = false;
  let depth = 0; // of elements that are dragged over
  const over = (event) => event.dataTransfer?.types.includes("Files");
  const mark = (change) => {
    depth = change === 0 ? 0 : Math.max(0, depth + change);
    form.classList.toggle("over", depth > 0);
  };
  document.addEventListener("dragenter", (event) => over(event) && mark(1));
  document.addEventListener("dragleave", (event) => over(event) && mark(-1));
  document.addEventListener("dragover", (event) => over(event) && event.preventDefault());
  document.addEventListener("drop", async (event) => {
    if (!over(event)) return;
    event.preventDefault();
    mark(0);
    try {
      send(await dropped(event.dataTransfer));
    } catch {
      failed("The files cannot be read");
    }
  });
  folder.addEventListener("change", () => {
    input.required = !folder.files.length;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = [...input.files].map((file) => [file, file.name]);
    send([...chosen, ...[...folder.files].map((file) => [file, file.webkitRelativePath || file.name])]);
  });
}
