// The list of findings: rows by node or by finding, filters, sorting, download, and the address (#chain=…&rule=…&view=…).
// Without this script the first view is read as it stands.
(function () {
  "use strict";
  var table = document.getElementById("list"), form = document.getElementById("filters"), words = table.dataset;
  var told = document.getElementById("told"), tells = document.getElementById("tells"), more = document.getElementById("more"), csv = document.getElementById("csv");
  var english = document.documentElement.lang === "en", NAMES = ["chain", "rule", "presence", "position", "q"], STEP = 200;
  var SHORT = { present: "p", possible: "o", unseen: "u", absent: "a" };
  var collator = new Intl.Collator(document.documentElement.lang);
  var fold = function (s) { return s.normalize("NFKC").toLowerCase(); };
  var each = function (list, f) { Array.prototype.forEach.call(list, f); };
  var add = function (parent, tag, text, cls) {
    var e = document.createElement(tag);
    if (text) e.textContent = text;
    if (cls) e.className = cls;
    parent.appendChild(e);
    return e;
  };

  function start(data) {
    var sorted = { key: "", down: false }, fitting = [], shown = 0, body = null, group = "";
    var ruleIds = data.rules.map(function (r) { return r[0]; });
    var rows = data.rows.map(function (r) {
      var node = data.nodes[r[3]], id = ruleIds[r[1]] + "-" + r[0];
      var text = function (n) { return data.texts[n].split("\u0001").join(node[1]); };
      var what = text(r[7]);
      return { id: id, rule: r[1], chain: r[2], node: node[1], of: r[3], presence: r[4], position: r[5], span: data.spans[r[6]], what: what, edges: r[8], domain: r[9],
        overturned: function () { return text(r[10]); }, next: function () { return text(r[11]); }, places: function () { return data.texts[r[12]]; },
        text: fold([id, node[1], node[2], what].join("\n")) };
    });
    function value(name) { return form.elements[name].value; }
    function byNode() { return value("view") !== "finding"; }
    function presence(td, r) {
      var state = data.presences[r.presence];
      if (state[0]) { add(td, "b", state[1], SHORT[state[0]]); td.append(" "); }
      td.append(data.positions[r.position][1]);
    }
    function link(td, r) { add(td, "a", r.node).href = data.nodes[r.of][0] + "#" + r.id; }
    function others(r) {
      return data.nodes[r.of][4].map(function (n) { return rows[n]; }).filter(function (o) { return o !== r; });
    }
    function unfold(tr, r, button) {
      var open = button.getAttribute("aria-expanded") !== "true", before = tr.nextSibling;
      button.setAttribute("aria-expanded", String(open));
      if (!open) {
        while (tr.nextSibling && tr.nextSibling.classList.contains("sub")) tr.nextSibling.remove();
        return;
      }
      others(r).forEach(function (o) {
        var sub = document.createElement("tr");
        sub.className = "sub";
        add(sub, "td", o.id, "id");
        presence(add(sub, "td"), o);
        add(sub, "td", data.rules[o.rule][1] + " " + data.rules[o.rule][2]);
        add(sub, "td", o.what);
        add(sub, "td", o.span[0], "interval");
        var a = add(add(sub, "td"), "a", "→");
        a.href = data.nodes[o.of][0] + "#" + o.id;
        a.setAttribute("aria-label", o.id);
        tr.parentNode.insertBefore(sub, before);
      });
    }
    function line(r) {
      var tr = document.createElement("tr"), td = add(tr, "td");
      link(td, r);
      if (!grouped()) add(td, "small", data.chains[r.chain][1]);
      presence(add(tr, "td"), r);
      add(tr, "td", data.rules[r.rule][1] + " " + data.rules[r.rule][2]);
      add(tr, "td", r.what);
      add(tr, "td", r.span[0], "interval");
      td = add(tr, "td");
      if (!byNode()) { td.textContent = r.id; td.className = "id"; return tr; }
      var rest = others(r);
      if (rest.length) {
        var button = add(td, "button", rest.map(function (o) { return data.rules[o.rule][1]; }).join(" "));
        button.type = "button";
        button.setAttribute("aria-expanded", "false");
        button.setAttribute("aria-label", words.unfold + " " + rest.map(function (o) { return data.rules[o.rule][1] + " " + data.rules[o.rule][2]; }).join(english ? ", " : "、"));
        button.addEventListener("click", function () { unfold(tr, r, button); });
      }
      return tr;
    }
    function grouped() { return byNode() && !sorted.key; }
    function grow(to) {
      for (; shown < Math.min(to, fitting.length); shown++) {
        var r = fitting[shown], head = grouped() ? data.chains[r.chain][1] : "-";
        if (head !== group) {
          group = head;
          body = table.appendChild(document.createElement("tbody"));
          if (head !== "-") {
            var tr = add(body, "tr", "", "group"), th = add(tr, "th", head + " ");
            th.colSpan = 6;
            th.scope = "rowgroup";
            add(th, "span", String(fitting.filter(function (o) { return o.chain === r.chain; }).length), "count");
          }
        }
        body.appendChild(line(r));
      }
      more.hidden = shown >= fitting.length;
      more.textContent = more.dataset.show + " " + Math.min(STEP, fitting.length - shown) + " " + more.dataset.rows;
    }
    function fits(r, f, text) {
      var chain = data.chains[r.chain];
      return (!f.chain || f.chain === chain[0] || f.chain === (chain[2] ? "core" : "further")) &&
        (!f.rule || f.rule === ruleIds[r.rule]) &&
        (!f.presence || f.presence === (data.presences[r.presence][0] || "none")) &&
        (!f.position || f.position === data.positions[r.position][0]) &&
        (!text || r.text.indexOf(text) >= 0);
    }
    // Of each node the finding that leads among those that fit.
    function leading(found) {
      var fit = new Set(found), list = [];
      data.nodes.forEach(function (n) {
        var first = n[4].map(function (i) { return rows[i]; }).filter(function (r) { return fit.has(r); })[0];
        if (first) list.push(first);
      });
      return list;
    }
    function compare(a, b) {
      switch (sorted.key) {
        case "node": case "what": return collator.compare(a[sorted.key], b[sorted.key]);
        case "last": return byNode() ? data.nodes[b.of][4].length - data.nodes[a.of][4].length : collator.compare(a.id, b.id);
        case "interval": return a.span[1] - b.span[1] || a.span[2] - b.span[2] || collator.compare(a.span[0], b.span[0]);
        default: return a[sorted.key] - b[sorted.key];
      }
    }
    function chosen() {
      var f = {};
      NAMES.forEach(function (n) { f[n] = value(n); });
      return f;
    }
    // Behind each choice: how many findings it would leave, the other filters as they are.
    function counts(f, text) {
      ["chain", "rule", "presence", "position"].forEach(function (name) {
        var others = {}, found = {};
        NAMES.forEach(function (n) { others[n] = n === name ? "" : f[n]; });
        rows.forEach(function (r) {
          if (!fits(r, others, text)) return;
          var keys = name === "chain" ? [data.chains[r.chain][0], data.chains[r.chain][2] ? "core" : "further"]
            : [name === "rule" ? ruleIds[r.rule] : name === "presence" ? data.presences[r.presence][0] || "none" : data.positions[r.position][0]];
          keys.forEach(function (k) { found[k] = (found[k] || 0) + 1; });
        });
        each(form.elements[name].options, function (o) {
          if (!o.value) return;
          o.dataset.word = o.dataset.word || o.textContent;
          o.textContent = o.dataset.word + (english ? " (" : "（") + (found[o.value] || 0) + (english ? ")" : "）");
        });
      });
    }
    function apply() {
      var f = chosen(), text = fold(f.q.trim()), found = rows.filter(function (r) { return fits(r, f, text); });
      counts(f, text);
      fitting = byNode() ? leading(found) : found;
      if (sorted.key) {
        fitting = fitting.map(function (r, n) { return [r, n]; }).sort(function (a, b) {
          return (sorted.down ? -1 : 1) * compare(a[0], b[0]) || a[1] - b[1];
        }).map(function (p) { return p[0]; });
      }
      while (table.tBodies.length) table.tBodies[0].remove();
      shown = 0;
      group = "";
      heads();
      grow(STEP);
      told.textContent = !found.length ? words.none : (byNode() ? fitting.length + " " + words.nodes + " · " : "") + found.length + " / " + rows.length + " " + words.findings;
      csv.disabled = !found.length;
      tells.textContent = f.chain === "core" && !f.rule && !f.presence && !f.position && !text && byNode() ? words.note : "";
      var rule = data.rules[ruleIds.indexOf(f.rule)];
      if (rule) {
        tells.append(rule[1] + " " + rule[2] + (english ? ": " : "：") + rule[3] + " ");
        add(tells, "a", words.how).href = "method.html#rule-" + rule[0];
      }
      each(document.querySelectorAll(".tally td a"), function (a) {
        if (a.hash === "#chain=" + f.chain + "&rule=" + f.rule) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current");
      });
    }
    function heads() {
      var names = { what: byNode() ? table.leading : words.what, last: byNode() ? table.others : words.number };
      each(table.tHead.rows[0].cells, function (th) {
        var key = th.dataset.sort, button = th.querySelector("button");
        if (names[key]) button.textContent = names[key];
        if (key === sorted.key) th.setAttribute("aria-sort", sorted.down ? "descending" : "ascending"); else th.removeAttribute("aria-sort");
      });
    }
    function write() {
      var f = chosen(), parts = NAMES.filter(function (n) { return f[n] || n === "rule"; }).map(function (n) { return n + "=" + encodeURIComponent(f[n]); });
      if (!byNode()) parts.push("view=finding");
      history.replaceState(null, "", "#" + parts.join("&"));
    }
    // What is not in the address is not filtered; an empty address is the first view.
    function read() {
      var hash = location.hash.slice(1);
      if (!hash) return false;
      var given = {};
      hash.split("&").forEach(function (p) {
        var at = p.indexOf("=");
        try { if (at > 0) given[p.slice(0, at)] = decodeURIComponent(p.slice(at + 1)); } catch (e) { /* a broken address filters nothing */ }
      });
      NAMES.forEach(function (n) {
        var e = form.elements[n];
        e.value = given[n] || "";
        // A value that is no choice leaves a select without any.
        if (e.selectedIndex === -1) e.value = "";
      });
      form.elements.view.value = given.view === "finding" ? "finding" : "node";
      return true;
    }
    function download() {
      var all = [data.head.concat(byNode() ? [table.others] : [])].concat(fitting.map(function (r) {
        var cells = [r.id, data.rules[r.rule][2], data.chains[r.chain][1], r.node, data.presences[r.presence][1], data.positions[r.position][1], r.span[0], r.what,
          data.texts[data.nodes[r.of][3]], r.edges, r.domain, r.overturned(), r.next(), r.places(), data.sources];
        if (byNode()) cells.push(others(r).map(function (o) { return o.id; }).join(" "));
        return cells;
      }));
      window.atlasCsv(all, words.title + "-" + data.day);
    }

    table.leading = table.querySelector("[data-sort=what]").textContent;
    table.others = table.querySelector("[data-sort=last]").textContent;
    var head = table.tHead.rows[0], interval = document.createElement("th");
    interval.scope = "col";
    interval.dataset.sort = "interval";
    interval.textContent = words.interval;
    head.insertBefore(interval, head.lastElementChild);
    each(head.cells, function (h) {
      var text = h.textContent;
      h.textContent = "";
      var b = add(h, "button", text);
      b.type = "button";
      b.addEventListener("click", function () {
        sorted = { key: h.dataset.sort, down: sorted.key === h.dataset.sort && !sorted.down };
        apply();
      });
    });
    form.addEventListener("submit", function (e) { e.preventDefault(); });
    form.addEventListener("input", function () { apply(); write(); });
    form.addEventListener("reset", function (e) {
      e.preventDefault();
      NAMES.forEach(function (n) { form.elements[n].value = ""; });
      sorted = { key: "", down: false };
      apply();
      write();
    });
    more.addEventListener("click", function () { grow(shown + STEP); });
    csv.addEventListener("click", download);
    // The whole row opens its card; the link in it serves the keyboard.
    table.addEventListener("click", function (e) {
      if (e.target.closest("a, button, thead, .group") || String(getSelection())) return;
      var tr = e.target.closest("tr"), a = tr && tr.querySelector("a");
      if (a) location.href = a.href;
    });
    window.addEventListener("hashchange", function () { if (read()) apply(); });
    each(document.querySelectorAll(".tally a"), function (a) {
      a.addEventListener("click", function () { document.getElementById("list-head").scrollIntoView(); });
    });
    // Paper shows all that fits, not the first rows of it.
    window.addEventListener("beforeprint", function () { grow(fitting.length); });
    each(document.querySelectorAll(".live"), function (e) { e.hidden = false; });
    var addressed = read();
    apply();
    if (addressed) document.getElementById("list-head").scrollIntoView();
    document.documentElement.dataset.ready = "1";
  }
  window.atlasUnpack("ATLAS_GAPS").then(start, function () {
    tells.textContent = words.old;
    document.documentElement.dataset.ready = "1";
  });
})();
