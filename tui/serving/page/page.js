// The terminal measures its font when it opens, so that has to be there first; then it is told where its socket is,
// as seen from here: a proxy may stand before the server.
"use strict";
const open = window.onload;
window.onload = null;
for (const terminal of document.querySelectorAll(".textual-terminal")) {
  const scheme = window.location.protocol === "https:" ? "wss:" : "ws:";
  terminal.dataset.sessionWebsocketUrl = scheme + "//" + window.location.host + terminal.dataset.socket;
}
// It has the keys once it is connected: that it has them is told to the program.
new MutationObserver((_, observer) => {
  const input = document.querySelector(".textual-terminal.-connected .xterm-helper-textarea");
  if (input) {
    observer.disconnect();
    input.focus();
  }
}).observe(document.body, { attributes: true, subtree: true, attributeFilter: ["class"] });
const styles = ["", "bold ", "italic "].map((style) => document.fonts.load(style + "16px 'Roboto Mono'"));
Promise.allSettled(styles).then(open);
