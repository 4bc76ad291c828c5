// The plan place by place: find over all sentences on the outline, filter on a section. Without this script all is there.
(function () {
  "use strict";
  var en = document.documentElement.lang === "en", told = document.getElementById("plan-told");
  // "Rare-earth" and "rare earth" are one word to whoever looks for it.
  function fold(text) { return text.normalize("NFKC").toLowerCase().replace(/[\s\u2010-\u2013-]+/g, " ").trim(); }
  function node(name, text, into) {
    var made = into.appendChild(document.createElement(name));
    made.textContent = text;
    return made;
  }
  function listen(form, apply) {
    form.hidden = false;
    form.addEventListener("submit", function (e) { e.preventDefault(); });
    form.addEventListener("input", function () { apply(fold(form.elements.q.value)); });
    // A browser that comes back to a page keeps what was typed.
    apply(fold(form.elements.q.value));
  }

  // The outline: which headings and which sentences have the words.
  function search(form) {
    var list = document.getElementById("plan-hits"), most = 60, data = null, asked = false, names = [];
    var heads = Array.prototype.map.call(document.querySelectorAll("#plan-outline th a"), function (a) {
      return [a.parentNode.textContent, a.getAttribute("href"), []];
    });
    function hits(text) {
      var found = heads.filter(function (h) { return fold(h[0]).indexOf(text) >= 0; });
      if (!data) return found;
      var good = names.map(function (n) { return n[1].indexOf(text) >= 0; });
      data.sections.forEach(function (s) {
        s[3].forEach(function (p) {
          var said = p.slice(2).filter(function (n) { return good[n]; });
          if (!said.length) return;
          var place = en ? s[2] + ", " + data.tails[p[1]][1] : s[1] + " " + data.tails[p[1]][0];
          found.push([place, "plan/" + s[0] + ".html#" + p[0], said.map(function (n) { return names[n][0]; })]);
        });
      });
      return found;
    }
    function show(text) {
      list.textContent = told.textContent = "";
      list.hidden = !text;
      if (!text) return;
      var found = hits(text);
      found.slice(0, most).forEach(function (h) {
        var link = node("a", "", node("li", "", list));
        link.href = h[1];
        node("span", h[0], link);
        if (h[2].length) node("span", h[2].slice(0, 8).join(en ? ", " : "、") + (h[2].length > 8 ? " …" : ""), link);
      });
      told.textContent = !found.length ? told.dataset.none : found.length + " " + told.dataset.hits +
        (found.length > most ? " · " + told.dataset.first + " " + most : "");
    }
    listen(form, function (text) {
      if (text && !asked) {
        asked = true;
        window.atlasUnpack("ATLAS_PLAN").then(function (value) {
          data = value;
          // A line end stays one: no word goes over it.
          names = data.zh.map(function (zh, n) {
            return [en && data.en[n] || zh.split("\n")[0], (zh + "\n" + data.en[n]).split("\n").map(fold).join("\n")];
          });
          show(fold(form.elements.q.value));
        }, function () { told.dataset.hits += " (" + told.dataset.old + ")"; show(fold(form.elements.q.value)); });
      }
      show(text);
    });
  }

  // A section: only the sentences that have the words.
  function filter(form) {
    var rows = Array.prototype.map.call(document.querySelectorAll(".plan ol > li"), function (li) {
      return [fold(li.textContent), li];
    });
    var parts = Array.prototype.slice.call(document.querySelectorAll(".plan section"));
    listen(form, function (text) {
      var shown = 0;
      rows.forEach(function (r) {
        r[1].hidden = r[0].indexOf(text) < 0;
        if (!r[1].hidden) shown++;
      });
      parts.forEach(function (s) { s.hidden = !!text && !s.querySelector("ol > li:not([hidden])"); });
      told.textContent = shown + " / " + rows.length + " " + told.dataset.shown;
    });
  }

  var find = document.getElementById("plan-find"), only = document.getElementById("plan-filter");
  if (find) search(find);
  if (only) filter(only);
  // The outline beside the text is open where there is room for it.
  var nav = document.getElementById("plan-nav");
  if (nav) nav.open = window.matchMedia("(min-width: 901px)").matches;
})();
