// The stage graph: vis-network with fixed places; filters, search, keyboard, panel, deep links.
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("graph-data").textContent);
  var holder = document.getElementById("stage");
  var tall = function () { return holder.clientWidth < 640; };
  var told = document.getElementById("told");
  var ink = getComputedStyle(document.documentElement);
  var color = function (name) { return ink.getPropertyValue("--" + name).trim(); };

  function look(n, dim) {
    var out = { id: n.id, label: n.label, shape: "box", fixed: true, x: tall() ? n.px : n.x, y: tall() ? n.py : n.y,
      color: { background: n.color.background, border: n.color.border, highlight: { background: color("mark"), border: color("ink") }, hover: { background: color("mark"), border: n.color.border } },
      shapeProperties: { borderDashes: n.presence === "possible" ? [6, 4] : n.presence === "unseen" ? [2, 3] : false },
      opacity: dim ? 0.14 : 1, font: { color: n.family === "segment" || n.role === "stage" ? color("ink") : color("ink") } };
    if (n.role === "stage") { out.color = { background: color("brand"), border: color("brand") }; out.font = { color: color("brand-ink"), size: 18 }; out.hidden = tall(); }
    if (n.role === "segment") out.font = { color: color("ink"), size: 16 };
    return out;
  }
  var byId = {};
  data.nodes.forEach(function (n) { byId[n.id] = n; });
  var nodes = new vis.DataSet(data.nodes.map(function (n) { return look(n, false); }));
  var edges = new vis.DataSet(data.edges.map(function (e, i) {
    return { id: i, from: e.from, to: e.to, label: "", name: e.label, dashes: e.dashes, hidden: true };
  }));
  var net = new vis.Network(holder, { nodes: nodes, edges: edges }, data.options);
  var lines = document.getElementById("lines"), active = null, chosen = null;

  function near(id) {
    var set = {};
    set[id] = true;
    data.edges.forEach(function (e) { if (e.from === id) set[e.to] = true; if (e.to === id) set[e.from] = true; });
    return set;
  }
  function paint() {
    var keep = null;
    if (chosen) keep = near(chosen);
    else if (active) {
      keep = {};
      var part = active.split(":");
      data.nodes.forEach(function (n) { if (n[part[0]] === part[1]) keep[n.id] = true; });
    }
    nodes.update(data.nodes.map(function (n) {
      return look(n, keep !== null && !keep[n.id] && n.role !== "stage" && n.role !== "segment");
    }));
    var all = lines.getAttribute("aria-pressed") === "true";
    edges.update(data.edges.map(function (e, i) {
      var on = chosen ? e.from === chosen || e.to === chosen : all && byId[e.from].role === "node";
      return { id: i, hidden: !on, label: chosen && on ? e.label : "" };
    }));
  }
  function choose(id, focus) {
    chosen = id;
    paint();
    if (id) {
      net.selectNodes([id]);
      window.atlasPanel.open(id, holder);
      if (focus) net.focus(id, { scale: Math.max(net.getScale(), 0.7), animation: false });
      // The panel must not lie on the node it tells of.
      var seen = holder.getBoundingClientRect(), cover = document.getElementById("panel").getBoundingClientRect();
      var dot = net.canvasToDOM(net.getPosition(id)), x = seen.left + dot.x, y = seen.top + dot.y;
      if (x > cover.left - 80 && y > cover.top - 40 && y < cover.bottom) {
        var view = net.getViewPosition(), scale = net.getScale();
        if (cover.left < 80) view.y += (y - seen.top - 60) / scale;
        else view.x += (x - cover.left + 120) / scale;
        net.moveTo({ position: view, scale: scale, animation: false });
      }
    } else net.unselectAll();
  }
  function fit() {
    if (!tall()) {
      // vis-network's own fit leaves a wide margin and small letters.
      var box = { l: Infinity, t: Infinity, r: -Infinity, b: -Infinity };
      data.nodes.forEach(function (n) {
        box.l = Math.min(box.l, n.x - 80); box.r = Math.max(box.r, n.x + 80);
        box.t = Math.min(box.t, n.y - 26); box.b = Math.max(box.b, n.y + 26);
      });
      var zoom = Math.min(holder.clientWidth / (box.r - box.l + 24), holder.clientHeight / (box.b - box.t + 24), 1.2);
      net.moveTo({ position: { x: (box.l + box.r) / 2, y: (box.t + box.b) / 2 }, scale: zoom, animation: false });
      return;
    }
    // A phone shows the width; the rest is below, as on any page.
    var ys = data.nodes.filter(function (n) { return n.role !== "stage"; }).map(function (n) { return n.py; });
    var scale = holder.clientWidth / 400;
    net.moveTo({ position: { x: 0, y: Math.min.apply(null, ys) + holder.clientHeight / scale / 2 - 40 }, scale: scale, animation: false });
  }
  net.on("click", function (p) {
    var id = p.nodes[0];
    if (id && byId[id].role !== "stage") choose(id, false);
    else { choose(null); window.atlasPanel.close(); }
  });
  Array.prototype.forEach.call(document.querySelectorAll("[data-filter]"), function (b) {
    b.addEventListener("click", function () {
      var on = b.getAttribute("aria-pressed") !== "true";
      Array.prototype.forEach.call(document.querySelectorAll("[data-filter]"), function (o) { o.setAttribute("aria-pressed", "false"); });
      b.setAttribute("aria-pressed", String(on));
      active = on ? b.dataset.filter : null;
      chosen = null;
      paint();
    });
  });
  lines.addEventListener("click", function () {
    lines.setAttribute("aria-pressed", String(lines.getAttribute("aria-pressed") !== "true"));
    paint();
  });
  document.getElementById("fit").addEventListener("click", function () { choose(null); fit(); });
  var find = document.getElementById("find");
  find.addEventListener("keydown", function (e) {
    if (e.key !== "Enter") return;
    var text = find.value.trim().toLowerCase();
    var hit = data.nodes.filter(function (n) { return n.role !== "stage" && text && n.label.replace(/\n/g, "").toLowerCase().indexOf(text) >= 0; })[0];
    told.textContent = hit ? "" : "0";
    if (hit) choose(hit.id, true);
  });
  document.addEventListener("keydown", function (e) {
    if (e.key === "/" && document.activeElement !== find) { e.preventDefault(); find.focus(); }
    if (e.key === "Escape") { chosen = null; paint(); net.unselectAll(); }
  });
  // Arrow keys walk to the nearest box in that direction.
  holder.addEventListener("keydown", function (e) {
    var dir = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (e.key === "Enter" && chosen) { window.atlasPanel.open(chosen, holder); return; }
    if (!dir) return;
    e.preventDefault();
    var at = function (n) { return tall() ? [n.px, n.py] : [n.x, n.y]; };
    var here = chosen ? at(byId[chosen]) : null, best = null, least = Infinity;
    data.nodes.forEach(function (n) {
      if (n.role === "stage" || n.id === chosen) return;
      var p = at(n);
      var dx = here ? p[0] - here[0] : p[0], dy = here ? p[1] - here[1] : p[1];
      var ahead = dx * dir[0] + dy * dir[1], aside = Math.abs(dx * dir[1]) + Math.abs(dy * dir[0]);
      if (here && ahead <= 0) return;
      var cost = here ? ahead + 3 * aside : p[1] * 10 + p[0];
      if (cost < least) { least = cost; best = n.id; }
    });
    if (!best) return;
    chosen = best;
    paint();
    net.selectNodes([best]);
    net.focus(best, { scale: Math.max(net.getScale(), 0.7), animation: false });
    told.textContent = byId[best].label.replace(/\n/g, "");
  });
  var was = tall();
  window.addEventListener("resize", function () { if (tall() !== was) { was = tall(); paint(); } fit(); });
  paint();
  fit();
  var id = decodeURIComponent(location.hash.slice(1));
  if (id && byId[id]) choose(id, true);
  // For a test that measures the boxes.
  window.atlasGraph = net;
  document.documentElement.dataset.ready = "1";
})();
