// The search box of every page: names, aliases, English, pinyin, initials, gap numbers; ranked as `kg find` ranks, without a server.
// A combobox with a list in groups, after the pattern of the ARIA Authoring Practices. The names are read when the box is first used.
(function () {
  "use strict";
  var box = document.getElementById("q");
  if (!box) return;
  var lang = document.documentElement.lang === "en" ? "en" : "zh", other = lang === "en" ? "zh" : "en";
  var FIRST = 5, STEP = 30, NEAR = 5;
  var SCORE = { exact: 100, alias: 95, english: 90, pinyin: 80, initials: 75, part: 60, begins: 55 };
  var HAN = /[\u3007\u3400-\u9fff\u{20000}-\u{3ffff}]|[^\u3007\u3400-\u9fff\u{20000}-\u{3ffff}]+/gu;
  var data = null, things = [], cards = [], sounds = {}, simple = {}, districts = [], t = {};
  var shown = [], active = -1, open = {}, before = null, onlyNear = false;

  // The form in which names are compared: kg.names.fold.
  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[\s“”‘’"'《》〈〉「」()（）[\]·•、,，.。\-—–_/+]/g, "");
  }
  // The key of a thing from its English name: kg.vocab.slug.
  function slug(text) {
    var words = text.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").toLowerCase().match(/[a-z0-9]+/g) || [], out = "";
    for (var i = 0; i < words.length && out.length + words[i].length + 1 <= 64; i++) out = out ? out + "-" + words[i] : words[i];
    return out || "x";
  }
  function spoken(folded) {
    var given = data.spoken[folded];
    if (given) return given.split(" ");
    return (folded.match(HAN) || []).map(function (c) { return sounds[c] || c; });
  }
  function unpack() {
    data = window.ATLAS_NAMES;
    t = data.words[lang];
    data.sounds.split(" ").forEach(function (s) {
      var sound = s.match(/^[a-z]+/)[0];
      for (var i = sound.length; i < s.length; i++) sounds[s[i]] = sound;
    });
    for (var i = 0; i < data.traditional.length; i += 2) simple[data.traditional[i]] = data.traditional[i + 1];
    data.kinds.forEach(function (kind) {
      kind[4].forEach(function (line) {
        var names = line.split("\t"), zh = names[0], en = names[1], at = things.length;
        var key = data.keys[at] || kind[3] + "/" + slug(en);
        var own = zh ? [zh].concat(names.slice(2)) : names.slice(2);
        var thing = {
          at: at, zh: zh || en, en: en || zh, group: kind[0], kind: kind[lang === "en" ? 2 : 1], key: key,
          finer: kind[1] !== data.words.zh.groups[kind[0]],
          // A chain opens as its matrix, the default view of it.
          page: data.chains.indexOf(at) >= 0 ? "chain/" + key.split("/")[1] + ".html" : data.thing + key, names: [zh].concat(names.slice(2), en), sounds: [], initials: []
        };
        thing.folded = thing.names.map(fold);
        own.forEach(function (name) {
          var said = spoken(fold(name));
          thing.sounds.push(fold(said.join("")));
          if (said.length > 1) thing.initials.push(fold(said.map(function (w) { return w[0]; }).join("")));
        });
        things.push(thing);
        if (thing.group === "places" && zh) districts.push(zh);
      });
    });
    data.cards.forEach(function (chain) {
      chain[1].forEach(function (card) {
        var thing = things[card[0]], name = card[2] || thing.key.split("/")[1];
        card[1].split(" ").forEach(function (id) {
          cards.push({ id: id, zh: thing ? thing.zh : card[3], en: thing ? thing.en : card[4], group: "gaps", finer: true,
            kind: id + " · " + data.rules[id.split("-")[0]][lang === "en" ? 1 : 0], page: chain[0] + name + "#" + id });
        });
      });
    });
    // "曲江", "曲江区", "韶关市曲江区": what a name may begin with or not.
    var begins = {};
    districts.concat(["省", "市", "本市", "全市"]).forEach(function (d) {
      var short = d.replace(/(省|市|区|县|自治县)$/, "");
      if (short !== d || d.length === 2) { begins[fold(d)] = 1; if (short.length > 1) begins[fold(short)] = 1; }
    });
    districts = Object.keys(begins).sort(function (a, b) { return b.length - a.length; });
    things.forEach(function (thing) { thing.stems = thing.folded.map(stem); thing.codes = thing.folded.map(codes); });
  }

  // A name without what is often left off or put on: the form of the company, the district before it.
  function stem(folded) {
    for (var again = true; again;) {
      again = false;
      var rest = folded.replace(/(股份有限公司|有限责任公司|有限公司|集团公司|总公司|集团|公司)$/, "");
      for (var i = 0; i < districts.length && rest === folded; i++) {
        if (folded.indexOf(districts[i]) === 0) rest = folded.slice(districts[i].length);
      }
      if (rest !== folded && rest.length > 1) { folded = rest; again = true; }
    }
    return folded;
  }

  function match(thing, sought, ascii) {
    var f = thing.folded, last = f.length - 1, i;
    if (f[0] === sought) return ["exact", 0];
    for (i = 1; i < last; i++) if (f[i] === sought) return ["alias", i];
    if (f[last] === sought) return ["english", last];
    if (ascii) {
      if (thing.sounds.indexOf(sought) >= 0) return ["pinyin", -1];
      if (sought.length > 1 && thing.initials.indexOf(sought) >= 0) return ["initials", -1];
    }
    for (i = 0; i <= last; i++) if (f[i].indexOf(sought) >= 0) return ["part", i];
    if (ascii && sought.length > 3) for (i = 0; i < thing.sounds.length; i++) if (thing.sounds[i].indexOf(sought) === 0) return ["part", -1];
    // What a reader has typed so far of the initials.
    if (ascii && sought.length > 2) for (i = 0; i < thing.initials.length; i++) if (thing.initials[i].indexOf(sought) === 0) return ["begins", -1];
    return null;
  }
  function byRank(a, b) {
    return b.score - a.score || a.thing.zh.length - b.thing.zh.length || (a.thing.key < b.thing.key ? -1 : a.thing.key > b.thing.key ? 1 : 0);
  }

  // How alike two names are, from 0 to 1: the ratio of Python's difflib, which `kg find` uses. Names are arrays of codes.
  var row = new Int32Array(4096), need = new Uint16Array(65536);
  function codes(text) {
    var found = new Uint16Array(Math.min(text.length, row.length - 1));
    for (var i = 0; i < found.length; i++) found[i] = text.charCodeAt(i);
    return found;
  }
  function common(a, a0, a1, b, b0, b1) {
    var best = 0, bi = 0, bj = 0, i, j, k;
    for (j = b0; j <= b1; j++) row[j] = 0;
    for (i = a0; i < a1; i++) {
      for (j = b1 - 1; j >= b0; j--) {
        k = row[j + 1] = a[i] === b[j] ? row[j] + 1 : 0;
        // Of two equally long ones the first counts: in `a`, then in `b`.
        if (k > best || k === best && k && bi + k - 1 === i) { best = k; bi = i - k + 1; bj = j - k + 1; }
      }
    }
    if (!best) return 0;
    return best + (bi > a0 && bj > b0 ? common(a, a0, bi, b, b0, bj) : 0) + (bi + best < a1 && bj + best < b1 ? common(a, bi + best, a1, b, bj + best, b1) : 0);
  }
  function ratio(a, b) { return 2 * common(a, 0, a.length, b, 0, b.length) / (a.length + b.length); }
  // What the ratio cannot exceed: as if order did not matter. `need` holds how often each character is sought.
  function ceiling(sought, name) {
    var same = 0, i;
    for (i = 0; i < name.length; i++) if (need[name[i]] > 0) { need[name[i]]--; same++; }
    for (i = 0; i < name.length; i++) need[name[i]] = 0;
    for (i = 0; i < sought.length; i++) need[sought[i]] = 0;
    for (i = 0; i < sought.length; i++) need[sought[i]]++;
    return 2 * same / (sought.length + name.length);
  }
  // The nearest names, at least `least` alike, and those that differ only in what is left off, put on, or sounds the same.
  function near(text, least) {
    var sought = codes(text), root = stem(text), sound = "", found = [], kept = [], best = {}, i;
    function take(thing, at, score) {
      if (!best[thing.at] || best[thing.at].score < score) best[thing.at] = { thing: thing, why: "near", at: at, score: score };
    }
    for (i = 0; i < sought.length; i++) need[sought[i]]++;
    if (/^[\u3400-\u9fff]{2,}$/.test(text)) sound = spoken(text).join("");
    things.forEach(function (thing) {
      // The input method gave another character of the same sound.
      var heard = sound ? thing.sounds.indexOf(sound) : -1;
      if (heard >= 0) take(thing, heard + (thing.names[0] ? 0 : 1), 39.9);
      for (var n = 0; n < thing.codes.length; n++) {
        var name = thing.codes[n];
        if (root.length > 1 && thing.stems[n] === root) take(thing, n, 35 + 4 * ratio(sought, name));
        if (2 * Math.min(sought.length, name.length) < least * (sought.length + name.length)) continue;
        var most = ceiling(sought, name);
        if (most >= least) found.push([most, thing, n]);
      }
    });
    for (i = 0; i < sought.length; i++) need[sought[i]] = 0;
    // The dear comparison only for names that can still be among the nearest.
    found.sort(function (a, b) { return b[0] - a[0]; });
    for (i = 0; i < found.length; i++) {
      if (kept.length === NEAR && found[i][0] < kept[NEAR - 1][0]) break;
      var alike = ratio(sought, found[i][1].codes[found[i][2]]);
      if (alike < least) continue;
      kept.push([alike, found[i][1], found[i][2]]);
      kept.sort(function (a, b) { return b[0] - a[0] || (a[1].key < b[1].key ? -1 : a[1].key > b[1].key ? 1 : a[2] - b[2]); });
      kept.length = Math.min(kept.length, NEAR);
    }
    kept.forEach(function (k) { take(k[1], k[2], Math.floor(40 * k[0])); });
    return Object.keys(best).map(function (at) { return best[at]; }).sort(byRank).slice(0, NEAR + 3);
  }

  // What `text` may mean: [certain hits and parts, near misses], best first.
  function find(text) {
    var id = text.normalize("NFKC").trim().toLowerCase();
    if (/^[a-z]\d?-[0-9a-f]{3,8}$/.test(id)) {
      var numbered = cards.filter(function (c) { return c.id.indexOf(id) === 0; });
      if (numbered.length) return [numbered.map(function (c) { return { thing: c, why: c.id === id ? "exact" : "part", at: -1, score: 100 }; }), []];
    }
    var sought = fold(text);
    if (!sought) return [[], []];
    sought = sought.replace(/[^\x00-\x7f]/g, function (c) { return c === "ü" ? "v" : simple[c] || c; });
    var hits = [], ascii = /^[\x00-\x7f]*$/.test(sought), certain = false;
    things.forEach(function (thing) {
      var m = match(thing, sought, ascii);
      if (!m) return;
      hits.push({ thing: thing, why: m[0], at: m[1], score: SCORE[m[0]] });
      if (m[0] !== "part") certain = true;
    });
    hits.sort(byRank);
    var found = {};
    hits.forEach(function (h) { found[h.thing.at] = 1; });
    // With many names that hold it, what is only similar would be in the way.
    var close = certain || hits.length > NEAR ? [] : near(sought, hits.length ? 0.75 : 0.5).filter(function (h) { return !found[h.thing.at]; });
    return [hits, close];
  }

  // ---- The list ----
  var panel = document.createElement("div"), list = document.createElement("div"), note = document.createElement("p"), told = document.createElement("span");
  panel.className = "found";
  panel.hidden = true;
  list.id = "hits";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.getAttribute("aria-label") || box.labels[0].textContent);
  told.className = "visually-hidden";
  told.id = "hits-told";
  told.setAttribute("role", "status");
  panel.append(note, list);
  box.parentNode.append(panel, told);
  [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "hits"]]
    .forEach(function (a) { box.setAttribute(a[0], a[1]); });

  function span(parent, text, cls) {
    var s = document.createElement("span");
    s.textContent = text;
    if (cls) s.className = cls;
    parent.appendChild(s);
    return s;
  }
  function option(parent, tag) {
    var e = document.createElement(tag);
    e.id = "hit-" + shown.length;
    e.setAttribute("role", "option");
    e.setAttribute("aria-selected", "false");
    parent.appendChild(e);
    shown.push(e);
    return e;
  }
  function line(parent, hit) {
    var thing = hit.thing, a = option(parent, "a"), name = thing.names && hit.at >= 0 ? thing.names[hit.at] : "";
    a.href = box.dataset.root + thing.page;
    a.tabIndex = -1;
    span(a, thing[lang]);
    if (thing[other] !== thing[lang]) span(a, thing[other], "en").lang = other === "en" ? "en" : "zh-CN";
    if (name && name !== thing.zh && name !== thing.en) span(a, t.also + " " + name, "quiet");
    if (thing.names && hit.at < 0) span(a, t.sound, "quiet");
    if (thing.finer || hit.why === "near") span(a, thing.kind, "quiet kind");
  }
  function group(key, title, hits) {
    var part = document.createElement("div"), head = document.createElement("div"), most = open[key] || FIRST;
    // One more row costs as much as the line that would offer it.
    if (hits.length === most + 1) most++;
    part.setAttribute("role", "group");
    part.setAttribute("aria-labelledby", "hits-" + key);
    head.id = "hits-" + key;
    head.className = "hits-head";
    head.setAttribute("role", "presentation");
    span(head, title + " ");
    span(head, String(hits.length), "count");
    part.appendChild(head);
    hits.slice(0, most).forEach(function (h) { line(part, h); });
    if (hits.length > most) {
      var more = option(part, "div");
      more.className = "more";
      more.dataset.group = key;
      span(more, t.more.replace("{n}", Math.min(STEP, hits.length - most)));
      span(more, " " + title, "visually-hidden");
    }
    list.appendChild(part);
  }
  function show() {
    var text = box.value.trim(), result = find(text), by = {}, keys = [];
    list.textContent = "";
    note.textContent = "";
    shown = [];
    choose(-1);
    result[0].forEach(function (h) {
      var key = h.thing.group;
      if (!by[key]) { by[key] = []; keys.push(key); }
      by[key].push(h);
    });
    keys.forEach(function (key) { group(key, t.groups[key], by[key]); });
    if (result[1].length) group("near", t.near, result[1]);
    var said = result[0].length ? result[0].length + " " + t.found : t.none + (lang === "en" ? " “" : "“") + text + "”" + (lang === "en" ? ". " : "。");
    if (text && !result[0].length) note.textContent = said + (result[1].length ? "" : t.next);
    list.hidden = !shown.length;
    onlyNear = !result[0].length;
    told.textContent = text ? said + (result[1].length ? (lang === "en" ? "; " : "；") + t.near + " " + result[1].length : result[0].length ? "" : t.next) : "";
    expand(Boolean(text));
  }
  function expand(yes) {
    panel.hidden = !yes;
    box.setAttribute("aria-expanded", String(yes && shown.length > 0));
    if (!yes) choose(-1);
  }
  function choose(n) {
    if (shown[active]) { shown[active].setAttribute("aria-selected", "false"); }
    active = n;
    if (!shown[n]) { box.removeAttribute("aria-activedescendant"); return; }
    shown[n].setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", shown[n].id);
    shown[n].scrollIntoView({ block: "nearest" });
  }
  function enlarge(key, from) {
    open[key] = (open[key] || FIRST) + STEP;
    show();
    choose(from);
  }
  function load(then) {
    if (data) { then(); return; }
    if (load.waiting) { load.waiting.push(then); return; }
    load.waiting = [then];
    var s = document.createElement("script");
    s.src = box.dataset.names;
    s.onload = function () { unpack(); load.waiting.forEach(function (f) { f(); }); };
    document.head.appendChild(s);
  }

  box.addEventListener("focus", function () { load(function () { if (box.value) show(); }); });
  box.addEventListener("input", function () { open = {}; load(show); });
  box.addEventListener("keydown", function (e) {
    if (e.isComposing) return;
    var last = shown.length - 1;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (panel.hidden && box.value) load(show);
      else if (last >= 0) choose(e.key === "ArrowDown" ? (active < last ? active + 1 : 0) : (active > 0 ? active - 1 : last));
    } else if (e.key === "Enter" && !panel.hidden && last >= 0) {
      e.preventDefault();
      // What is only similar is never opened unseen: Enter walks to it first.
      if (active < 0 && onlyNear) choose(0);
      else press(shown[Math.max(active, 0)]);
    } else if (e.key === "Escape") {
      // The panel of a page closes by Esc too: one press closes one thing.
      if (!panel.hidden) { e.preventDefault(); e.stopPropagation(); expand(false); }
      else if (!box.value && before) { e.stopPropagation(); before.focus(); before = null; }
    }
  });
  function press(e) {
    if (e.dataset.group) enlarge(e.dataset.group, shown.indexOf(e));
    else e.click();
  }
  list.addEventListener("mousedown", function (e) { if (e.target.closest(".more")) e.preventDefault(); });
  list.addEventListener("click", function (e) {
    var more = e.target.closest(".more");
    if (more) press(more);
    else if (e.target.closest("a")) expand(false);
  });
  box.parentNode.addEventListener("focusout", function (e) { if (!box.parentNode.contains(e.relatedTarget)) expand(false); });
  // A graph keeps "/" for its own box: it comes first, on the document.
  window.addEventListener("keydown", function (e) {
    var at = document.activeElement;
    if (e.key !== "/" || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
    e.preventDefault();
    before = at === document.body ? null : at;
    box.focus();
    box.select();
  });
  // On a phone the doors of the head scroll sideways, and a browser leaves one that is half seen where it is.
  document.addEventListener("focusin", function (e) { if (e.target.closest("header nav")) e.target.scrollIntoView({ block: "nearest", inline: "nearest" }); });
  // Other boxes that name things (path.js) find by the same rules.
  window.atlasSearch = { find: find, load: load, things: things };
})();
