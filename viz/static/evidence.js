// The targets and what stands behind them: filters by chain, verb, text and "without legs". Without this script all rows are there.
(function () {
  "use strict";
  var form = document.getElementById("filters"), only = document.getElementById("only"), told = document.getElementById("told");
  var table = document.getElementById("legs"), parts = Array.prototype.slice.call(table.tBodies);
  function apply() {
    var chain = form.elements.chain.value, verb = form.elements.verb.value, bare = only.getAttribute("aria-pressed") === "true";
    var text = form.elements.q.value.trim().normalize("NFKC").toLowerCase(), shown = 0;
    parts.forEach(function (part) {
      var inside = 0, open = (!chain || part.dataset.chain === chain) && (!verb || part.dataset.verb === verb);
      Array.prototype.forEach.call(part.rows, function (row) {
        if (!row.classList.contains("target")) return;
        row.hidden = !(open && (!bare || row.classList.contains("bare")) && (!text || row.dataset.text.indexOf(text) >= 0));
        if (!row.hidden) inside++;
      });
      part.hidden = !inside;
      part.rows[0].querySelector(".count").textContent = inside;
      shown += inside;
    });
    told.textContent = shown + " / " + table.dataset.total + " " + table.dataset.targets;
  }
  only.addEventListener("click", function () {
    only.setAttribute("aria-pressed", String(only.getAttribute("aria-pressed") !== "true"));
    apply();
  });
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  form.addEventListener("reset", function () { only.setAttribute("aria-pressed", "false"); setTimeout(apply, 0); });
  apply();
})();
