// What is chosen in the drawing: an entity with its ties, or a tie with its evidence, as its own page tells it.

export class Panel {
  constructor(home, { cy, names, given, act }) {
    Object.assign(this, { home, cy, names, given, act, asked: 0 });
  }

  close() {
    this.asked += 1;
    this.home.hidden = true;
    this.cy.elements().unselect();
  }

  show(element) {
    this.asked += 1;
    this.cy.elements().unselect();
    element.select();
    if (element.isNode()) this.node(element);
    else this.tie(element, this.asked);
    this.home.hidden = false;
    this.home.focus({ preventScroll: true });
  }

  node(element) {
    const { id, name, schema, neighbours } = element.data();
    const tools = this.made("p", {}, this.link(`/entities/${id}`, "Its page"));
    if (this.given.network) {
      const about = Object.keys(this.given.about);
      tools.append(" ", this.link(this.address("entity", id), about.length ? "Expand" : "Around it alone"));
      tools.append(" ", this.link(this.address("hide", id), "Hide"));
    } else {
      tools.append(" ", this.link(`/network?entity=${id}`, "Around it"));
    }
    tools.append(" ", this.link(`/network/paths?from=${id}`, "Ways from here"), " ", this.pin(element));
    const ties = this.made("ul", {});
    element.connectedEdges().forEach((edge) => void ties.append(this.made("li", {}, this.line(edge))));
    const count = `${schema}, ${neighbours} ${neighbours === 1 ? "neighbour" : "neighbours"} in the whole case`;
    this.fill(this.made("h2", {}, name), this.made("p", { class: "note" }, count), tools, ties);
  }

  pin(element) {
    const button = this.made("button", { type: "button" });
    const tell = () => {
      button.textContent = element.hasClass("pinned") ? "Unpin" : "Pin";
    };
    tell();
    button.addEventListener("click", () => {
      this.act("pin", element);
      tell();
    });
    return button;
  }

  line(edge) {
    const { source, target, directed, label, claims } = edge.data();
    const words = `${this.names.get(source)} ${directed ? "→" : "↔"} ${this.names.get(target)}: ${label}`;
    const button = this.made("button", { type: "button", class: "tie" }, `${words} (${claims.length})`);
    button.addEventListener("click", () => this.show(edge));
    return button;
  }

  async tie(edge, asked) {
    const { id, source, target, directed } = edge.data();
    const where = `/network/ties/${id}`;
    const title = this.made("h2", {}, this.names.get(source), directed ? " → " : " ↔ ", this.names.get(target));
    const status = this.made("p", { role: "status" }, "…");
    this.fill(title, status);
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
