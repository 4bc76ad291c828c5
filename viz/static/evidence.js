// The targets and what stands behind them: filters by chain, verb, text and "without legs"; folds. Without this script all rows are there.
(function () {
  "use strict";
  var list = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var form = document.getElementById("filters"), only = document.getElementById("only"), told = document.getElementById("told"), unfold = document.getElementById("unfold");
  var all = document.getElementById("legs"), folds = list(".fold", all), first = folds.filter(function (f) { return f.open; });
  var fold = function (s) { return s.normalize("NFKC").toLowerCase(); };
  var filtered = false;
  list("tbody th a", all).forEach(function (a) { a.folded = fold(a.textContent + "\n" + (a.dataset.n || "")); });

  function apply() {
    var chain = form.elements.chain.value, verb = form.elements.verb.value, bare = only.getAttribute("aria-pressed") === "true";
    var text = fold(form.elements.q.value.trim()), shown = 0, ask = Boolean(chain || verb || bare || text);
    folds.forEach(function (f) {
      var inside = 0;
      list("tbody", f).forEach(function (part) {
        var here = 0, open = (!chain || f.id === chain) && (!verb || part.dataset.verb === verb);
        list("tr:not(.verb)", part).forEach(function (row) {
          var fits = open && (!bare || row.classList.contains("bare")), left = 0;
          list("th a", row).forEach(function (a) {
            a.hidden = !(fits && (!text || a.folded.indexOf(text) >= 0));
            if (!a.hidden) left++;
          });
          row.hidden = !left;
          here += left;
        });
        part.hidden = !here;
        part.querySelector(".count").textContent = here;
        inside += here;
      });
      f.hidden = !inside;
      f.querySelector(".n").textContent = inside;
      // What was looked for is shown; afterwards the folds are as at first.
      if (ask) f.open = inside > 0; else if (filtered) f.open = first.indexOf(f) >= 0;
      shown += inside;
    });
    filtered = ask;
    told.textContent = shown ? shown + " / " + all.dataset.total + " " + all.dataset.targets : all.dataset.none;
    name();
  }
  function name() {
    var closed = folds.some(function (f) { return !f.hidden && !f.open; });
    unfold.textContent = closed ? unfold.dataset.open : unfold.dataset.close;
    return closed;
  }
  function reveal() {
    var id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch (e) { /* a broken address opens nothing */ }
    var at = id && document.getElementById(id);
    if (at && at.classList.contains("fold")) { at.open = true; at.scrollIntoView(); }
  }
  only.addEventListener("click", function () {
    only.setAttribute("aria-pressed", String(only.getAttribute("aria-pressed") !== "true"));
    apply();
  });
  unfold.addEventListener("click", function () {
    var open = name();
    folds.forEach(function (f) { f.open = open; });
    name();
  });
  folds.forEach(function (f) { f.addEventListener("toggle", name); });
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  form.addEventListener("reset", function () { only.setAttribute("aria-pressed", "false"); setTimeout(apply, 0); });
  window.addEventListener("hashchange", reveal);
  // Paper shows what is folded too.
  window.addEventListener("beforeprint", function () { folds.forEach(function (f) { f.open = true; }); });
  form.hidden = false;
  apply();
  reveal();
})();
