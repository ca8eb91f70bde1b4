// Gives the words that are selected in the text of a page an address: ?from=&to= in code points.
const article = document.querySelector("article[data-page]");
const link = document.querySelector("#selected");

/** Code points of the page before a place in it; null where that stands in no block of the text. */
function offset(node, at) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const block = element?.closest("[data-start]");
  if (!block || !article.contains(block)) return null;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(node, at);
  return Number(block.dataset.start) + [...before.toString()].length;
}

document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return;
  const range = chosen.getRangeAt(0);
  const from = offset(range.startContainer, range.startOffset);
  const to = offset(range.endContainer, range.endOffset);
  if (from === null || to === null || from >= to) return;
  const where = new URL(link.href);
  where.searchParams.set("from", from);
  where.searchParams.set("to", to);
  where.hash = "span";
  link.href = where.href;
  link.closest("li").hidden = false;
});
