// Lists, roadmap and applications: filter rows by chain and text, take what is shown along as CSV, print. Without this script all rows are there.
(function () {
  "use strict";
  var print = document.getElementById("print"), form = document.getElementById("filters");
  if (print) print.addEventListener("click", function () { window.print(); });
  // What is folded belongs on the sheet of paper.
  window.addEventListener("beforeprint", function () { document.querySelectorAll("main details").forEach(function (one) { one.open = true; }); });
  if (!form) return;
  var told = document.getElementById("told"), rows = Array.prototype.slice.call(document.querySelectorAll("tr[data-c]"));
  var heads = Array.prototype.slice.call(document.querySelectorAll("tr.bar-row"));
  var texts = rows.map(function (row) { return fold(row.textContent); });
  function fold(text) { return text.normalize("NFKC").toLowerCase(); }
  function apply() {
    var chain = form.elements.chain ? form.elements.chain.value : "", text = fold(form.elements.q.value.trim()), shown = 0;
    rows.forEach(function (row, n) {
      row.hidden = !((!chain || row.dataset.c.split(" ").indexOf(chain) >= 0) && (!text || texts[n].indexOf(text) >= 0));
      if (!row.hidden) shown++;
    });
    heads.forEach(function (head) { head.parentNode.hidden = !head.parentNode.querySelector("tr[data-c]:not([hidden])"); });
    told.textContent = shown + " / " + rows.length + " " + told.dataset.word;
  }
  // One cell as text: its lines apart, and nothing that only stands there for the eye.
  function cell(td) {
    var lines = td.querySelectorAll(".l"), parts = lines.length ? Array.prototype.slice.call(lines) : [td];
    return parts.map(function (part) { return part.textContent.replace(/\s+/g, " ").trim(); }).join(document.documentElement.lang === "en" ? "; " : "；");
  }
  function table() {
    var all = [document.querySelector("#roll thead tr")].concat(rows.filter(function (row) { return !row.hidden; }));
    return all.map(function (row) { return Array.prototype.map.call(row.cells, cell); });
  }
  var csv = document.getElementById("csv");
  if (csv) csv.addEventListener("click", function () { window.atlasCsv(table(), csv.dataset.name); });
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(apply, 0); });
  apply();
})();
