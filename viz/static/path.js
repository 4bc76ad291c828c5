// How two things are tied, for any pair, without a server. Counts as kg/linkage counts: the same whole numbers, the same order.
(function () {
  "use strict";
  var E = window.atlasEgo, add = E.add, zh = E.zh, FAR = Infinity, STEP = 100, MOST = 5;
  var words = JSON.parse(document.getElementById("path-words").textContent), t = words.path;
  var form = document.getElementById("path-form"), out = document.getElementById("path-out"), told = document.getElementById("path-told"), status = document.getElementById("path-said"), count = document.getElementById("path-count");
  var root = "", web = null, pages = null, number = {}, current = null, serial = 0;

  // ---- The ways (kg/linkage/ranking.py) ----
  function less(a, b) {
    if (a.cost !== b.cost) return a.cost < b.cost;
    if (a.found !== b.found) return a.found < b.found;
    for (var i = 0; i < a.way.length && i < b.way.length; i++) if (a.way[i] !== b.way[i]) return a.way[i] < b.way[i];
    return a.way.length < b.way.length;
  }
  function push(heap, item) {
    var i = heap.length;
    heap.push(item);
    while (i) {
      var up = (i - 1) >> 1;
      if (!less(item, heap[up])) break;
      heap[i] = heap[up];
      i = up;
    }
    heap[i] = item;
  }
  function pop(heap) {
    var first = heap[0], last = heap.pop(), i = 0;
    if (!heap.length) return first;
    for (;;) {
      var kid = 2 * i + 1;
      if (kid >= heap.length) break;
      if (kid + 1 < heap.length && less(heap[kid + 1], heap[kid])) kid++;
      if (!less(heap[kid], last)) break;
      heap[i] = heap[kid];
      i = kid;
    }
    heap[i] = last;
    return first;
  }
  function toll(n) { return Math.round(100 * Math.log2(1 + web.near[n].length)); }
  function ranked(start, end, shut, most) {
    var tolls = web.tolls, near = web.near, closed = {}, ahead = near.map(function () { return FAR; }), heap = [], given = [];
    function step(n) { return STEP + (n !== end ? tolls[n] : 0); }
    shut.forEach(function (n) { closed[n] = 1; });
    closed[end] = 1;
    delete closed[start];
    ahead[end] = 0;
    push(heap, { cost: 0, found: 0, way: [end] });
    while (heap.length) {
      var top = pop(heap), here = top.way[0];
      if (top.cost > ahead[here] || here === start) continue;
      var cost = top.cost + step(here);
      near[here].forEach(function (n) {
        if (cost < ahead[n] && !closed[n]) { ahead[n] = cost; push(heap, { cost: cost, found: 0, way: [n] }); }
      });
    }
    if (ahead[start] === FAR) return given;
    function search(begun, barred) {
      var done = {}, spent = 0, list = [];
      begun.forEach(function (n, i) { done[n] = 1; if (i) spent += STEP + tolls[n]; });
      function grow(way, cost, bars) {
        near[way[way.length - 1]].forEach(function (n) {
          if (done[n] || bars && bars[n] || ahead[n] === FAR) return;
          var more = cost + step(n);
          push(list, { cost: more + ahead[n], found: 0, way: way.concat(n), spent: more });
        });
      }
      grow(begun, spent, barred);
      while (list.length) {
        var x = pop(list), last = x.way[x.way.length - 1];
        if (last === end) return x;
        if (done[last]) continue;
        done[last] = 1;
        grow(x.way, x.spent, null);
      }
      return null;
    }
    heap = [];
    push(heap, { cost: ahead[start], found: 0, way: [start], fixed: 0, barred: {} });
    while (heap.length && given.length < most) {
      var set = pop(heap);
      if (!set.found) {
        var rest = search(set.way, set.barred);
        if (rest) push(heap, { cost: rest.cost, found: 1, way: rest.way, fixed: set.fixed, barred: set.barred });
        continue;
      }
      given.push({ cost: set.cost, way: set.way });
      var so = 0;
      for (var i = 1; i <= set.fixed; i++) so += STEP + tolls[set.way[i]];
      for (var at = set.fixed; at < set.way.length - 1; at++) {
        if (at > set.fixed) so += STEP + tolls[set.way[at]];
        var bars = at === set.fixed ? Object.assign({}, set.barred) : {}, begun = set.way.slice(0, at + 1), bound = FAR;
        bars[set.way[at + 1]] = 1;
        near[set.way[at]].forEach(function (n) { if (!bars[n] && begun.indexOf(n) < 0) bound = Math.min(bound, step(n) + ahead[n]); });
        if (bound < FAR) push(heap, { cost: so + bound, found: 0, way: begun, fixed: at, barred: bars });
      }
    }
    return given;
  }
  function ways(a, b, most) { return a === b ? [] : ranked(a, b, web.hubs, most); }

  // ---- In words ----
  function label(n) { return words.labels[n]; }
  function say(text, values) { return text.replace(/\{(\w+)\}/g, function (_, k) { return values[k]; }); }
  function name(parent, n) { return E.link(parent, label(n), E.href(root, words, n)); }
  function weight(cost) { return (cost / 100).toFixed(2); }
  function sentence(parent, way) {
    var p = add(parent, "p", "", "way");
    name(p, way[0]);
    for (var i = 1; i < way.length; i++) {
      var one = E.told(way[i - 1], way[i], words)[0], on = one.from === way[i - 1];
      add(p, "span", " " + (on ? "— " + one.relation + " →" : "← " + one.relation + " —") + " ", "rel");
      name(p, way[i]);
    }
    return p;
  }
  // Rows that turn at their ends on wide screens; on tall ones all below each other.
  function scene(found) {
    var g = words.grid, pitch = zh ? 242 : 256, per = 6, nodes = [], lines = [], y = 0, py = 0;
    found.forEach(function (f, k) {
      var title = say(t.way, { n: k + 1 }) + " · " + (f.way.length - 1) + " " + t.links + " · " + t.weight + " " + weight(f.cost);
      nodes.push({ id: "t" + k, text: function () { return title; }, x: 121, y: y, px: 0, py: py, width: 400, tallWidth: 340, high: 24, size: 14, ground: E.color("ground"), border: E.color("ground"), ink: E.color("quiet"), bare: true, idle: true, align: "left" });
      y += 58; py += 44;
      f.way.forEach(function (n, i) {
        var row = Math.floor(i / per), at = i % per, fam = words.families[words.kinds.charCodeAt(n) - 97], end = i === 0 || i === f.way.length - 1;
        nodes.push({ id: k + "." + i, thing: n, way: k, x: (row % 2 ? per - 1 - at : at) * pitch, y: y + row * 104, px: 0, py: py + i * 96, width: g.box, tallWidth: 280, high: 46, size: zh ? 15 : 14,
          ground: end ? E.color("brand") : E.color(fam + "-ground"), border: end ? E.color("brand") : E.color(fam + "-border"), ink: E.color(end || fam === "industry" ? "brand-ink" : "ink"),
          text: function (tall) { return E.wrap(label(n), (tall ? 280 : g.box) - 18, zh ? 15 : 14, 2); } });
        if (!i) return;
        var one = E.told(f.way[i - 1], n, words)[0], on = one.from === f.way[i - 1], turn = at === 0;
        lines.push({ from: nodes[nodes.length - 2], to: nodes[nodes.length - 1], relation: one.relation, state: one.state, on: on, turn: turn });
      });
      y += (Math.ceil(f.way.length / per) - 1) * 104 + 62;
      py += (f.way.length - 1) * 96 + 60;
    });
    function behind(c, tall) {
      lines.forEach(function (l) {
        var a = l.from, b = l.to, x1 = tall ? a.px : a.x, y1 = tall ? a.py : a.y, x2 = tall ? b.px : b.x, y2 = tall ? b.py : b.y;
        var dx = Math.sign(x2 - x1), dy = Math.sign(y2 - y1), off = dx ? g.box / 2 : 24, state = words.states[l.state];
        x1 += dx * off; x2 -= dx * off; y1 += dy * off; y2 -= dy * off;
        c.beginPath();
        c.moveTo(x1, y1);
        c.lineTo(x2, y2);
        E.stroke(c, E.dashed(l.state));
        if (l.on) E.tip(c, x2, y2, dx, dy); else E.tip(c, x1, y1, -dx, -dy);
        c.fillStyle = E.color("ink");
        c.font = "13px sans-serif";
        c.textBaseline = "middle";
        if (dy) {
          // Beside the line, on the side where there is room.
          var left = !tall && x1 > pitch;
          c.textAlign = left ? "right" : "left";
          c.fillText(l.relation + (state ? " · " + state : ""), x1 + (left ? -10 : 10), (y1 + y2) / 2);
          return;
        }
        c.textAlign = "center";
        E.wrap(l.relation, pitch - g.box - 6, 13, 2).split("\n").reverse().forEach(function (part, i) { c.fillText(part, (x1 + x2) / 2, y1 - 11 - i * 14); });
        c.font = "12px sans-serif";
        if (state) E.wrap(state, pitch - g.box - 14, 12, 2).split("\n").forEach(function (part, i) { c.fillText(part, (x1 + x2) / 2, y1 + 12 + i * 13); });
      });
    }
    return { start: "0.0", nodes: nodes, edges: [], behind: behind, chosen: tell, passed: tell };
  }
  function tell(n) {
    told.textContent = "";
    if (!n) return;
    var p = add(told, "p");
    add(p, "b", label(n.thing));
    add(p, "span", " " + words.sorts[words.kinds.charCodeAt(n.thing) - 97] + " · ", "quiet");
    E.link(p, words.words.open, E.href(root, words, n.thing));
    p.append(" · ");
    E.link(p, say(t.way, { n: n.way + 1 }), "#way-" + (n.way + 1)).addEventListener("click", function (e) { e.preventDefault(); document.getElementById("way-" + (n.way + 1)).scrollIntoView(); });
  }
  function show(a, b) {
    var mine = ++serial;
    out.textContent = "";
    told.textContent = "";
    status.textContent = "";
    delete out.dataset.ready;
    if (current) { current.gone(); current = null; }
    if (a === undefined || b === undefined) { add(out, "p", t.choose, "quiet"); return; }
    if (a === b) { add(out, "p", say(t.same, { a: label(a) }), "lead"); return; }
    var found = ways(a, b, MOST);
    document.title = label(a) + " — " + label(b) + " · " + document.title.split(" · ").slice(-1)[0];
    if (!found.length) { lost(a, b); return; }
    add(out, "h2", found.length > 1 ? found.length + " " + t.found : "1 " + t.found_one);
    count.textContent = out.lastChild.textContent;
    // Some things are far apart, and a way of many steps tells little.
    if (found[0].way.length > 7) add(out, "p", t.far, "quiet");
    var holder = add(out, "div", "", "ego-stage");
    holder.tabIndex = 0;
    holder.setAttribute("role", "application");
    holder.setAttribute("aria-label", t.label);
    out.appendChild(told);
    var steps = add(out, "div", "", "ways-told");
    add(steps, "h2", t.steps);
    found.forEach(function (f, k) {
      var part = add(steps, "section");
      part.id = "way-" + (k + 1);
      add(part, "h3", say(t.way, { n: k + 1 })).append(" ");
      add(part.lastChild, "span", (f.way.length - 1) + " " + t.links + " · " + t.weight + " " + weight(f.cost), "quiet");
      sentence(part, f.way);
      var list = add(part, "ol");
      for (var i = 1; i < f.way.length; i++) {
        var all = E.told(f.way[i - 1], f.way[i], words), li = E.tie(list, all[0], words, name);
        if (all.length > 1) {
          var more = add(li, "details");
          add(more, "summary", t.also + " " + (all.length - 1));
          var inner = add(more, "ul");
          all.slice(1).forEach(function (one) { E.tie(inner, one, words, name); });
        }
      }
    });
    window.atlasPath.found = found;
    E.load(E.top + "assets/vis-network.min.js", "vis").then(function () {
      if (mine !== serial) return;
      current = E.stage(holder, scene(found));
      E.current = current;
      out.dataset.ready = String(found.length);
    }, function () { holder.remove(); });
  }
  // No telling way: where they meet all the same, or that they never do.
  function lost(a, b) {
    var near = ranked(a, b, [], 1)[0];
    out.dataset.ready = "0";
    if (!near) { add(out, "p", say(t.apart, { a: label(a), b: label(b) }), "lead"); return; }
    var hubs = near.way.slice(1, -1).filter(function (n) { return web.hubs.indexOf(n) >= 0; });
    add(out, "p", say(t.only_hubs, { a: label(a), b: label(b), hub: hubs.map(label).join(t.and) }), "lead");
    sentence(out, near.way);
    var list = add(out, "ol");
    for (var i = 1; i < near.way.length; i++) E.tie(list, E.told(near.way[i - 1], near.way[i], words)[0], words, name);
  }

  // ---- The two boxes ----
  function fold(text) { return text.normalize("NFKC").toLowerCase().replace(/[\s“”‘’"'《》〈〉「」()（）[\]·•、,，.。\-—–_/+]/g, ""); }
  // What the site's search finds where it is at hand (aliases, pinyin); else the names of this language.
  function find(text, then) {
    var search = window.atlasSearch;
    if (search) {
      search.load(function () {
        var hits = search.find(text), list = hits[0].concat(hits[1]).filter(function (h) { return h.thing.group !== "gaps"; }).map(function (h) {
          return number[h.thing.key];
        });
        then(list.filter(function (n) { return n !== undefined; }).slice(0, 12));
      });
      return;
    }
    var sought = fold(text), found = [];
    words.labels.forEach(function (l, n) {
      var f = fold(l), at = f.indexOf(sought);
      if (sought && at >= 0) found.push([f === sought ? 0 : at ? 2 : 1, f.length, n]);
    });
    found.sort(function (x, y) { return x[0] - y[0] || x[1] - y[1] || x[2] - y[2]; });
    then(found.slice(0, 12).map(function (f) { return f[2]; }));
  }
  function combo(box) {
    var list = document.getElementById(box.id + "-list"), shown = [], active = -1, self = { value: undefined };
    function close() { list.hidden = true; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); active = -1; }
    function mark(n) {
      if (shown[active]) shown[active].setAttribute("aria-selected", "false");
      active = n;
      if (shown[n]) { shown[n].setAttribute("aria-selected", "true"); box.setAttribute("aria-activedescendant", shown[n].id); shown[n].scrollIntoView({ block: "nearest" }); }
    }
    function pick(n) { close(); self.set(n); changed(); }
    self.set = function (n) { self.value = n; box.value = n === undefined ? "" : label(n); };
    box.addEventListener("input", function () {
      self.value = undefined;
      var text = box.value;
      if (!text.trim()) { close(); return; }
      find(text, function (found) {
        if (box.value !== text || document.activeElement !== box) return;
        list.textContent = "";
        shown = found.map(function (n, i) {
          var li = add(list, "li");
          li.id = box.id + "-" + i;
          li.setAttribute("role", "option");
          li.setAttribute("aria-selected", "false");
          add(li, "span", label(n));
          add(li, "span", words.sorts[words.kinds.charCodeAt(n) - 97], "quiet");
          li.addEventListener("mousedown", function (e) { e.preventDefault(); });
          li.addEventListener("click", function () { pick(n); });
          li.dataset.n = n;
          return li;
        });
        active = -1;
        status.textContent = found.length ? "" : t.no_match;
        list.hidden = !found.length;
        box.setAttribute("aria-expanded", String(found.length > 0));
      });
    });
    box.addEventListener("keydown", function (e) {
      if (e.isComposing) return;
      if ((e.key === "ArrowDown" || e.key === "ArrowUp") && shown.length && !list.hidden) {
        e.preventDefault();
        mark((active + (e.key === "ArrowDown" ? 1 : active < 0 ? shown.length : shown.length - 1)) % shown.length);
      } else if (e.key === "Enter") {
        e.preventDefault();
        if (!list.hidden && shown.length) pick(Number(shown[Math.max(active, 0)].dataset.n));
        else if (self.value === undefined && box.value.trim()) find(box.value, function (found) { if (found.length) pick(found[0]); else unknown(box.value); });
      } else if (e.key === "Escape" && !list.hidden) { e.stopPropagation(); close(); }
    });
    box.addEventListener("blur", close);
    return self;
  }
  function unknown(text) {
    show();
    out.textContent = "";
    add(out, "p", say(t.unknown, { a: text }), "lead");
    out.dataset.ready = "0";
  }
  var a, b, own = "";
  function changed() {
    if (a.value !== undefined && b.value !== undefined) {
      own = "#a=" + pages[a.value] + "&b=" + pages[b.value];
      history.replaceState(null, "", own);
    }
    show(a.value, b.value);
  }
  function fromAddress() {
    var parts = {};
    if (location.hash === own && own) return;
    location.hash.slice(1).split("&").forEach(function (p) { var i = p.indexOf("="); if (i > 0) parts[p.slice(0, i)] = decodeURIComponent(p.slice(i + 1)); });
    if (!parts.a && !parts.b) return;
    own = location.hash;
    a.set(number[parts.a]);
    b.set(number[parts.b]);
    var bad = parts.a && a.value === undefined ? parts.a : parts.b && b.value === undefined ? parts.b : "";
    if (bad) unknown(bad); else show(a.value, b.value);
  }
  Promise.all([E.load(root + "data/labels.js", "ATLAS_LABELS"), E.claims(root, words), E.addresses()]).then(function (all) {
    words.labels = window.ATLAS_LABELS.labels;
    words.kinds = window.ATLAS_LABELS.kinds;
    web = all[1];
    web.tolls = web.near.map(function (_, n) { return toll(n); });
    pages = all[2];
    pages.forEach(function (p, n) { number[p] = n; });
    a = combo(document.getElementById("path-a"));
    b = combo(document.getElementById("path-b"));
    form.addEventListener("submit", function (e) { e.preventDefault(); changed(); });
    document.getElementById("path-swap").addEventListener("click", function () { var x = a.value; a.set(b.value); b.set(x); changed(); });
    document.getElementById("path-copy").addEventListener("click", function () {
      var text = location.href;
      function said() { status.textContent = t.copied; }
      if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(text).then(said, byHand); else byHand();
      function byHand() { var x = add(document.body, "textarea"); x.value = text; x.select(); if (document.execCommand("copy")) said(); x.remove(); }
    });
    form.hidden = false;
    window.atlasPath = { ways: ways, nearest: function (x, y) { return x === y ? [] : ranked(x, y, [], 1); }, number: number, pages: pages, found: [] };
    window.addEventListener("hashchange", fromAddress);
    out.textContent = "";
    add(out, "p", t.choose, "quiet");
    fromAddress();
    document.documentElement.dataset.path = "1";
  }).catch(function () { out.textContent = t.failed; });
})();
