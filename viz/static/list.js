// The list of findings: filters, sorting, and the address (#chain=…&rule=…). Without this script the first view is read as it stands.
(function () {
  "use strict";
  var data = window.ATLAS_GAPS, table = document.getElementById("list"), form = document.getElementById("filters");
  var told = document.getElementById("told"), tells = document.getElementById("tells"), more = document.getElementById("more");
  var body = table.tBodies[0], heads = Array.prototype.slice.call(table.querySelectorAll("th[data-sort]"));
  var english = document.documentElement.lang === "en";
  var NAMES = ["chain", "rule", "presence", "position", "q"], STEP = 400;
  var sorted = { key: "", down: false }, fitting = [], shown = 0;
  var ruleIds = data.rules.map(function (r) { return r[0]; }), collator = new Intl.Collator(document.documentElement.lang);
  var fold = function (s) { return s.normalize("NFKC").toLowerCase(); };
  var rows = data.rows.map(function (r) {
    var node = data.nodes[r[3]], id = ruleIds[r[1]] + "-" + r[0];
    return { id: id, rule: r[1], chain: r[2], node: node[1], card: node[0], presence: r[4], position: r[5], span: data.spans[r[6]], what: r[7],
      text: fold([id, node[1], node[2], r[7]].join("\n")) };
  });

  function cell(tr, cls, text) {
    var td = document.createElement("td");
    td.className = cls;
    td.textContent = text || "";
    tr.appendChild(td);
    return td;
  }
  function line(r) {
    var tr = document.createElement("tr");
    cell(tr, "id", r.id);
    cell(tr, "rule", data.rules[r.rule][2]);
    cell(tr, "chain", data.chains[r.chain][1]);
    var a = document.createElement("a");
    a.href = "gap/" + r.card + ".html#" + r.id;
    a.textContent = r.node;
    cell(tr, "node-name").appendChild(a);
    var state = data.presences[r.presence], td = cell(tr, "presence");
    if (state[0]) {
      var box = document.createElement("span"), word = document.createElement("span");
      box.className = "node " + state[0];
      word.className = "word";
      word.textContent = state[1];
      box.appendChild(word);
      td.appendChild(box);
    }
    cell(tr, "position", data.positions[r.position][1]);
    cell(tr, "interval", r.span[0]);
    cell(tr, "what", r.what);
    return tr;
  }
  function grow(to) {
    var part = document.createDocumentFragment();
    for (; shown < Math.min(to, fitting.length); shown++) part.appendChild(line(fitting[shown]));
    body.appendChild(part);
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
  function compare(a, b) {
    switch (sorted.key) {
      case "node": case "what": case "id": return collator.compare(a[sorted.key], b[sorted.key]);
      case "interval": return a.span[1] - b.span[1] || a.span[2] - b.span[2] || collator.compare(a.span[0], b.span[0]);
      default: return a[sorted.key] - b[sorted.key];
    }
  }
  function chosen() {
    var f = {};
    NAMES.forEach(function (n) { f[n] = form.elements[n].value; });
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
      Array.prototype.forEach.call(form.elements[name].options, function (o) {
        if (o.dataset.word) o.textContent = o.dataset.word + (english ? " (" : "（") + (found[o.value] || 0) + (english ? ")" : "）");
      });
    });
  }
  function apply() {
    var f = chosen(), text = fold(f.q.trim());
    counts(f, text);
    fitting = rows.filter(function (r) { return fits(r, f, text); });
    if (sorted.key) {
      fitting = fitting.map(function (r, n) { return [r, n]; }).sort(function (a, b) {
        return (sorted.down ? -1 : 1) * compare(a[0], b[0]) || a[1] - b[1];
      }).map(function (p) { return p[0]; });
    }
    body.textContent = "";
    shown = 0;
    grow(STEP);
    told.textContent = fitting.length ? fitting.length + " / " + rows.length + " " + table.dataset.findings : table.dataset.none;
    tells.textContent = "";
    var rule = data.rules[ruleIds.indexOf(f.rule)];
    if (rule) {
      tells.append(rule[1] + " " + rule[2] + (english ? ": " : "：") + rule[3] + " ");
      var a = document.createElement("a");
      a.href = "method.html#rule-" + rule[0];
      a.textContent = table.dataset.how;
      tells.append(a);
    }
    Array.prototype.forEach.call(document.querySelectorAll(".tally a[data-rule]"), function (a) {
      var on = a.dataset.chain === f.chain && a.dataset.rule === f.rule;
      if (on) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current");
    });
  }
  function write() {
    var f = chosen(), parts = NAMES.filter(function (n) { return f[n] || n === "rule"; }).map(function (n) { return n + "=" + encodeURIComponent(f[n]); });
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
    return true;
  }
  heads.forEach(function (h) {
    var b = document.createElement("button");
    b.type = "button";
    b.textContent = h.textContent;
    h.textContent = "";
    h.appendChild(b);
    b.addEventListener("click", function () {
      sorted = { key: h.dataset.sort, down: sorted.key === h.dataset.sort && !sorted.down };
      heads.forEach(function (o) { o.removeAttribute("aria-sort"); });
      h.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      apply();
    });
  });
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  form.addEventListener("input", function () { apply(); write(); });
  form.addEventListener("reset", function (e) {
    e.preventDefault();
    NAMES.forEach(function (n) { form.elements[n].value = ""; });
    apply();
    write();
  });
  more.addEventListener("click", function () { grow(shown + STEP); });
  // The whole row opens its card; the link in it serves the keyboard.
  body.addEventListener("click", function (e) {
    if (e.target.closest("a") || String(getSelection())) return;
    var a = e.target.closest("tr").querySelector("a");
    if (a) location.href = a.href;
  });
  window.addEventListener("hashchange", function () { if (read()) apply(); });
  Array.prototype.forEach.call(document.querySelectorAll(".tally a"), function (a) {
    a.addEventListener("click", function () { document.getElementById("list-head").scrollIntoView(); });
  });
  // Paper shows all that fits, not the first rows of it.
  window.addEventListener("beforeprint", function () { if (shown) grow(fitting.length); });
  if (read()) { apply(); document.getElementById("list-head").scrollIntoView(); }
  else counts(chosen(), "");
  document.documentElement.dataset.ready = "1";
})();
