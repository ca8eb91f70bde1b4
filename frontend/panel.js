// What is chosen in the drawing: an entity with its ties, or a tie with its evidence, as its own page tells it.

import { PINNED } from "./graph.js";

const MANY = 100; // ties that are listed at once

export class Panel {
  constructor(home, { graph, stage, about, act }) {
    Object.assign(this, { home, graph, stage, about, act, asked: 0 });
  }

  close() {
    this.asked += 1;
    this.home.hidden = true;
    this.stage.choose(null);
  }

  show(one) {
    this.asked += 1;
    this.stage.choose(one);
    if (one.ties) this.node(one);
    else this.tie(one, this.asked);
    this.home.hidden = false;
    this.home.focus({ preventScroll: true });
  }

  node(node) {
    const { id, name, schema, neighbours } = node;
    const tools = this.made("p", {}, this.link(`/entities/${id}`, "Its page"));
    if (this.about) {
      tools.append(" ", this.link(this.address("entity", id), this.about.length ? "Expand" : "Around it alone"));
      tools.append(" ", this.link(this.address("hide", id), "Hide"));
    } else {
      tools.append(" ", this.link(`/network?entity=${id}`, "Around it"));
    }
    tools.append(" ", this.link(`/network/paths?from=${id}`, "Ways from here"), " ", this.pin(node));
    const count = `${schema}, ${neighbours} ${neighbours === 1 ? "neighbour" : "neighbours"} in the whole case`;
    this.fill(this.made("h2", {}, name), this.made("p", { class: "note" }, count), tools, ...this.ties(node.ties));
  }

  // A hub has thousands: as many buttons at once would hold up the page.
  ties(ties, from = 0) {
    const list = this.made("ul", {}, ...ties.slice(from, from + MANY).map((tie) => this.made("li", {}, this.line(tie))));
    const left = ties.length - from - MANY;
    if (left <= 0) return [list];
    const more = this.made("button", { type: "button" }, `${left} further`);
    more.addEventListener("click", () => {
      const further = this.ties(ties, from + MANY);
      more.replaceWith(...further);
      further[0].querySelector("button").focus(); // what had the focus is gone
    });
    return [list, more];
  }

  pin(node) {
    const button = this.made("button", { type: "button" });
    const tell = () => {
      button.textContent = this.graph.has(node, PINNED) ? "Unpin" : "Pin";
    };
    tell();
    button.addEventListener("click", () => {
      this.act("pin", node);
      tell();
    });
    return button;
  }

  line(tie) {
    const { source, target, directed, label, claims } = tie;
    const words = `${this.graph.nodes[source].name} ${directed ? "→" : "↔"} ${this.graph.nodes[target].name}: ${label}`;
    const button = this.made("button", { type: "button", class: "tie" }, `${words} (${claims})`);
    button.addEventListener("click", () => this.show(tie));
    return button;
  }

  async tie({ id, source, target, directed }, asked) {
    const where = `/network/ties/${id}`;
    const ends = [source, target].map((at) => this.graph.nodes[at]);
    const title = this.made("h2", {}, ends[0].name, directed ? " → " : " ↔ ", ends[1].name);
    const back = this.made("p", {}, ...ends.flatMap((node) => [this.end(node), " "]));
    const status = this.made("p", { role: "status" }, "…");
    this.fill(title, back, status);
    let told = null;
    try {
      const page = await fetch(where);
      told = new DOMParser().parseFromString(await page.text(), "text/html").getElementById("tie");
    } catch {
      // told below
    }
    if (asked !== this.asked) return; // something else was chosen meanwhile
    if (told) status.replaceWith(document.adoptNode(told));
    else status.textContent = "The server does not answer.";
    this.home.append(this.made("p", {}, this.link(where, "Its page")));
  }

  end(node) {
    const button = this.made("button", { type: "button", class: "tie" }, `Ties of ${node.name}`);
    button.addEventListener("click", () => this.show(node));
    return button;
  }

  fill(...parts) {
    const close = this.made("button", { type: "button", class: "close", "data-do": "close", "aria-label": "Close" }, "×");
    this.home.replaceChildren(close, ...parts);
    this.home.scrollTop = 0;
  }

  address(name, value) {
    const query = new URLSearchParams(location.search);
    query.delete("page");
    query.append(name, value);
    return `${location.pathname}?${query}`;
  }

  link(where, words) {
    return this.made("a", { href: where }, words);
  }

  made(name, attributes, ...parts) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...parts);
    return made;
  }
}
