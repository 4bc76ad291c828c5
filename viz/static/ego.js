// What is around one thing (kg/draw/ego): fixed places, loaded when the picture comes into view. Also the stage and the
// citations that path.js uses. Text only, never HTML from data.
(function () {
  "use strict";
  var here = document.currentScript, TOP = here && here.src ? here.src.replace(/assets\/[^\/]*$/, "") : "";
  var ink = getComputedStyle(document.documentElement);
  function color(name) { return ink.getPropertyValue("--" + name).trim(); }
  var zh = document.documentElement.lang !== "en", loading = {};

  // A classic script once, unless what it sets is there already; file:// knows no fetch.
  function load(src, name) {
    if (name && window[name]) return Promise.resolve();
    if (!loading[src]) loading[src] = new Promise(function (yes, no) {
      var s = document.createElement("script");
      s.src = src;
      s.onload = yes;
      s.onerror = function () { delete loading[src]; s.remove(); no(new Error(src)); };
      document.head.appendChild(s);
    });
    return loading[src];
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

  // ---- Text in boxes ----
  var pen = document.createElement("canvas").getContext("2d");
  // On a Chinese page quotation marks are as wide as a character; a canvas outside the page does not know its language.
  function measure(text, size) { pen.font = size + "px sans-serif"; return pen.measureText(zh ? text.replace(/[“”‘’…—]/g, "国") : text).width; }
  function clip(text, most, size) {
    if (measure(text, size) <= most) return text;
    while (text && measure(text + "…", size) > most) text = text.slice(0, -1);
    return text.trim() + "…";
  }
  // `text` in one line or two of a box, as even as they can be; the whole name is below the picture.
  function wrap(text, most, size, lines) {
    var whole = measure(text, size), parts, first, rest, room;
    if (whole <= most) return text;
    if (lines === 1) return clip(text, most, size);
    for (room = Math.max(whole / 2, 40); ; room += 6) {
      if (room > most) room = most;
      parts = text.match(/[A-Za-z0-9.,:;()%&'’\/+\-–]+\s*|\s+|[^][，、。；：）》”]?/g);
      first = "";
      while (parts.length && measure((first + parts[0]).trim(), size) <= room) first += parts.shift();
      rest = parts.join("").trim();
      if (room === most || first && measure(rest, size) <= room) break;
    }
    return first ? first.trim() + "\n" + clip(rest, most, size) : clip(text, most, size);
  }

  // ---- A stage: a still picture as high as it needs, which the page scrolls past ----
  // scene.edges show when one of their ends is chosen; lines that are always there are drawn by scene.behind.
  // scene.nodes: id, text, x y px py, width, tallWidth, high, size, ground, border, ink, dashes, bold, idle.
  function stage(holder, scene) {
    var tall, net, chosen = null, byId = {}, nodes, edges, zoom = 1;
    holder.textContent = "";
    scene.nodes.forEach(function (n) { byId[n.id] = n; });
    function isTall() { return holder.clientWidth < 640; }
    function look(n) {
      var wide = (tall ? n.tallWidth : n.width) || n.width, edge = n.edge || 1.5, side = n.bare ? 4 : 7;
      return { id: n.id, label: n.text(tall), shape: "box", x: tall ? n.px : n.x, y: tall ? n.py : n.y,
        widthConstraint: { minimum: wide - 2 * side - 2 }, heightConstraint: { minimum: n.high - 6, valign: "middle" },
        margin: { top: 2, bottom: 2, left: side, right: side }, borderWidth: n.bare ? 0 : edge, borderWidthSelected: n.bare ? 0 : 3,
        color: { background: n.ground, border: n.border, highlight: { background: n.idle ? n.ground : color("mark"), border: n.idle ? n.border : color("ink") }, hover: { background: n.idle ? n.ground : color("mark"), border: n.border } },
        shapeProperties: { borderDashes: n.dashes || false, borderRadius: 5 },
        font: { size: n.size, color: n.idle || n.id !== chosen ? n.ink : color("ink"), face: "sans-serif", align: n.align || (n.bare && tall ? "left" : "center") }, chosen: !n.idle };
    }
    function line(e, i) {
      var on = chosen && (e.from === chosen || e.to === chosen);
      return { id: i, from: e.from, to: e.to, hidden: !on, dashes: e.dashes ? [6, 4] : false, width: 1.5,
        color: { color: color("accent"), highlight: color("accent"), hover: color("accent") }, arrows: "to", smooth: { enabled: !tall, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 },
        label: on ? e.label : "", font: { size: 13, color: color("ink"), background: color("ground"), strokeWidth: 0, align: "horizontal" } };
    }
    function extent() {
      var box = { l: Infinity, t: Infinity, r: -Infinity, b: -Infinity };
      scene.nodes.forEach(function (n) {
        var x = tall ? n.px : n.x, y = tall ? n.py : n.y, w = ((tall ? n.tallWidth : n.width) || n.width) / 2 + 8, h = n.high / 2 + 8;
        box.l = Math.min(box.l, x - w); box.r = Math.max(box.r, x + w); box.t = Math.min(box.t, y - h); box.b = Math.max(box.b, y + h);
      });
      if (tall) { box.l = Math.min(box.l, -190); box.r = Math.max(box.r, 190); }
      return box;
    }
    function fit() {
      if (!holder.clientWidth) return;
      var box = extent(), wide = box.r - box.l, high = box.b - box.t;
      zoom = Math.min(holder.clientWidth / wide, tall ? 1.1 : 1);
      // Beyond this a phone cannot hold the canvas: the picture is then drawn smaller.
      zoom = Math.min(zoom, 5200 / high);
      holder.style.height = Math.ceil(high * zoom) + 2 + "px";
      net.setSize("100%", "100%");
      net.moveTo({ position: { x: (box.l + box.r) / 2, y: (box.t + box.b) / 2 }, scale: zoom, animation: false });
      net.redraw();
    }
    function build() {
      tall = isTall();
      if (net) net.destroy();
      nodes = new window.vis.DataSet(scene.nodes.map(look));
      edges = new window.vis.DataSet(scene.edges.map(line));
      net = new window.vis.Network(holder, { nodes: nodes, edges: edges }, {
        physics: false, autoResize: false, layout: { improvedLayout: false }, edges: { chosen: false, arrows: { to: { scaleFactor: 0.6 }, from: { scaleFactor: 0.6 } } }, nodes: { shadow: false },
        interaction: { dragNodes: false, dragView: false, zoomView: false, hover: true, keyboard: false, multiselect: false, selectConnectedEdges: false, hoverConnectedEdges: false } });
      // The stage takes the focus, once.
      holder.firstChild.tabIndex = -1;
      net.on("beforeDrawing", function (c) { if (scene.behind) scene.behind(c, tall); });
      net.on("click", function (p) { var id = p.nodes[0]; choose(id && !byId[id].idle ? id : null); });
      fit();
    }
    function choose(id, quiet) {
      chosen = id;
      nodes.update(scene.nodes.map(function (n) { return { id: n.id, font: look(n).font }; }));
      edges.update(scene.edges.map(line));
      if (id) net.selectNodes([id], false); else net.unselectAll();
      if (scene.chosen && !quiet) scene.chosen(id ? byId[id] : null);
    }
    // Arrow keys walk to the nearest box in that direction.
    function walk(dir) {
      var at = function (n) { return tall ? [n.px, n.py] : [n.x, n.y]; }, from = at(byId[chosen || scene.start]), best = null, least = Infinity;
      scene.nodes.forEach(function (n) {
        if (n.idle || n.id === chosen) return;
        var p = at(n), dx = p[0] - from[0], dy = p[1] - from[1];
        var ahead = dx * dir[0] + dy * dir[1], aside = Math.abs(dx * dir[1]) + Math.abs(dy * dir[0]);
        if (ahead <= 0) return;
        if (ahead + 3 * aside < least) { least = ahead + 3 * aside; best = n; }
      });
      if (!best) return;
      choose(best.id, true);
      if (scene.passed) scene.passed(best);
      var y = holder.getBoundingClientRect().top + net.canvasToDOM({ x: 0, y: at(best)[1] }).y;
      // Below, what is told of the box lies on the picture.
      if (y < 60 || y > window.innerHeight * 0.58) window.scrollBy(0, y - window.innerHeight / 3);
    }
    function key(e) {
      var dir = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
      if (dir) { e.preventDefault(); walk(dir); }
      else if (e.key === "Enter" && chosen) { e.preventDefault(); choose(chosen); }
      else if (e.key === "Escape" && chosen) { e.stopPropagation(); choose(null); }
    }
    function resize() { if (!holder.isConnected || !net) { gone(); return; } if (isTall() !== tall) build(); else fit(); }
    function gone() {
      window.removeEventListener("resize", resize);
      holder.removeEventListener("keydown", key);
      if (net) { net.destroy(); net = null; }
    }
    window.addEventListener("resize", resize);
    holder.addEventListener("keydown", key);
    build();
    return { net: function () { return net; }, choose: choose, gone: gone, scene: scene, tall: function () { return tall; } };
  }
  function band(c, box, dashed) {
    c.beginPath();
    if (c.roundRect) c.roundRect(box.l, box.t, box.r - box.l, box.b - box.t, 7); else c.rect(box.l, box.t, box.r - box.l, box.b - box.t);
    c.fillStyle = color("band");
    c.fill();
    c.lineWidth = 1;
    c.strokeStyle = color(dashed ? "quiet" : "line");
    c.setLineDash(dashed ? [5, 4] : []);
    c.stroke();
    c.setLineDash([]);
  }
  // A head at (x, y) that points along (dx, dy).
  function tip(c, x, y, dx, dy) {
    c.fillStyle = color("quiet");
    c.beginPath();
    c.moveTo(x, y);
    c.lineTo(x - dx * 9 - dy * 5, y - dy * 9 + dx * 5);
    c.lineTo(x - dx * 9 + dy * 5, y - dy * 9 - dx * 5);
    c.closePath();
    c.fill();
  }
  function stroke(c, on) {
    c.setLineDash(on ? [6, 4] : []);
    c.lineWidth = 1.5;
    c.strokeStyle = color("quiet");
    c.stroke();
    c.setLineDash([]);
  }
  function dashed(state) { return state > 0 && state < 5; }

  // ---- The picture of one thing ----
  // From boxes and lines as kg/draw/ego/boxes.py makes them (`words`: data/labels.js) to a scene of the stage.
  function scene(boxes, lines, words, behave) {
    var g = words.grid, size = zh ? 15 : 14, groups = {}, byId = {};
    boxes.forEach(function (b) { byId[b.id] = b; if (b.block) (groups[b.block] = groups[b.block] || []).push(b); });
    function relation(b, tall) {
      var word = words.relations[b.relation], state = words.states[b.state], n = b.count > 1 ? " " + b.count : "";
      if (!tall) return wrap(word + n, g.head - 6, 13, 2) + (state ? "\n" + state : "");
      return (b.out ? word + " →" : "← " + word) + n + (state ? " · " + state : "");
    }
    function node(b) {
      var head = b.role === "head", fam = words.families[b.kind], small = b.low ? 12 : size, wide = head ? g.head : g.box;
      var n = { id: b.id, box: b, x: b.x, y: b.y, px: b.px, py: b.py, width: wide, tallWidth: b.role === "one" && b.full || head || b.role === "centre" ? g.box * 2 + 10 : 0,
        high: head ? 30 : b.low ? 28 : 46, size: head ? 13 : small, ground: color(fam + "-ground"), border: color(fam + "-border"), ink: color(fam === "industry" ? "brand-ink" : "ink") };
      if (head) { n.ground = n.border = color("band"); n.ink = color("ink"); n.bare = n.idle = true; n.text = function (tall) { return relation(b, tall); }; return n; }
      if (b.role === "more") { n.ground = color("ground"); n.border = color("quiet"); n.ink = color("ink"); n.dashes = [2, 3]; n.size = 13; n.text = function () { return wrap("+" + b.count + " " + words.sorts[b.kind], wide - 16, 13, b.low ? 1 : 2); }; return n; }
      if (b.role === "centre") { n.ground = n.border = color("brand"); n.ink = color("brand-ink"); n.edge = 3; n.idle = true; }
      if (b.role === "hub") { n.ground = color("ground"); n.ink = color("quiet"); }
      n.text = function (tall) {
        var most = ((tall && n.tallWidth) || wide) - 18;
        return wrap(b.label + (b.rest ? (zh ? "（+" + b.rest + "）" : " (+" + b.rest + ")") : ""), most, small, b.low ? 1 : 2);
      };
      return n;
    }
    // From the side of one box to the side of the next, through the gap between them.
    function curve(c, l) {
      var a = byId[l.from], b = byId[l.to], head = a.role === "head" ? a : b, other = head === a ? b : a, side = head.x > other.x ? 1 : -1;
      var x1 = other.x + side * g.box / 2, y1 = other.y, x2 = head.x - side * (g.head / 2 + 3), y2 = head.y, mid = (x1 + x2) / 2, into = b === head;
      c.beginPath();
      c.moveTo(x1, y1);
      c.bezierCurveTo(mid, y1, mid, y2, x2, y2);
      stroke(c, dashed(l.state));
      if (into) tip(c, x2, y2, side, 0); else tip(c, x1, y1, -side, 0);
    }
    function around(list, tall) {
      var r = { l: Infinity, t: Infinity, r: -Infinity, b: -Infinity };
      list.forEach(function (b) {
        var head = b.role === "head", x = tall ? b.px : b.x, y = tall ? b.py : b.y;
        var w = (tall && (head || b.full) ? g.box * 2 + 10 : head ? g.head : g.box) / 2 + 3, h = (head ? 26 : b.low ? 28 : 46) / 2 + 3;
        r.l = Math.min(r.l, x - w); r.r = Math.max(r.r, x + w); r.t = Math.min(r.t, y - h); r.b = Math.max(r.b, y + h);
      });
      return r;
    }
    return {
      start: "c",
      nodes: boxes.map(node),
      edges: lines.filter(function (l) { return l.hidden; }).map(function (l) {
        return { from: l.from, to: l.to, dashes: dashed(l.state), label: words.relations[l.relation] };
      }),
      chosen: behave.chosen,
      passed: behave.passed,
      behind: function (c, tall) {
        if (!tall) lines.forEach(function (l) { if (!l.hidden) curve(c, l); });
        var last = 0, trunk = g.tall - g.box / 2 - 22;
        Object.keys(groups).forEach(function (k) {
          var r = around(groups[k], tall), head = groups[k][0];
          band(c, r, dashed(head.state));
          if (tall && k.indexOf(".") < 0) {
            c.beginPath();
            c.moveTo(trunk, head.py);
            c.lineTo(r.l, head.py);
            stroke(c, dashed(head.state));
            last = Math.max(last, head.py);
          }
        });
        if (tall && last) { c.beginPath(); c.moveTo(trunk, 0); c.lineTo(trunk, last); stroke(c, false); }
      }
    };
  }

  // ---- The places, as kg/draw/ego/boxes.py computes them ----
  function block(raw, states) {
    var code = raw[0], b = { out: code % 2 === 1, zone: (code >> 1) % 4, state: (code >> 3) % states, relation: Math.floor((code >> 3) / states), columns: raw[1], y: raw[2], py: raw[3], members: raw[4], more: [] };
    for (var i = 0; raw[5] && i < raw[5].length; i += 2) b.more.push([raw[5][i], raw[5][i + 1]]);
    return b;
  }
  function low(b) { return b.zone === 3; }
  function rows(b, columns) { return Math.ceil((b.members.length + b.more.length) / columns); }
  function maker(words, centre) {
    var p = { boxes: [], lines: [] };
    function box(id, role, thing, kind, count, b, name) {
      var made = { id: id, role: role, thing: thing, label: thing >= 0 ? words.labels[thing] : "", kind: thing >= 0 ? words.kinds.charCodeAt(thing) - 97 : kind, count: count,
        block: name || "", relation: b ? b.relation : 0, out: b ? b.out : true, state: b ? b.state : 5, low: role !== "head" && Boolean(b) && low(b), rest: 0, x: 0, y: 0, px: 0, py: 0 };
      p.boxes.push(made);
      return made;
    }
    p.centre = box("c", "centre", centre, 0, 0, null, "");
    p.head = function (id, b, name, parent) {
      var n = b.more.reduce(function (sum, m) { return sum + m[1]; }, b.members.length), made = box(id, "head", -1, 0, n, b, name);
      p.lines.push({ from: b.out ? parent : id, to: b.out ? id : parent, relation: b.relation, state: b.state });
      return made;
    };
    p.members = function (b, name, prefix, role) {
      var made = b.members.map(function (m, n) { return box(prefix + n, low(b) ? "hub" : role, m, 0, 0, b, name); });
      b.more.forEach(function (m) { made.push(box(prefix + made.length, "more", -1, m[0], m[1], b, name)); });
      return made;
    };
    return p;
  }
  function height(g, b) { return low(b) ? g.low : g.row; }
  function tallAt(g, box, head, row, k) { box.px = g.tall + k % 2 * g.pitch; box.py = head + g.headrow / 2 + row / 2 + Math.floor(k / 2) * row; }
  function oneStep(words, centre, blocks) {
    var p = maker(words, centre), g = words.grid;
    blocks.forEach(function (b, n) {
      var side = b.out ? 1 : -1, row = height(g, b), head = p.head("h" + n, b, String(n), "c");
      head.x = side * g.headAt; head.y = b.y + (rows(b, b.columns) - 1) * row / 2; head.px = g.tallMiddle; head.py = b.py;
      p.members(b, String(n), n + ".", "one").forEach(function (box, k) {
        box.x = side * (g.first + k % b.columns * g.pitch); box.y = b.y + Math.floor(k / b.columns) * row;
        tallAt(g, box, b.py, row, k);
      });
    });
    return p;
  }
  function share(sizes, room) {
    var sum = function (level) { return sizes.reduce(function (s, n) { return s + Math.min(n, level); }, 0); }, level = 0, left;
    if (sum(Infinity) <= room) return sizes.slice();
    while (sum(level + 1) <= room) level++;
    left = room - sum(level);
    return sizes.map(function (n) { var more = left && n > level ? 1 : 0; left -= more; return Math.min(n, level) + more; });
  }
  function twoSteps(words, centre, first, look) {
    var g = words.grid, p = maker(words, centre), open = [], drawn = {}, boxes = 0, own = {}, crosses = [], tied = {}, kids = {}, below = {}, heads = [], stacks = [];
    drawn[centre] = 1;
    first.forEach(function (b) {
      boxes += b.members.length + b.more.length;
      b.members.forEach(function (m) { if (b.zone < 3 && open.indexOf(m) < 0) open.push(m); drawn[m] = 1; });
    });
    open.forEach(function (m) {
      var fresh = {};
      own[m] = [];
      look(m).forEach(function (b) {
        if (b.zone === 3) return;
        var mine = [];
        b.members.forEach(function (kid) {
          if (!drawn[kid] || fresh[kid]) { fresh[kid] = 1; mine.push(kid); return; }
          if (kid === centre) return;
          var tie = (b.out ? [m, kid] : [kid, m]).concat(b.relation, b.state).join();
          if (!tied[tie]) { tied[tie] = 1; crosses.push([m, b, kid]); }
        });
        own[m].push({ relation: b.relation, out: b.out, state: b.state, zone: b.zone, members: mine, more: b.more });
      });
      Object.keys(fresh).forEach(function (kid) { drawn[kid] = 1; });
    });
    var shares = share(open.map(function (m) { return own[m].reduce(function (s, b) { return s + b.members.length; }, 0); }), Math.max(0, g.mostTwo - 1 - boxes));
    open.forEach(function (m, i) {
      var room = shares[i], found = [], rest = 0;
      own[m].forEach(function (b) {
        var taken = b.members.slice(0, room);
        room -= taken.length;
        rest += b.members.length - taken.length + b.more.reduce(function (s, x) { return s + x[1]; }, 0);
        if (taken.length) found.push({ relation: b.relation, out: b.out, state: b.state, zone: b.zone, members: taken, more: [] });
      });
      kids[m] = { blocks: found, rest: rest };
    });
    first.forEach(function (b, n) {
      heads.push(p.head("h" + n, b, String(n), "c"));
      stacks.push(p.members(b, String(n), n + ".", "one"));
      stacks[n].forEach(function (box) {
        if (box.role !== "one") return;
        var mine = kids[box.thing] || { blocks: [], rest: 0 };
        delete kids[box.thing];
        box.full = true;
        box.rest = mine.rest;
        below[box.id] = mine.blocks.map(function (kid, k) {
          var name = box.id + "." + k, head = p.head(box.id + "h" + k, kid, name, box.id);
          return { head: head, boxes: p.members(kid, name, name + ".", "two"), kid: kid, parent: box };
        });
      });
    });
    Object.keys(below).forEach(function (id) { below[id].forEach(function (k) { k.boxes.forEach(function (b) { b.parent = k.parent; }); }); });
    function deep(list) { return list.length ? list.reduce(function (s, k) { return s + rows(k.kid, 2) * g.row + g.slit; }, 0) - g.slit : 0; }
    [false, true].forEach(function (out) {
      var side = first.map(function (b, n) { return n; }).filter(function (n) { return first[n].out === out; }), sign = out ? 1 : -1;
      if (!side.length) return;
      function high(n, box) { return Math.max(height(g, first[n]), deep(below[box.id] || [])); }
      var whole = side.reduce(function (s, n) { return s + stacks[n].reduce(function (t, box) { return t + high(n, box); }, 0) + g.gap; }, 0) - g.gap, y = Math.floor(-whole / 2);
      side.forEach(function (n) {
        var top = y;
        stacks[n].forEach(function (box) {
          var h = high(n, box), list = below[box.id] || [], at = y + Math.floor((h - deep(list)) / 2);
          box.x = sign * g.first; box.y = y + Math.floor(h / 2);
          list.forEach(function (k) {
            var tall = rows(k.kid, 2) * g.row;
            k.head.x = sign * g.nextHead; k.head.y = at + Math.floor(tall / 2);
            k.boxes.forEach(function (b, i) { b.x = sign * (g.next + i % 2 * g.pitch); b.y = at + g.row / 2 + Math.floor(i / 2) * g.row; });
            at += tall + g.slit;
          });
          y += h;
        });
        heads[n].x = sign * g.headAt; heads[n].y = Math.floor((top + y) / 2);
        y += g.gap;
      });
    });
    var py = g.top;
    [true, false].forEach(function (out) {
      first.forEach(function (b, n) {
        if (b.out !== out) return;
        var row = height(g, b), small = stacks[n].filter(function (x) { return x.role !== "one"; });
        heads[n].px = g.tallMiddle; heads[n].py = py;
        py += g.headrow / 2;
        stacks[n].forEach(function (box) {
          if (box.role !== "one") return;
          box.px = g.tallMiddle; box.py = py + row / 2;
          py += row;
          below[box.id].forEach(function (k) {
            k.head.px = g.tallMiddle; k.head.py = py + g.headrow / 2;
            k.boxes.forEach(function (x, i) { tallAt(g, x, k.head.py, g.row, i); });
            py += g.headrow + rows(k.kid, 2) * g.row;
          });
        });
        small.forEach(function (x, i) { x.px = g.tall + i % 2 * g.pitch; x.py = py + row / 2 + Math.floor(i / 2) * row; });
        py += Math.ceil(small.length / 2) * row + g.headrow / 2 + g.gap;
      });
    });
    var at = {};
    p.boxes.forEach(function (b) { if (b.role === "one" || b.role === "two" || b.role === "hub") at[b.thing] = b.id; });
    crosses.forEach(function (c) {
      if (at[c[2]] === undefined) return;
      p.lines.push({ from: at[c[1].out ? c[0] : c[2]], to: at[c[1].out ? c[2] : c[0]], relation: c[1].relation, state: c[1].state, hidden: true });
    });
    return p;
  }

  // ---- Addresses and citations, read when they are first needed ----
  var pages = null, web = null, places = null;
  // Each line begins with a letter for how much it shares with the one before.
  function lines(text) {
    var before = "";
    return text.split("\n").map(function (line) { return (before = before.slice(0, line.charCodeAt(0) - 48) + line.slice(1)); });
  }
  function addresses() {
    return load(TOP + "data/ids.js", "ATLAS_IDS").then(function () {
      if (pages) return pages;
      return (pages = lines(window.ATLAS_IDS));
    });
  }
  function href(root, words, n) { return root + words.page[0] + pages[n] + words.page[1]; }
  // All claims, by pair: [subject, object, relation, state, place], the surest first (kg/linkage/web.py).
  function claims(root, words) {
    return Promise.all([load(TOP + "data/web.js", "ATLAS_WEB"), load(root + "data/places.js", "ATLAS_PLACES"), addresses()]).then(function () {
      if (web) return web;
      places = { places: lines(window.ATLAS_PLACES.places), bases: lines(window.ATLAS_PLACES.bases) };
      var raw = window.ATLAS_WEB, states = words.grid.states, ties = {}, near = raw.up.map(function () { return []; });
      function pair(a, b) {
        var key = a < b ? a + "," + b : b + "," + a;
        if (!ties[key]) { ties[key] = []; near[a].push(b); near[b].push(a); }
        return ties[key];
      }
      raw.claims.forEach(function (row, a) {
        for (var i = 0; row && i < row.length; i += 3) pair(a, row[i]).push([a, row[i], Math.floor(row[i + 1] / states), row[i + 1] % states, row[i + 2]]);
      });
      raw.up.forEach(function (up, a) { if (up >= 0 && up !== a) pair(a, up); });
      Object.keys(ties).forEach(function (k) { ties[k].sort(function (x, y) { return x[3] - y[3] || x[2] - y[2] || x[0] - y[0]; }); });
      near.forEach(function (list) { list.sort(function (x, y) { return x - y; }); });
      web = { near: near, up: raw.up, hubs: raw.hubs, between: function (a, b) { return ties[a < b ? a + "," + b : b + "," + a] || []; } };
      return web;
    });
  }
  // What ties two things: [from, to, relation, state, place] in words; the tree last.
  function told(a, b, words) {
    var found = web.between(a, b).map(function (c) {
      var known = c[3] === 4, text = known ? places.bases[c[4]] : places.places[c[4]].replace(/\t/g, zh ? "；" : "; ");
      return { from: c[0], to: c[1], relation: words.relations[c[2]], state: c[3], place: text, known: known };
    });
    [[a, b], [b, a]].forEach(function (p) { if (web.up[p[0]] === p[1]) found.push({ from: p[0], to: p[1], relation: words.relations[0], state: 5, place: "", known: false }); });
    return found;
  }
  var CLASS = ["existing", "underway", "planned", "target", "domain"];
  function tie(parent, one, words, name) {
    var li = add(parent, "li");
    name(li, one.from);
    add(li, "span", " " + (one.relation || words.relations[0]) + " → ", "rel");
    name(li, one.to);
    li.append(" ");
    if (one.state < 5) add(li, "span", words.states[one.state], "status " + CLASS[one.state]);
    var w = words.words, colon = zh ? "：" : ": ";
    add(li, "div", one.state === 5 ? w.tree_note : one.place ? (one.known ? w.basis : w.source) + colon + one.place : w.no_source, "where");
    return li;
  }

  // ---- The section of a page: `page` is the thing's, "" where all data stand in the page itself ----
  function open(section, page) {
    var single = document.getElementById("ego-data"), root = section.dataset.root || "", words, me, current = null, two = false;
    var note = section.querySelector("p"), tools, holder, panel;
    function frame() {
      if (!note) { add(section, "h2", words.words.title); note = add(section, "p", "", "quiet"); }
      tools = add(section, "div", "", "tools");
      holder = add(section, "div", "", "ego-stage");
      panel = add(section, "div", "", "ego-told");
      holder.tabIndex = 0;
      holder.setAttribute("role", "application");
      holder.setAttribute("aria-label", words.words.label);
      panel.setAttribute("role", "status");
    }
    function part(name) { var n = 0; for (var i = 0; i < name.length; i++) n += name.charCodeAt(i); return load(TOP + "data/ego-" + n % words.grid.parts + ".js"); }
    function look(n) { return (window.ATLAS_EGO[pages[n]] || [0]).slice(1).map(function (raw) { return block(raw, words.grid.states); }); }
    function start() {
      if (single) {
        var data = JSON.parse(single.textContent);
        words = data.words;
        me = data;
        return Promise.resolve();
      }
      return Promise.all([load(root + "data/labels.js", "ATLAS_LABELS"), load(TOP + "assets/vis-network.min.js", "vis")]).then(function () {
        words = window.ATLAS_LABELS;
        return part(page);
      }).then(function () { me = window.ATLAS_EGO[page]; });
    }
    function name(parent, thing) {
      if (single) { add(parent, "span", thing); return; }
      link(parent, words.labels[thing], thing === me[0] ? "" : href(root, words, thing));
    }
    function tell(box) {
      panel.textContent = "";
      if (!box) return;
      var w = words.words;
      if (box.role === "more") { add(panel, "p", "+" + box.count + " " + words.sorts[box.kind] + (zh ? "：" : ": ") + w.more); return; }
      var head = add(panel, "p"), parent = box.parent ? box.parent.thing : single ? "" : me[0];
      add(head, "b", box.label);
      add(head, "span", " " + words.sorts[box.kind], "quiet");
      if (box.rest) add(head, "span", " · " + w.not_drawn.replace("{n}", box.rest), "quiet");
      var list = add(panel, "ul");
      if (single) { (me.told[box.id] || []).forEach(function (t) { tie(list, t, words, name); }); return; }
      claims(root, words).then(function () {
        if (current.shown !== box.id) return;
        head.append(" · ");
        link(head, w.open, href(root, words, box.thing));
        head.append(" · ");
        link(head, w.ways, root + "path.html#a=" + pages[me[0]] + "&b=" + pages[box.thing]);
        told(parent, box.thing, words).forEach(function (t) { tie(list, t, words, name); });
      }, failed);
    }
    // Without the names there is nothing to say it with; the facts are in the table of the page.
    function failed() { if (panel) panel.textContent = words.words.failed; }
    function show() {
      var picture;
      if (single) picture = two ? me.two : me.one;
      else {
        var blocks = me.slice(1).map(function (raw) { return block(raw, words.grid.states); });
        picture = two ? twoSteps(words, me[0], blocks, look) : oneStep(words, me[0], blocks);
      }
      if (current) current.gone();
      panel.textContent = "";
      current = stage(holder, scene(picture.boxes, picture.lines, words, {
        chosen: function (n) { current.shown = n ? n.id : null; tell(n ? n.box : null); },
        passed: function (n) { current.shown = n.id; tell(n.box); }
      }));
      current.picture = picture;
      note.textContent = (current.tall() ? words.words.note_tall : words.words.note) + (two ? " " + words.words.two_note : "");
      window.atlasEgo.current = current;
      section.dataset.ready = two ? "2" : "1";
    }
    start().then(function () {
      frame();
      if (!me || !single && me.length < 2) { note.textContent = words.words.none; holder.remove(); tools.remove(); section.dataset.ready = "0"; return; }
      var opens = single ? me.two : me.slice(1).some(function (raw) { var b = block(raw, words.grid.states); return b.zone < 3 && b.members.length; });
      if (opens) {
        var more = add(tools, "button", words.words.two);
        more.type = "button";
        more.addEventListener("click", function () {
          var members = single ? [] : me.slice(1).reduce(function (all, raw) { return all.concat(raw[4]); }, []);
          (single ? Promise.resolve() : addresses().then(function () { return Promise.all(members.map(function (m) { return part(pages[m]); })); })).then(function () {
            two = !two;
            more.textContent = two ? words.words.one : words.words.two;
            more.setAttribute("aria-pressed", String(two));
            show();
          }).catch(failed);
        });
      }
      show();
    }).catch(failed);
  }

  // The picture of the thing with this page, drawn in #ego when that comes into view.
  window.atlasEgo = function (page) {
    var section = document.getElementById("ego");
    if (!section) return;
    section.className = "ego";
    function begin() { if (watch) watch.disconnect(); open(section, page); }
    var watch = window.IntersectionObserver ? new IntersectionObserver(function (seen) { if (seen.some(function (s) { return s.isIntersecting; })) begin(); }, { rootMargin: "120px" }) : null;
    if (watch) watch.observe(section); else begin();
  };
  Object.assign(window.atlasEgo, { load: load, add: add, link: link, stage: stage, wrap: wrap, tip: tip, stroke: stroke, color: color, dashed: dashed,
    addresses: addresses, claims: claims, told: told, tie: tie, href: href, top: TOP, zh: zh, current: null });
  if (document.getElementById("ego-data")) open(document.getElementById("ego"), "");
})();
