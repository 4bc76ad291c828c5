// The catalogue: filter by topic and text; on a question's page the copy buttons. Without this script all is readable.
(function () {
  "use strict";
  var told = document.getElementById("told"), form = document.getElementById("filters");
  var each = function (list, act) { Array.prototype.forEach.call(list, act); };
  // As kg.names.fold does with the names in data-text.
  var fold = function (s) { return s.normalize("NFKC").toLowerCase().replace(/[\s“”‘’"'《》〈〉「」()（）[\]·•、,，.。\-—–_/+]/g, ""); };

  if (form) {
    var table = document.getElementById("questions"), rows = table.querySelectorAll("tbody tr");
    var apply = function () {
      var topic = form.elements.topic.value, text = fold(form.elements.q.value), shown = 0;
      each(table.tBodies, function (body) {
        var head = body.querySelector("th"), inside = [];
        each(body.rows, function (row) {
          row.hidden = !((!topic || row.dataset.tags.split("|").indexOf(topic) >= 0) && row.dataset.text.indexOf(text) >= 0);
          if (!row.hidden) inside.push(row);
        });
        body.hidden = !inside.length;
        // The topic stands at the first row that is left.
        if (inside.length) { inside[0].insertBefore(head, inside[0].firstChild); head.rowSpan = inside.length; }
        shown += inside.length;
      });
      told.textContent = shown ? shown + " / " + rows.length + " " + table.dataset.counted : table.dataset.none;
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (e) { e.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(apply, 0); });
    apply();
  }

  each(document.querySelectorAll("[data-copy]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      // Selecting shows what was copied, and works where a page from the disk may not write the clipboard.
      var range = document.createRange(), chosen = getSelection(), done = false;
      range.selectNodeContents(document.getElementById(button.dataset.copy));
      chosen.removeAllRanges();
      chosen.addRange(range);
      try { done = document.execCommand("copy"); } catch (e) { /* told below */ }
      button.parentNode.after(told);
      told.textContent = done ? told.dataset.done : told.dataset.failed;
    });
  });
})();
