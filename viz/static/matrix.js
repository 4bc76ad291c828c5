// The chain matrix: filters by text, kind, rule and gaps, download, panel on click, deep links (#node). Without this script all is readable.
(function () {
  "use strict";
  var list = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var filter = document.getElementById("filter"), only = document.getElementById("only"), rule = document.getElementById("rule");
  var told = document.getElementById("told"), graph = document.getElementById("to-graph"), csv = document.getElementById("csv");
  var nodes = list(".node[data-node]"), chips = list(".matrix .chip"), rows = list(".matrix tbody tr"), kinds = list(".kinds button");
  var pressed = function (b) { return b.getAttribute("aria-pressed") === "true"; };
  var fold = function (s) { return s.normalize("NFKC").toLowerCase(); };
  nodes.forEach(function (n) { n.folded = fold(n.dataset.text); });
  chips.forEach(function (c) {
    c.folded = fold(c.textContent);
    // chip FAMILY …
    c.kind = c.classList[1];
  });

  function apply() {
    var text = fold(filter.value.trim()), gaps = pressed(only), about = rule ? rule.value : "";
    var chosen = kinds.filter(pressed).map(function (b) { return b.dataset.kind; });
    var ask = Boolean(text || gaps || about), shown = 0, actors = {};
    var kindFits = function (kind) { return !chosen.length || chosen.indexOf(kind) >= 0; };
    nodes.forEach(function (n) {
      n.fits = (!text || n.folded.indexOf(text) >= 0) && (!gaps || n.classList.contains("unseen") || n.classList.contains("absent")) &&
        (!about || n.dataset.rules.split(" ").indexOf(about) >= 0);
      n.hidden = !(n.fits && kindFits(n.dataset.kind));
      if (!n.hidden) shown++;
    });
    // Beside the nodes that fit stay those who are in them; a search by name finds actors too.
    chips.forEach(function (c) {
      var home = c.closest("td") || c.closest("tr");
      var beside = !ask || list(".node[data-node]", home).some(function (n) { return n.fits; }) || Boolean(text && !gaps && !about && c.folded.indexOf(text) >= 0);
      c.hidden = !(beside && kindFits(c.kind));
      if (!c.hidden) actors[c.href || c.textContent] = true;
    });
    list(".matrix .who").forEach(function (w) { w.hidden = !w.querySelector(".chip:not([hidden])"); });
    rows.forEach(function (r) {
      var head = fold(r.querySelector("th a").textContent);
      r.hidden = Boolean((ask || chosen.length) && !(text && !gaps && !about && !chosen.length && head.indexOf(text) >= 0) &&
        !r.querySelector(".node[data-node]:not([hidden]), .chip:not([hidden])"));
    });
    var who = Object.keys(actors).length;
    told.textContent = !ask && !chosen.length ? "" : shown || who ? shown + " / " + nodes.length + " " + told.dataset.nodes + " · " + who + " " + told.dataset.actors : told.dataset.none;
  }
  function toggle(b) {
    b.addEventListener("click", function () {
      b.setAttribute("aria-pressed", String(!pressed(b)));
      apply();
    });
  }
  // The name of a node stands in it beside its mark and its word.
  function name(n) {
    return Array.prototype.filter.call(n.childNodes, function (c) { return c.nodeType === 3; }).map(function (c) { return c.data; }).join("").trim();
  }
  function table() {
    var words = {};
    kinds.forEach(function (b) { words[b.dataset.kind] = b.dataset.word; });
    return nodes.filter(function (n) { return !n.hidden; }).map(function (n) {
      return [n.closest("tr").querySelector("th a").textContent, n.closest("td").dataset.stage, name(n), words[n.dataset.kind] || n.dataset.kind,
        n.querySelector(".word").textContent, n.dataset.who];
    });
  }
  function open(id, n) {
    if (!window.atlasPanel || !window.atlasPanel.open(id, n)) return false;
    nodes.forEach(function (o) { if (o === n) o.setAttribute("aria-current", "true"); else o.removeAttribute("aria-current"); });
    graph.href = graph.href.split("#")[0] + "#" + encodeURIComponent(id);
    return true;
  }
  list(".live").forEach(function (e) { e.hidden = false; });
  kinds.forEach(function (b) { b.disabled = false; toggle(b); });
  toggle(only);
  filter.addEventListener("input", apply);
  if (rule) rule.addEventListener("change", apply);
  document.getElementById("print").addEventListener("click", function () { window.print(); });
  csv.addEventListener("click", function () { window.atlasCsv([JSON.parse(csv.dataset.heads)].concat(table()), csv.dataset.name); });
  nodes.forEach(function (n) {
    n.addEventListener("click", function (e) {
      if (e.ctrlKey || e.metaKey || e.shiftKey) return;
      if (open(n.dataset.node, n)) e.preventDefault();
    });
  });
  var id = "";
  try { id = decodeURIComponent(location.hash.slice(1)); } catch (e) { /* a broken address opens nothing */ }
  if (id && window.atlasPanel && window.atlasPanel.has(id)) {
    var n = document.getElementById(id);
    // On a phone the panel covers the lower half.
    if (n) n.scrollIntoView({ block: window.matchMedia("(max-width: 720px)").matches ? "start" : "center" });
    open(id, n);
  }
})();
