// The panel beside a matrix or a picture: facts of one thing, each with its place. Text only, never HTML from data.
// What it tells stands in window.ATLAS_TOLD (a script that may come after this one) or in #told-data: short as
// kg/draw/told.py writes it, or in full as {key: {label, other, presence, href, facts, more …}}.
(function () {
  "use strict";
  var panel = document.getElementById("panel");
  if (!panel) return;
  var body = document.getElementById("panel-body");
  var statuses = JSON.parse(panel.dataset.statuses), presences = JSON.parse(panel.dataset.presences);
  var source = null, waiting = null, back = null, from = null;

  function data() {
    var inline = document.getElementById("told-data");
    if (!source) source = window.ATLAS_TOLD || (inline ? JSON.parse(inline.textContent) : null);
    return source;
  }
  // Whether the script with the data may still be on its way.
  function coming() { return !data() && document.readyState === "loading"; }
  function tell(id) {
    var d = data();
    if (!d) return null;
    if (!Array.isArray(d.s)) return Object.prototype.hasOwnProperty.call(d, id) ? d[id] : null;
    var row = Object.prototype.hasOwnProperty.call(d.t, id) ? d.t[id] : null;
    if (!row) return null;
    var text = function (n) { return d.s[n]; };
    var page = function (n) { return n ? d.r + d.s[n] : ""; };
    var told = { label: text(row[0]), other: text(row[1]), presence: text(row[2]), href: page(row[3]), gap: page(row[4]),
      means: text(row[5]), position: text(row[6]), more: row[7], facts: [] };
    for (var i = 8; i < row.length; i += 5) {
      var thing = d.o[row[i + 1]];
      told.facts.push([text(row[i]), text(thing[0]), page(thing[1]), text(row[i + 2]), text(row[i + 3]), text(row[i + 4])]);
    }
    return told;
  }
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
  function presence(parent, value) {
    var n = add(parent, "span", "", "node " + value);
    add(n, "span", presences[value], "word");
    parent.append(" ");
  }
  // What a box stands for besides: each opens here, where this page knows it.
  function inside(list) {
    add(body, "h3", panel.dataset.inside + " " + (list.length + (from.beyond || 0)));
    var ul = add(body, "ul", "", "inside");
    list.forEach(function (key) {
      var d = tell(key), li = add(ul, "li");
      if (d && d.presence) presence(li, d.presence);
      link(li, d ? d.label : key, d ? "#" + encodeURIComponent(key) : "");
    });
    if (from.beyond) add(body, "p", panel.dataset.first.replace("{n}", list.length), "quiet");
  }
  function facts(d) {
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
  }
  // `id` is a key of the data; `at` takes the focus back; `more` may hold label and inside (keys) of the box that was
  // chosen, and what is done when the panel is there.
  function open(id, at, more) {
    if (coming()) {
      waiting = [id, at, more];
      return true;
    }
    var d = tell(id);
    from = more || {};
    if (!d && !from.inside) return false;
    back = at || document.activeElement;
    body.textContent = "";
    add(body, "h2", d ? d.label : from.label);
    if (d && d.other) add(body, "div", d.other, "en");
    var line = add(body, "p");
    if (d && d.presence) presence(line, d.presence);
    var ways = [];
    if (d && d.href) ways.push([panel.dataset.open, d.href]);
    if (d && d.gap) ways.push([panel.dataset.card, d.gap]);
    if (panel.dataset.across) ways.push([panel.dataset.acrossWord, panel.dataset.across + (d && d.presence ? "#" + encodeURIComponent(id) : "")]);
    ways.forEach(function (way, n) {
      if (n) line.append(" · ");
      link(line, way[0], way[1]);
    });
    if (d && d.means) add(body, "p", d.means + (d.position ? " · " + d.position : ""), "means");
    if (from.inside && from.inside.length) inside(from.inside);
    if (d) facts(d);
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
    history.replaceState(null, "", "#" + encodeURIComponent(id));
    if (from.opened) from.opened();
    return true;
  }
  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    if (back && back.focus) back.focus({ preventScroll: true });
  }
  document.getElementById("panel-close").addEventListener("click", close);
  document.addEventListener("keydown", function (e) { if (e.key === "Escape") close(); });
  document.addEventListener("DOMContentLoaded", function () {
    if (waiting) open.apply(null, waiting);
    waiting = null;
  });
  window.atlasPanel = { open: open, close: close, has: function (id) { return coming() || Boolean(tell(id)); } };
})();
