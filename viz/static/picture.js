// The picture as SVG (kg/draw/sheet.py): for paper, as a file, and as a PNG of twice its size. It stands in a noscript
// element, where it costs nothing until it is asked for.
(function () {
  "use strict";
  var paper = null;
  function fresh() {
    var source = document.getElementById("sheet");
    var root = new DOMParser().parseFromString(source.textContent.trim(), "image/svg+xml").documentElement;
    return document.importNode(root, true);
  }
  // As it is seen: what a filter dims is dim, and lines that are seen are drawn (on tall screens the places differ).
  function current() {
    var svg = fresh(), seen = window.atlasPicture, boxes = svg.querySelectorAll(".b");
    if (!seen) return svg;
    seen.dimmed().forEach(function (dim, n) { if (dim && boxes[n]) boxes[n].setAttribute("opacity", "0.2"); });
    var last = boxes[boxes.length - 1];
    seen.lines().forEach(function (l) {
      var path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", l.way);
      path.setAttribute("opacity", l.strong ? "1" : "0.5");
      if (l.dashes) path.setAttribute("stroke-dasharray", "5 4");
      last.parentNode.insertBefore(path, last.nextSibling);
    });
    return svg;
  }
  function text(svg) {
    var box = svg.viewBox.baseVal;
    svg.setAttribute("width", String(Math.round(box.width)));
    svg.setAttribute("height", String(Math.round(box.height)));
    return new XMLSerializer().serializeToString(svg);
  }
  function save(blob, ending) {
    var a = document.createElement("a");
    a.href = URL.createObjectURL(blob);
    a.download = png.dataset.name + ending;
    a.click();
    setTimeout(function () { URL.revokeObjectURL(a.href); }, 10000);
  }
  function layIn() {
    if (paper) paper.remove();
    paper = document.createElement("div");
    paper.className = "paper";
    paper.appendChild(current());
    var source = document.getElementById("sheet");
    source.parentNode.insertBefore(paper, source);
  }
  var png = document.getElementById("save-png"), svg = document.getElementById("save-svg"), print = document.getElementById("print");
  if (png) png.addEventListener("click", function () {
    var drawn = current(), box = drawn.viewBox.baseVal, image = new Image();
    // Browsers draw no canvas that is larger.
    var zoom = Math.min(2, 16000 / Math.max(box.width, box.height));
    var url = URL.createObjectURL(new Blob([text(drawn)], { type: "image/svg+xml" }));
    image.onload = function () {
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(box.width * zoom);
      canvas.height = Math.round(box.height * zoom);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      canvas.toBlob(function (blob) { save(blob, ".png"); }, "image/png");
    };
    image.src = url;
  });
  if (svg) svg.addEventListener("click", function () { save(new Blob([text(current())], { type: "image/svg+xml" }), ".svg"); });
  if (print) print.addEventListener("click", function () { window.print(); });
  window.addEventListener("beforeprint", layIn);
})();
