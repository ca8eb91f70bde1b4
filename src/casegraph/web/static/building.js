// Follows a build, wherever it was started, without loading the page anew: files may be chosen on it.
const EVERY = 2000; // milliseconds
const box = document.querySelector("[data-building]");

function show(at) {
  let label = box.querySelector("label");
  if (!label) {
    label = document.createElement("label");
    label.append(Object.assign(document.createElement("span"), { className: "at" }), " ", document.createElement("progress"));
    box.append(label);
  }
  const words = at.stage ? `${at.stage[0].toUpperCase()}${at.stage.slice(1)}: ` : "";
  label.querySelector(".at").textContent = `${words}${at.done.toLocaleString("en")} of ${at.total.toLocaleString("en")}`;
  Object.assign(label.querySelector("progress"), { max: at.total, value: at.done });
}

function end() {
  const again = Object.assign(document.createElement("a"), { href: location.pathname, textContent: "Show what came of it" });
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  box.replaceChildren(words);
  words.append("The build has ended. ", again);
}

async function look() {
  try {
    const answer = await fetch("/build.json");
    if (!answer.ok) return; // logged out, or the server has gone
    const found = await answer.json();
    if (!found.busy && !found.status.locked) {
      end();
      return;
    }
    if (found.at) show(found.at);
  } catch {
    // the server does not answer just now
  }
  setTimeout(look, EVERY);
}

if (box) setTimeout(look, EVERY);
