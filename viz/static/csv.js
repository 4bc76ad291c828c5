// atlasCsv(rows, name): rows as a CSV file that Excel opens as UTF-8; no cell of it runs as a formula (as kg/table.py writes it).
(function () {
  "use strict";
  var NUMBER = /^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?$/;
  function cell(value) {
    var text = String(value === undefined || value === null ? "" : value);
    if (/^[=+\-@\t\r]/.test(text) && !NUMBER.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }
  window.atlasCsv = function (rows, name) {
    var text = rows.map(function (r) { return r.map(cell).join(",") + "\n"; }).join("");
    // Excel on Windows reads a CSV file without the mark in front as GBK.
    var a = document.createElement("a"), url = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv;charset=utf-8" }));
    a.href = url;
    // What Windows does not take in a file name.
    a.download = name.replace(/[\\/:*?"<>|\s]+/g, "-") + ".csv";
    document.body.appendChild(a);
    a.click();
    a.remove();
    setTimeout(function () { URL.revokeObjectURL(url); }, 10000);
  };
})();
