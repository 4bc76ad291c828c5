// A file that is sent alone has no pages beside it: what scripts link to later loses its address too.
(function () {
  "use strict";
  function strip(root) {
    Array.prototype.forEach.call(root.querySelectorAll("a[href]"), function (a) {
      if (!/^(#|https?:|blob:|data:)/.test(a.getAttribute("href"))) a.removeAttribute("href");
    });
  }
  strip(document);
  new MutationObserver(function (changes) {
    changes.forEach(function (c) { strip(c.target); });
  }).observe(document.body, { childList: true, subtree: true });
})();
