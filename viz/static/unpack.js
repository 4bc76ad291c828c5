// Gives back what kg/site/packed.py packed: atlasUnpack("NAME") promises the value of window.NAME.
(function () {
  "use strict";
  window.atlasUnpack = function (name) {
    if (typeof DecompressionStream === "undefined") return Promise.reject(new Error("old"));
    var raw = atob(window[name]), bytes = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text().then(JSON.parse);
  };
})();
