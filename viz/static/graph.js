// The stage graph: vis-network with fixed places; filters, search, keyboard, panel, deep links.
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("graph-data").textContent);
  var holder = document.getElementById("stage");
  var tall = function () { return holder.clientWidth < 640; };
  var told = document.getElementById("told");
  var ink = getComputedStyle(document.documentElement);
  var color = function (name) { return ink.getPropertyValue("--" + name).trim(); };

  // vis-network draws no double line: what is confirmed absent has a thicker one, long and short dashes in turn.
  var DASHES = { possible: [6, 4], unseen: [2, 3], absent: [9, 3, 2, 3] };

  function look(n, dim) {
    var out = { id: n.id, label: n.label, shape: "box", fixed: true, x: tall() ? n.px : n.x, y: tall() ? n.py : n.y,
      color: { background: n.color.background, border: n.color.border, highlight: { background: color("mark"), border: color("ink") }, hover: { background: color("mark"), border: n.color.border } },
      shapeProperties: { borderDashes: DASHES[n.presence] || false }, borderWidth: n.presence === "absent" ? 2.2 : 1.5, borderWidthSelected: 3,
      opacity: dim ? 0.14 : 1, font: { color: color("ink") + (dim ? "66" : "") } };
    if (n.role === "stage") { out.color = { background: color("brand"), border: color("brand") }; out.font = { color: color("brand-ink"), size: 18 }; out.hidden = tall(); }
    if (n.role === "segment") out.font = { color: color("ink"), size: 16 };
    if (n.presence === "absent") out.borderWidth = 3.5;
    if (n.role === "turn") { out.shape = "dot"; out.size = 1; out.label = undefined; }
    if (data.route && n.role === "firm") { out.font.size = 13; out.margin = 3; }
    return out;
  }
  // A corner of a line and the head of a column are no boxes to stop at.
  function idle(n) { return n.role === "stage" || n.role === "turn"; }
  var byId = {};
  data.nodes.forEach(function (n) { byId[n.id] = n; });
  var nodes = new vis.DataSet(data.nodes.map(function (n) { return look(n, false); }));
  var edges = new vis.DataSet(data.edges.map(function (e, i) {
    var out = { id: i, from: e.from, to: e.to, label: "", name: e.label, dashes: e.dashes, hidden: true };
    if (data.route) {
      out.arrows = e.arrows;
      if (e.curved) out.smooth = { enabled: true, type: "cubicBezier", forceDirection: "vertical", roundness: 0.5 };
    }
    return out;
  }));
  // A route takes the room that it needs: its table is to be seen below it.
  function extent() {
    var box = { l: Infinity, t: Infinity, r: -Infinity, b: -Infinity };
    data.nodes.forEach(function (n) {
      var x = tall() ? n.px : n.x, y = tall() ? n.py : n.y, half = (n.high || 52) / 2, side = n.role === "turn" ? 4 : 80;
      box.l = Math.min(box.l, x - side); box.r = Math.max(box.r, x + side);
      box.t = Math.min(box.t, y - half); box.b = Math.max(box.b, y + half);
    });
    return box;
  }
  function shape() {
    if (!data.route) return;
    holder.style.height = "";
    var box = extent(), zoom = tall() ? holder.clientWidth / 400 : Math.min(holder.clientWidth / (box.r - box.l + 24), 1.2);
    holder.style.height = Math.min(holder.clientHeight, Math.max(160, Math.ceil((box.b - box.t + 40) * zoom))) + "px";
  }
  shape();
  var net = new vis.Network(holder, { nodes: nodes, edges: edges }, data.options);
  var lines = document.getElementById("lines"), rule = document.getElementById("rule"), active = null, chosen = null;

  function near(id) {
    var set = {};
    set[id] = true;
    data.edges.forEach(function (e) { if (e.from === id) set[e.to] = true; if (e.to === id) set[e.from] = true; });
    return set;
  }
  // Whether a box passes both filters: the button that is pressed, and the rule that is chosen.
  function fits(n) {
    var part = active ? active.split(":") : null;
    return (!part || part[1].split(",").indexOf(n[part[0]]) >= 0) && (!rule || !rule.value || (n.rules || []).indexOf(rule.value) >= 0);
  }
  // A filter takes the place of a chosen box, and tells how many nodes pass it.
  function filtered() {
    chosen = null;
    net.unselectAll();
    paint();
    var all = data.nodes.filter(function (n) { return n.role === "node"; });
    var by = active && active.indexOf("presence:") === 0 || rule && rule.value;
    told.textContent = by ? all.filter(fits).length + " / " + all.length : "";
  }
  function paint() {
    var keep = null;
    if (chosen && !data.route) keep = near(chosen);
    else if (active || rule && rule.value) {
      keep = {};
      data.nodes.forEach(function (n) { if (fits(n)) keep[n.id] = true; });
    }
    nodes.update(data.nodes.map(function (n) {
      return look(n, keep !== null && !keep[n.id] && n.role !== "stage" && n.role !== "segment");
    }));
    var all = lines !== null && lines.getAttribute("aria-pressed") === "true";
    edges.update(data.edges.map(function (e, i) {
      var on = chosen ? e.from === chosen || e.to === chosen : all && byId[e.from].role === "node";
      return { id: i, hidden: !on && !data.route, label: chosen && on ? e.label : "" };
    }));
  }
  // Whether the view must move to show a box; a route that is all in view stays where it is.
  function away(id) {
    var dot = net.canvasToDOM(net.getPosition(id)), wide = holder.clientWidth, high = holder.clientHeight;
    return !data.route || dot.x < 80 || dot.y < 30 || dot.x > wide - 80 || dot.y > high - 30;
  }
  function choose(id, focus) {
    chosen = id;
    paint();
    if (id) {
      net.selectNodes([id]);
      window.atlasPanel.open(id, holder);
      if (data.route && tall()) holder.scrollIntoView({ block: "start" });
      if (focus && away(id)) net.focus(id, { scale: Math.max(net.getScale(), 0.7), animation: false });
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
      var box = extent();
      var zoom = Math.min(holder.clientWidth / (box.r - box.l + 24), holder.clientHeight / (box.b - box.t + 24), 1.2);
      net.moveTo({ position: { x: (box.l + box.r) / 2, y: (box.t + box.b) / 2 }, scale: zoom, animation: false });
      return;
    }
    // A phone shows the width; the rest is below, as on any page.
    var ys = data.nodes.filter(function (n) { return !idle(n); }).map(function (n) { return n.py; });
    var scale = holder.clientWidth / 400;
    net.moveTo({ position: { x: 0, y: Math.min.apply(null, ys) + holder.clientHeight / scale / 2 - (data.route ? 52 : 40) }, scale: scale, animation: false });
  }
  net.on("click", function (p) {
    var id = p.nodes[0];
    if (id && !idle(byId[id])) choose(id, false);
    else { choose(null); window.atlasPanel.close(); }
  });
  Array.prototype.forEach.call(document.querySelectorAll("[data-filter]"), function (b) {
    b.addEventListener("click", function () {
      var on = b.getAttribute("aria-pressed") !== "true";
      Array.prototype.forEach.call(document.querySelectorAll("[data-filter]"), function (o) { o.setAttribute("aria-pressed", "false"); });
      b.setAttribute("aria-pressed", String(on));
      active = on ? b.dataset.filter : null;
      filtered();
    });
  });
  if (rule) rule.addEventListener("change", filtered);
  if (lines) lines.addEventListener("click", function () {
    lines.setAttribute("aria-pressed", String(lines.getAttribute("aria-pressed") !== "true"));
    paint();
  });
  document.getElementById("fit").addEventListener("click", function () { choose(null); fit(); });
  var find = document.getElementById("find");
  find.addEventListener("keydown", function (e) {
    if (e.key !== "Enter") return;
    var text = find.value.trim().toLowerCase();
    var hit = data.nodes.filter(function (n) { return !idle(n) && text && n.label.replace(/\n/g, "").toLowerCase().indexOf(text) >= 0; })[0];
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
      if (idle(n) || n.id === chosen) return;
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
    if (away(best)) net.focus(best, { scale: Math.max(net.getScale(), 0.7), animation: false });
    told.textContent = (byId[best].mark ? byId[best].mark + " " : "") + byId[best].label.replace(/\n/g, data.route ? " " : "");
  });
  var was = tall();
  window.addEventListener("resize", function () { if (tall() !== was) { was = tall(); paint(); } shape(); fit(); });
  // The badge of a link that is to be added sits on the upper left corner of its box.
  net.on("afterDrawing", function (pen) {
    pen.font = "bold 15px sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    data.nodes.forEach(function (n) {
      if (!n.mark) return;
      var box = net.getBoundingBox(n.id), wide = pen.measureText(n.mark).width + 12;
      pen.fillStyle = color("brand");
      pen.fillRect(box.left - 8, box.top - 11, wide, 22);
      pen.fillStyle = color("brand-ink");
      pen.fillText(n.mark, box.left - 8 + wide / 2, box.top + 1);
    });
  });
  paint();
  fit();
  var id = decodeURIComponent(location.hash.slice(1));
  if (id && byId[id]) choose(id, true);
  // For a test that measures the boxes.
  window.atlasGraph = net;
  document.documentElement.dataset.ready = "1";
})();
