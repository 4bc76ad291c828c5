// The panel beside a matrix or a graph: facts of one thing, each with its place. Text only, never HTML from data.
(function () {
  "use strict";
  var panel = document.getElementById("panel");
  if (!panel) return;
  var told = JSON.parse(document.getElementById("told-data").textContent);
  var body = document.getElementById("panel-body");
  var statuses = JSON.parse(panel.dataset.statuses), presences = JSON.parse(panel.dataset.presences);
  var back = null;

  function add(parent, tag, text, cls) {
    var e = document.createElement(tag);
    if (text) e.textContent = text;
    if (cls) e.className = cls;
    parent.appendChild(e);
    return e;
  }
  function link(parent, text, href) {
    var a = add(parent, href ? "a" : "span", text);
    if (href) a.href = href;
    return a;
  }
  function open(id, from) {
    var d = told[id];
    if (!d) return false;
    back = from || document.activeElement;
    body.textContent = "";
    add(body, "h2", d.label);
    if (d.other) add(body, "div", d.other, "en");
    var line = add(body, "p");
    if (d.presence) { var n = add(line, "span", "", "node " + d.presence); add(n, "span", presences[d.presence], "word"); line.append(" "); }
    if (d.href) link(line, panel.dataset.open, d.href);
    if (d.gap) { line.append(" · "); link(line, panel.dataset.card, d.gap); }
    if (d.means) add(body, "p", d.means + (d.position ? " · " + d.position : ""), "means");
    var list = add(body, "ul");
    d.facts.forEach(function (f) {
      var li = add(list, "li");
      add(li, "span", f[0] + " ", "rel");
      link(li, f[1], d.href ? f[2] : "");
      li.append(" ");
      add(li, "span", statuses[f[3]] || f[3], "status " + f[3]);
      if (f[4]) add(li, "div", f[4], "quiet");
      if (f[5]) add(li, "div", f[5], "where");
    });
    if (!d.facts.length) add(list, "li", panel.dataset.none);
    if (d.more) add(body, "p", "+" + d.more + " " + panel.dataset.more, "quiet");
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
    history.replaceState(null, "", "#" + encodeURIComponent(id));
    return true;
  }
  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    if (back && back.focus) back.focus({ preventScroll: true });
  }
  document.getElementById("panel-close").addEventListener("click", close);
  document.addEventListener("keydown", function (e) { if (e.key === "Escape") close(); });
  window.atlasPanel = { open: open, close: close, has: function (id) { return id in told; } };
})();
