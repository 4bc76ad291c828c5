// A picture with fixed places, drawn on the canvas of vis-network: filters, search, keyboard, panel, deep links.
//
// #graph-data holds what pyvis holds: `nodes` (id, label with its line breaks, role, family, presence, places x, y, w, h
// and on tall screens px, py, pw, ph, `narrow` the label there; `key` of its panel and `inside`, the keys of what it
// stands for besides), `edges` (a chain: `lines` and `words`) and `options`; and `kind`. In a "chain" lines are drawn when they are asked for, and
// `bands` tell its lanes; in any other picture (`route`) all edges are vis-network's own and always there.
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("graph-data").textContent);
  // A chain tells its lines in numbers: from, to, word, dashed.
  if (data.lines) data.edges = data.lines.map(function (l) {
    return { from: data.nodes[l[0]].id, to: data.nodes[l[1]].id, label: data.words[l[2]], dashes: Boolean(l[3]) };
  });
  var holder = document.getElementById("stage"), told = document.getElementById("told");
  holder.hidden = false;
  document.documentElement.classList.add("live");
  var chain = data.kind === "chain", font = data.options.nodes.font;
  var tall = function () { return holder.clientWidth < 640; }, narrow = tall();
  var ink = getComputedStyle(document.documentElement), known = {};
  function color(name) { return known[name] || (known[name] = ink.getPropertyValue("--" + name).trim()); }

  // Longer and shorter dashes tell the presence apart where colours do not.
  var DASHES = { possible: [6, 4], unseen: [2, 3] };
  var byId = {}, byKey = {};
  data.nodes.forEach(function (n) {
    byId[n.id] = n;
    var key = n.key || n.id;
    if (!(key in byKey)) byKey[key] = n;
  });
  // A corner of a line and the head of a column are no boxes to stop at.
  function idle(n) { return n.role === "stage" || n.role === "turn"; }
  function text(n) { return narrow && n.narrow || n.label || ""; }
  // The label in one line. Lines of English words, and the word for the presence, stand apart.
  function whole(n) {
    return n.label.replace(/([-\/]?)\n/g, function (_, end) { return end || (!chain || document.documentElement.lang === "en" ? " " : ""); });
  }
  function spot(n) {
    var lines = text(n) ? text(n).split("\n").length : 0, small = n.role === "firm" && !n.w;
    if (n.role === "turn") return { x: narrow ? n.px : n.x, y: narrow ? n.py : n.y, w: 2, h: 2 };
    return {
      x: narrow ? n.px : n.x, y: narrow ? n.py : n.y,
      w: narrow && n.pw || n.w || 142, h: narrow && n.ph || n.h || lines * (small ? 15 : 18) + 8,
    };
  }
  var at = {};
  function place() { data.nodes.forEach(function (n) { at[n.id] = spot(n); }); }
  place();

  function look(n) {
    var name = n.role === "node" && n.presence || n.family || "other";
    var own = n.color || {};
    if (n.role === "stage") return { ground: color("brand"), border: color("brand"), ink: color("brand-ink") };
    if (n.role === "more") return { ground: color("ground"), border: color("quiet"), ink: color("accent") };
    return { ground: own.background || color(name + "-ground"), border: own.border || color(name + "-border"), ink: color("ink") };
  }
  var keep = null, chosen = null, hovered = null, around = null;

  function dim(n) {
    var set = around || keep;
    return Boolean(set) && !set[n.id] && n.role !== "stage" && (n.role !== "segment" || Boolean(around));
  }
  function box(pen, x, y, w, h, round) {
    pen.beginPath();
    if (round && pen.roundRect) pen.roundRect(x, y, w, h, round);
    else pen.rect(x, y, w, h);
  }
  // One box. Below four pixels letters tell nothing: then none are drawn, which makes large pictures quick.
  function draw(pen, n, x, y) {
    var s = at[n.id], c = n.look || (n.look = look(n)), zoom = net.getScale(), left = x - s.w / 2, top = y - s.h / 2;
    var lit = n.id === chosen || n.id === hovered;
    pen.globalAlpha = dim(n) ? 0.16 : 1;
    if (n.role === "turn") return;
    pen.fillStyle = lit ? color("mark") : c.ground;
    pen.strokeStyle = n.id === chosen ? color("ink") : c.border;
    pen.lineWidth = n.id === chosen ? 3 : 1.5;
    if (s.h * zoom < 6) {
      pen.fillRect(left, top, s.w, s.h);
      pen.strokeRect(left, top, s.w, s.h);
      pen.globalAlpha = 1;
      return;
    }
    box(pen, left, top, s.w, s.h, n.role === "firm" ? Math.min(12, s.h / 2) : n.role === "stage" ? 0 : 4);
    pen.fill();
    pen.setLineDash(n.role === "more" ? [4, 3] : n.id === chosen ? [] : DASHES[n.presence] || []);
    pen.stroke();
    pen.setLineDash([]);
    if (n.presence === "absent") {
      box(pen, left + 3, top + 3, s.w - 6, s.h - 6, 2);
      pen.stroke();
    } else if (n.role === "node" && n.presence === "present") {
      pen.fillStyle = c.border;
      pen.fillRect(left, top, 4, s.h);
    }
    var small = n.role === "firm" && !n.w, size = small ? 13 : font.size;
    if (size * zoom >= 4) {
      var lines = text(n).split("\n"), step = Math.min(small ? 15 : size + 1, (s.h - 2) / lines.length);
      pen.font = (n.role === "stage" || n.role === "segment" ? "bold " : "") + size + "px " + font.face;
      pen.textAlign = "center";
      pen.textBaseline = "alphabetic";
      var base = y - step * lines.length / 2 + step / 2 + size * 0.35;
      lines.forEach(function (line, i) {
        pen.fillStyle = n.presence === "absent" && i === 0 && lines.length > 1 ? color("absent-border") : c.ink;
        pen.fillText(line, x, base + i * step);
      });
    }
    pen.globalAlpha = 1;
  }

  // The look that vis-network and tests ask for; letters and boxes are drawn here, so that it measures no text.
  function item(n) {
    var s = at[n.id], c = n.look || (n.look = look(n));
    var out = { id: n.id, shape: "custom", x: s.x, y: s.y };
    if (!chain) {
      out.color = { background: c.ground, border: c.border };
      out.shapeProperties = { borderDashes: n.presence === "absent" ? [9, 3, 2, 3] : DASHES[n.presence] || false };
    }
    return out;
  }
  function there(n) { return !(narrow && n.role === "stage"); }
  var nodes = new vis.DataSet(data.nodes.filter(there).map(item));
  var edges = new vis.DataSet(chain ? [] : data.edges.map(function (e, i) {
    var out = { id: i, from: e.from, to: e.to, label: "", dashes: e.dashes, arrows: e.arrows };
    if (e.curved) out.smooth = { enabled: true, type: "cubicBezier", forceDirection: "vertical", roundness: 0.5 };
    return out;
  }));
  // Width and height of what is drawn.
  function extent() {
    var b = { l: Infinity, t: Infinity, r: -Infinity, b: -Infinity };
    data.nodes.forEach(function (n) {
      if (!there(n)) return;
      var s = at[n.id], high = Math.max(s.h, n.high || 0);
      b.l = Math.min(b.l, s.x - s.w / 2); b.r = Math.max(b.r, s.x + s.w / 2);
      b.t = Math.min(b.t, s.y - high / 2); b.b = Math.max(b.b, s.y + high / 2);
    });
    return b;
  }
  var MARGIN = 8;
  // A picture takes the room that it needs and no more: its table is to be seen below it.
  function shape() {
    holder.style.height = "";
    var b = extent(), wide = b.r - b.l + (chain ? MARGIN : 24), most = chain ? 1.5 : 1.2;
    var zoom = narrow ? holder.clientWidth / 400 : Math.min(holder.clientWidth / wide, most);
    holder.style.height = Math.min(holder.clientHeight, Math.max(160, Math.ceil((b.b - b.t + (chain ? MARGIN : 40)) * zoom))) + "px";
  }
  shape();
  data.options.nodes.ctxRenderer = function () { return {}; };
  delete data.options.nodes.widthConstraint;
  data.options.autoResize = true;
  if (data.nodes.length > 600) data.options.interaction.hover = false;
  var net = new vis.Network(holder, { nodes: nodes, edges: edges }, data.options);
  // vis-network takes a shape of our own for a square: here it learns the box, for hits, for culling, for ends of lines.
  function teach() {
    var first = net.body.nodeIndices[0];
    if (first === undefined) return;
    var own = Object.getPrototypeOf(net.body.nodes[first].shape);
    own.resize = function () { var s = at[this.options.id]; this.width = s.w; this.height = s.h; this.radius = s.w / 2; };
    own.updateBoundingBox = function (x, y) {
      var s = at[this.options.id];
      this.left = x - s.w / 2; this.top = y - s.h / 2;
      this.boundingBox.left = this.left; this.boundingBox.right = x + s.w / 2;
      this.boundingBox.top = this.top; this.boundingBox.bottom = y + s.h / 2;
    };
    own.draw = function (pen, x, y) {
      this.resize();
      draw(pen, byId[this.options.id], x, y);
      this.updateBoundingBox(x, y);
      return {};
    };
    Object.keys(net.body.nodes).forEach(function (id) {
      var n = net.body.nodes[id];
      if (n.shape) { n.shape.resize(); n.shape.updateBoundingBox(n.x, n.y); }
    });
  }
  teach();

  var button = document.getElementById("lines"), rule = document.getElementById("rule");
  var filters = Array.prototype.slice.call(document.querySelectorAll("[data-filter]"));
  var only = document.querySelector("[data-sets]");
  function pressed(b) { return Boolean(b) && b.getAttribute("aria-pressed") === "true"; }
  function press(b, on) { if (b) b.setAttribute("aria-pressed", String(on)); }

  function near(id) {
    var set = {};
    set[id] = true;
    data.edges.forEach(function (e) { if (e.from === id) set[e.to] = true; if (e.to === id) set[e.from] = true; });
    return set;
  }
  // The pressed filters by group: within a group one must fit, and every group must.
  function wanted() {
    var groups = {};
    filters.filter(pressed).forEach(function (b) { (groups[b.dataset.filter] = groups[b.dataset.filter] || {})[b.dataset.is] = true; });
    return groups;
  }
  function fits(n, groups) {
    for (var g in groups) if (!groups[g][n[g]]) return false;
    return !rule || !rule.value || (n.rules || []).indexOf(rule.value) >= 0;
  }
  // A filter takes the place of a chosen box, and tells how many boxes pass it.
  function filtered() {
    var groups = wanted(), any = Object.keys(groups).length || rule && rule.value;
    if (only) press(only, only.dataset.sets.split(" ").every(function (p) { return groups.presence && groups.presence[p]; }) && Object.keys(groups.presence).length === only.dataset.sets.split(" ").length);
    chosen = null;
    var all = data.nodes.filter(function (n) { return n.role === "node" || n.role === "firm" && groups.family && groups.family.firm; });
    told.textContent = any ? all.filter(function (n) { return fits(n, groups); }).length + " / " + all.length : "";
    paint();
  }
  function paint() {
    var groups = wanted();
    keep = null;
    if (chosen && chain) keep = near(chosen);
    else if (Object.keys(groups).length || rule && rule.value) {
      keep = {};
      // What a box stands for besides may pass, too.
      data.nodes.forEach(function (n) { if (n.role === "more" || (n.role === "node" || n.role === "firm") && fits(n, groups)) keep[n.id] = true; });
    }
    if (!chain) edges.update(data.edges.map(function (e, i) {
      return { id: i, label: chosen && (e.from === chosen || e.to === chosen) ? e.label : "" };
    }));
    net.redraw();
  }

  // Lines of a chain: from edge to edge in the direction of the stages, else from below to above.
  function curve(e) {
    var a = at[e.from], b = at[e.to], dx = b.x - a.x, dy = b.y - a.y;
    if (Math.abs(dx) > (a.w + b.w) / 2) {
      var s = dx > 0 ? 1 : -1, x1 = a.x + s * a.w / 2, x2 = b.x - s * b.w / 2, bend = Math.max(24, Math.abs(x2 - x1) * 0.45) * s;
      return [x1, a.y, x1 + bend, a.y, x2 - bend, b.y, x2, b.y];
    }
    var t = dy > 0 ? 1 : -1, y1 = a.y + t * a.h / 2, y2 = b.y - t * b.h / 2, rise = Math.max(12, Math.abs(y2 - y1) * 0.45) * t;
    return [a.x, y1, a.x, y1 + rise, b.x, y2 - rise, b.x, y2];
  }
  // Which lines are seen, and whether strongly: those of the chosen or touched box, and when asked for all that pass the filter.
  function seen() {
    var id = chosen || hovered, all = pressed(button);
    return data.edges.filter(function (e) {
      e.strong = Boolean(id) && (e.from === id || e.to === id);
      if (e.strong) return chosen || all;
      return all && !chosen && byId[e.from].role === "node" && (!keep || keep[e.from] && keep[e.to]);
    });
  }
  function stroke(pen, e, zoom) {
    var c = curve(e), size = (e.strong ? 9 : 6) / Math.max(zoom, 0.5);
    pen.globalAlpha = e.strong ? 1 : hovered ? 0.1 : 0.5;
    pen.strokeStyle = pen.fillStyle = color("accent");
    pen.lineWidth = (e.strong ? 1.8 : 1.1) / Math.max(zoom, 0.5);
    pen.setLineDash(e.dashes ? [5, 4] : []);
    pen.beginPath();
    pen.moveTo(c[0], c[1]);
    pen.bezierCurveTo(c[2], c[3], c[4], c[5], c[6], c[7]);
    pen.stroke();
    pen.setLineDash([]);
    var turn = Math.atan2(c[7] - c[5], c[6] - c[4]);
    pen.beginPath();
    pen.moveTo(c[6], c[7]);
    pen.lineTo(c[6] - size * Math.cos(turn + 0.4), c[7] - size * Math.sin(turn + 0.4));
    pen.lineTo(c[6] - size * Math.cos(turn - 0.4), c[7] - size * Math.sin(turn - 0.4));
    pen.fill();
  }
  // A word on a line where few are seen: many would lie on one another, and the panel has them all.
  function words(pen, lines, zoom) {
    if (lines.length > 12 || 13 * zoom < 7) return;
    pen.font = "13px " + font.face;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    // No word on a name: the boxes that the lines lead to are taken.
    var taken = data.nodes.filter(function (n) { return keep && keep[n.id] || around && around[n.id]; })
      .map(function (n) { return [at[n.id].x, at[n.id].y, at[n.id].w, at[n.id].h]; });
    lines.forEach(function (e) {
      var c = curve(e), x = (c[0] + 3 * c[2] + 3 * c[4] + c[6]) / 8, y = (c[1] + 3 * c[3] + 3 * c[5] + c[7]) / 8;
      var wide = pen.measureText(e.label).width + 6;
      if (Math.abs(c[6] - c[0]) < wide + 30 && Math.abs(c[7] - c[1]) < 46) return;
      if (taken.some(function (t) { return Math.abs(t[0] - x) < (t[2] + wide) / 2 && Math.abs(t[1] - y) < (t[3] + 16) / 2; })) return;
      taken.push([x, y, wide, 16]);
      pen.fillStyle = color("ground");
      pen.fillRect(x - wide / 2, y - 8, wide, 16);
      pen.fillStyle = color("accent");
      pen.fillText(e.label, x, y);
    });
  }
  net.on("beforeDrawing", function (pen) {
    pen.fillStyle = color("ground");
    (narrow ? data.tall_bands || [] : data.bands || []).forEach(function (b) { pen.fillRect(b[0], b[1], b[2], b[3]); });
    if (narrow && data.captions) {
      pen.fillStyle = color("quiet");
      pen.font = "13px " + font.face;
      pen.textAlign = "left";
      pen.textBaseline = "middle";
      data.captions.forEach(function (c) { pen.fillText(c[0], -192, c[1]); });
    }
    // Lines run below the boxes, so that no name is struck through; what is dimmed lets them shine through.
    if (chain) seen().forEach(function (e) { stroke(pen, e, net.getScale()); });
    pen.globalAlpha = 1;
  });
  net.on("afterDrawing", function (pen) {
    if (chain) words(pen, seen().filter(function (e) { return e.strong; }), net.getScale());
    // The badge of a link that is to be added sits on the upper left corner of its box.
    pen.font = "bold 15px " + font.face;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    data.nodes.forEach(function (n) {
      if (!n.mark) return;
      var s = at[n.id], left = s.x - s.w / 2 - 8, top = s.y - s.h / 2 - 11, wide = pen.measureText(n.mark).width + 12;
      pen.fillStyle = color("brand");
      pen.fillRect(left, top, wide, 22);
      pen.fillStyle = color("brand-ink");
      pen.fillText(n.mark, left + wide / 2, top + 12);
    });
  });

  function dot(id) { return net.canvasToDOM({ x: at[id].x, y: at[id].y }); }
  function away(id) {
    var p = dot(id), s = at[id], zoom = net.getScale(), w = s.w * zoom / 2, h = s.h * zoom / 2;
    return font.size * zoom < 7 || p.x < w || p.y < h || p.x > holder.clientWidth - w || p.y > holder.clientHeight - h;
  }
  function show(id) {
    if (!away(id)) return;
    var scale = holder.clientWidth / 400;
    // On a phone the width stays whole, and a sheet comes from below: the box goes into the upper part.
    if (narrow) net.moveTo({ position: { x: 0, y: at[id].y + holder.clientHeight * 0.3 / scale }, scale: scale, animation: false });
    else net.moveTo({ position: { x: at[id].x, y: at[id].y }, scale: Math.max(net.getScale(), 0.7), animation: false });
  }
  // The panel must not lie on the box that it tells of.
  function uncover(id) {
    var panel = document.getElementById("panel");
    if (panel.hidden) return;
    var cover = panel.getBoundingClientRect(), sheet = cover.left < 80;
    if (sheet) {
      var edge = holder.getBoundingClientRect();
      if (edge.top < 0 || edge.top > 160) window.scrollBy(0, edge.top - 8);
    }
    var stage = holder.getBoundingClientRect(), zoom = net.getScale(), p = dot(id), s = at[id];
    var view = net.getViewPosition(), right = stage.left + p.x + s.w * zoom / 2 + 12, low = stage.top + p.y + s.h * zoom / 2 + 12;
    cover = panel.getBoundingClientRect();
    if (sheet && low > cover.top) view.y += (low - cover.top) / zoom;
    else if (!sheet && right > cover.left) view.x += (right - cover.left) / zoom;
    else return;
    net.moveTo({ position: view, scale: zoom, animation: false });
  }
  // `key`: a thing that the box stands for besides, whose panel is asked for.
  function choose(id, focus, key) {
    chosen = id;
    if (id) {
      var n = byId[id], own = n.key || n.id;
      if (focus) show(id);
      var seen = function () { uncover(id); };
      if (!(key && window.atlasPanel.open(key, holder, { opened: seen })))
        window.atlasPanel.open(own, holder, { label: whole(n), inside: n.inside, beyond: n.beyond, opened: seen });
    }
    paint();
  }
  function fit() {
    var b = extent();
    if (!narrow) {
      // vis-network's own fit leaves a wide margin and small letters.
      var room = chain ? MARGIN : 24;
      var zoom = Math.min(holder.clientWidth / (b.r - b.l + room), holder.clientHeight / (b.b - b.t + room), chain ? 1.5 : 1.2);
      net.moveTo({ position: { x: (b.l + b.r) / 2, y: (b.t + b.b) / 2 }, scale: zoom, animation: false });
      return;
    }
    // A phone shows the width; the rest is below, as on any page.
    var scale = holder.clientWidth / 400;
    net.moveTo({ position: { x: 0, y: b.t + holder.clientHeight / scale / 2 - 8 }, scale: scale, animation: false });
  }
  net.on("click", function (p) {
    var id = p.nodes[0];
    if (id !== undefined && !idle(byId[id])) choose(id, false);
    else { window.atlasPanel.close(); choose(null); }
  });
  // Where all lines are seen, those of the box below the mouse stand out.
  function hover(id) {
    hovered = id;
    around = id && chain && !chosen && pressed(button) ? near(id) : null;
    net.redraw();
  }
  net.on("hoverNode", function (p) { hover(idle(byId[p.node]) ? null : p.node); });
  net.on("blurNode", function () { hover(null); });
  filters.forEach(function (b) {
    b.addEventListener("click", function () { press(b, !pressed(b)); filtered(); });
  });
  // A shortcut: it presses the buttons that it names, and no other of their group.
  if (only) only.addEventListener("click", function () {
    var on = !pressed(only), sets = only.dataset.sets.split(" ");
    filters.forEach(function (b) { if (b.dataset.filter === "presence") press(b, on && sets.indexOf(b.dataset.is) >= 0); });
    filtered();
  });
  if (rule) rule.addEventListener("change", filtered);
  if (button) button.addEventListener("click", function () { press(button, !pressed(button)); paint(); });
  document.getElementById("fit").addEventListener("click", function () { window.atlasPanel.close(); choose(null); fit(); });

  function plain(label) { return label.replace(/\s+/g, "").toLowerCase(); }
  var find = document.getElementById("find");
  find.addEventListener("keydown", function (e) {
    if (e.key !== "Enter") return;
    var asked = plain(find.value), hits = data.nodes.filter(function (n) { return !idle(n) && asked && plain(n.label).indexOf(asked) >= 0; });
    // The shortest name that holds the text is nearest to it.
    hits.sort(function (a, b) { return plain(a.label).length - plain(b.label).length; });
    told.textContent = hits.length ? "" : "0";
    if (hits.length) choose(hits[0].id, true);
  });
  document.addEventListener("keydown", function (e) {
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (e.key === "/" && !typing) { e.preventDefault(); find.focus(); }
    if (e.key === "Escape") choose(null);
  });
  // Arrow keys walk to the nearest box in that direction; plus, minus and 0 change the size.
  holder.addEventListener("keydown", function (e) {
    var dir = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (e.key === "Enter" && chosen) { choose(chosen, false); return; }
    if (e.key === "+" || e.key === "-") net.moveTo({ scale: net.getScale() * (e.key === "+" ? 1.25 : 0.8), animation: false });
    if (e.key === "0") fit();
    if (!dir) return;
    e.preventDefault();
    var here = chosen ? at[chosen] : null, best = null, least = Infinity;
    data.nodes.forEach(function (n) {
      if (idle(n) || n.id === chosen) return;
      var p = at[n.id], dx = here ? p.x - here.x : p.x, dy = here ? p.y - here.y : p.y;
      var ahead = dx * dir[0] + dy * dir[1], aside = Math.abs(dx * dir[1]) + Math.abs(dy * dir[0]);
      if (here && ahead <= 0) return;
      var cost = here ? ahead + 3 * aside : p.y * 10 + p.x;
      if (cost < least) { least = cost; best = n; }
    });
    if (!best) return;
    chosen = best.id;
    paint();
    show(best.id);
    told.textContent = (best.mark ? best.mark + " " : "") + whole(best);
  });
  window.addEventListener("resize", function () {
    if (tall() !== narrow) {
      narrow = tall();
      place();
      nodes.clear();
      nodes.add(data.nodes.filter(there).map(item));
      teach();
    }
    shape();
    fit();
  });

  // A hash names a box, the thing of a box (by the last part of its IRI, or all of it), or a thing inside one.
  function resolve(name) {
    if (!name) return null;
    if (byId[name]) return [byId[name], ""];
    if (byKey[name]) return [byKey[name], ""];
    var n = data.nodes.filter(function (x) { return (x.inside || []).indexOf(name) >= 0; })[0];
    if (n) return [n, name];
    var short = name.split("|").map(function (part) { return part.slice(part.lastIndexOf("/") + 1); });
    return name.indexOf("/") < 0 ? null : resolve(short.join("|")) || resolve(short[short.length - 1]);
  }
  function follow() {
    var name = "";
    try { name = decodeURIComponent(location.hash.slice(1)); } catch (e) { /* a broken address opens nothing */ }
    var hit = resolve(name);
    if (hit && !idle(hit[0])) choose(hit[0].id, true, hit[1]);
  }
  window.addEventListener("hashchange", follow);
  fit();
  paint();
  follow();
  // For the picture that is saved: which boxes are dimmed, which lines are seen.
  window.atlasPicture = {
    dimmed: function () { return data.nodes.filter(function (n) { return n.role !== "turn"; }).map(function (n) { return Boolean(keep && !keep[n.id] && n.role !== "stage" && n.role !== "segment"); }); },
    lines: function () {
      if (!chain || narrow) return [];
      return seen().map(function (e) { var c = curve(e); return { way: "M" + c[0] + " " + c[1] + "C" + c.slice(2).join(" "), strong: e.strong, dashes: Boolean(e.dashes) }; });
    },
  };
  // For tests that measure.
  window.atlasGraph = net;
  document.documentElement.dataset.ready = "1";
})();
