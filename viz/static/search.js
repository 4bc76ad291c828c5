// Search over labels, aliases, pinyin, initials and English, in the browser without a server.
(function () {
  "use strict";
  var box = document.getElementById("q"), hits = document.getElementById("hits"), told = document.getElementById("told");
  var waiting = false;
  function load(then) {
    if (window.ATLAS_NAMES) { then(); return; }
    if (waiting) return;
    waiting = true;
    var s = document.createElement("script");
    s.src = box.dataset.names;
    s.onload = then;
    document.head.appendChild(s);
  }
  function fold(text) { return text.normalize("NFKC").toLowerCase().replace(/[\s“”"'《》（）()·•、,，.。\-—–_\/+]/g, ""); }
  function rank(entry, text) {
    var best = 0;
    for (var i = 0; i < entry[4].length; i++) {
      var k = entry[4][i], s = k === text ? 100 - i / 10 : k.indexOf(text) === 0 ? 70 : k.indexOf(text) > 0 && (text.length > 1) ? 40 : 0;
      if (s) s -= Math.min(k.length, 30) / 10;
      if (s > best) best = s;
    }
    return best;
  }
  function show() {
    var text = fold(box.value);
    hits.textContent = "";
    told.textContent = "";
    if (!text) return;
    var found = window.ATLAS_NAMES.map(function (e) { return [rank(e, text), e]; }).filter(function (f) { return f[0] > 0; });
    found.sort(function (a, b) { return b[0] - a[0] || a[1][0].length - b[1][0].length; });
    told.textContent = found.length ? String(found.length) : box.dataset.nothing;
    found.slice(0, 20).forEach(function (f) {
      var li = document.createElement("li"), a = document.createElement("a");
      a.href = f[1][3];
      [[f[1][0], ""], [f[1][1], "en"], [f[1][2], "quiet"]].forEach(function (part) {
        var s = document.createElement("span");
        s.textContent = part[0];
        s.className = part[1];
        a.appendChild(s);
      });
      li.appendChild(a);
      hits.appendChild(li);
    });
  }
  box.addEventListener("input", function () { load(show); });
  box.addEventListener("focus", function () { load(show); });
  document.addEventListener("keydown", function (e) {
    if (e.key === "/" && document.activeElement !== box) { e.preventDefault(); box.focus(); }
  });
})();
