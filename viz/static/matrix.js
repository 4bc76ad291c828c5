// The chain matrix: filter by text and rule, only gaps, panel on click, deep links (#node). Without this script all is readable.
(function () {
  "use strict";
  var filter = document.getElementById("filter"), only = document.getElementById("only"), rule = document.getElementById("rule");
  var told = document.getElementById("told");
  var nodes = Array.prototype.slice.call(document.querySelectorAll(".node[data-node]"));
  var rows = Array.prototype.slice.call(document.querySelectorAll(".matrix tbody tr"));

  function apply() {
    var text = filter.value.trim().toLowerCase(), gaps = only.getAttribute("aria-pressed") === "true";
    var shown = 0;
    nodes.forEach(function (n) {
      var fits = (!text || n.dataset.text.indexOf(text) >= 0) && (!gaps || n.classList.contains("unseen") || n.classList.contains("absent")) &&
        (!rule.value || n.dataset.rules.split(" ").indexOf(rule.value) >= 0);
      n.hidden = !fits;
      if (fits) shown++;
    });
    rows.forEach(function (r) {
      var head = r.querySelector("th").textContent.toLowerCase();
      r.hidden = Boolean((text && head.indexOf(text) < 0 || gaps || rule.value) && !r.querySelector(".node[data-node]:not([hidden])"));
    });
    told.textContent = text || gaps || rule.value ? shown + " / " + nodes.length : "";
  }
  filter.addEventListener("input", apply);
  rule.addEventListener("change", apply);
  only.addEventListener("click", function () {
    only.setAttribute("aria-pressed", String(only.getAttribute("aria-pressed") !== "true"));
    apply();
  });
  document.getElementById("print").addEventListener("click", function () { window.print(); });
  nodes.forEach(function (n) {
    n.addEventListener("click", function (e) {
      if (e.ctrlKey || e.metaKey || e.shiftKey) return;
      if (window.atlasPanel.open(n.dataset.node, n)) e.preventDefault();
    });
  });
  var id = decodeURIComponent(location.hash.slice(1));
  if (id && window.atlasPanel.has(id)) {
    var n = document.getElementById(id);
    if (n) n.scrollIntoView({ block: "center" });
    window.atlasPanel.open(id, n);
  }
})();
